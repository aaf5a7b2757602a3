import type { DataSource } from 'typeorm';
import type { MeilisearchIndexes } from '../meilisearch/meilisearch-index.js';
import { backlogOf } from './change-queue.js';
import type { FeedLease } from './feed-lease.js';

/** An index that was away answers again once its oldest change has waited no longer than this. */
const CAUGHT_UP_SECONDS = 5;

/**
 * Whether the index may be asked. A look every second decides it, never a search: while the server is away nobody
 * waits for it. The first search that fails closes the way at once.
 */
export class IndexWatch {
  private reason?: string = 'the search index has not been looked at yet';

  constructor(
    private readonly dataSource: DataSource,
    private readonly indexes: MeilisearchIndexes,
    private readonly lease: FeedLease,
  ) {}

  /** Why the index is not asked; undefined when it is. */
  get trouble(): string | undefined {
    return this.reason;
  }

  /** Called with what went wrong in a search. */
  failed(error: unknown): void {
    this.reason = `Meilisearch does not answer (${messageOf(error)})`;
  }

  async look(): Promise<void> {
    try {
      this.reason = await this.whatIsWrong();
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
    if (this.reason === undefined) return undefined;
    const { oldestSeconds } = await backlogOf(this.dataSource);
    return oldestSeconds > CAUGHT_UP_SECONDS ? 'the search index is catching up' : undefined;
  }
}

export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error ? `${error.message}: ${cause.message}` : error.message;
}
