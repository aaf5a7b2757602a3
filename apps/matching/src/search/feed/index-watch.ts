import type { DataSource } from 'typeorm';
import type { MeilisearchIndexes } from '../meilisearch/meilisearch-index.js';
import { backlogOf } from './change-queue.js';
import type { FeedLease } from './feed-lease.js';

/** The index is not asked any more when a change has waited for so long (s) … */
const BEHIND_SECONDS = 60;
/** … and answers again once its oldest change has waited no longer than this. */
const CAUGHT_UP_SECONDS = 5;
/** After a search that failed the next trial waits this long, and twice as long after each that fails soon again. */
const TRIAL_MS = 1_000;
const LONGEST_TRIAL_MS = 30_000;
/** A search that fails so long after another one is the first again. */
const FORGIVEN_MS = 60_000;

/**
 * Whether the index may be asked. A look every second decides it, never a search of somebody: while the server is away
 * nobody waits for it. The first search that fails closes the way at once, and only a search that succeeds, tried by
 * the look itself, opens it again.
 */
export class IndexWatch {
  private reason?: string = 'the search index has not been looked at yet';
  private failures = { all: 0, inRow: 0, lastAt: -Infinity };

  constructor(
    private readonly dataSource: DataSource,
    private readonly indexes: MeilisearchIndexes,
    private readonly lease: FeedLease,
    private readonly trial: () => Promise<unknown>,
  ) {}

  /** Why the index is not asked; undefined when it is. */
  get trouble(): string | undefined {
    return this.reason;
  }

  /** Called with what went wrong in a search. */
  failed(error: unknown): void {
    const { all, inRow, lastAt } = this.failures;
    const now = performance.now();
    // Searches that were under way together fail together, and count once.
    const counts = this.reason === undefined || now >= this.nextTrial;
    this.failures = {
      all: all + 1,
      inRow: now - lastAt > FORGIVEN_MS ? 1 : inRow + (counts ? 1 : 0),
      lastAt: now,
    };
    this.away(error);
  }

  async look(): Promise<void> {
    const { all } = this.failures;
    try {
      const wrong = await this.whatIsWrong();
      if (wrong === undefined && this.reason !== undefined) await this.tryOnce();
      // A search that failed meanwhile knows better.
      else if (all === this.failures.all) this.reason = wrong;
    } catch (error) {
      this.away(error);
    }
  }

  private get nextTrial(): number {
    const { inRow, lastAt } = this.failures;
    return lastAt + Math.min(TRIAL_MS * 2 ** (inRow - 1), LONGEST_TRIAL_MS);
  }

  private away(error: unknown): void {
    this.reason = `Meilisearch cannot be used (${messageOf(error)}): check MEILI_URL and MEILI_KEY, and that the server runs`;
    // A server that lost its data has lost its keys, and a key may be taken back.
    this.indexes.server.forgetKey();
  }

  private async tryOnce(): Promise<void> {
    if (performance.now() < this.nextTrial) return;
    try {
      await this.trial();
      this.reason = undefined;
    } catch (error) {
      this.failed(error);
    }
  }

  private async whatIsWrong(): Promise<string | undefined> {
    await this.indexes.server.check();
    const made = await this.indexes.createdAt('live');
    const state = await this.lease.state();
    const [meta] = await this.dataSource.query<{ generation: string }[]>('SELECT generation FROM index_meta');
    if (!made || made !== state.index || meta?.generation !== state.readModel)
      return 'the search index is being built';
    const { oldestSeconds } = await backlogOf(this.dataSource);
    const most = this.reason === undefined ? BEHIND_SECONDS : CAUGHT_UP_SECONDS;
    return oldestSeconds > most ? 'the search index is catching up' : undefined;
  }
}

export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error ? `${error.message}: ${cause.message}` : error.message;
}
