import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { Signal } from '#events';
import type { MeilisearchSearchEngine } from '../meilisearch/meilisearch-search-engine.js';
import type { ServerLogger } from '../meilisearch/meilisearch-server.js';
import type { DocTerms } from '../doc-terms.js';
import { backlogOf, isWaiting, queueTime } from './change-queue.js';
import { FeedLease, LeaseLostError, UNKNOWN, writeState } from './feed-lease.js';
import { IndexFeeder } from './index-feeder.js';
import { IndexWatch, messageOf } from './index-watch.js';
import { ReadyLines } from './ready-lines.js';

const IDLE_MS = 100;
const LOOK_MS = 1_000;
const RENEW_MS = 3_000;
const COMPARE_MS = 30_000;
const FOLLOW_MS = 50;
const PRUNE_MS = 600_000;
const LONGEST_PAUSE_MS = 5_000;
/** So long a stop waits for requests that the server has not answered. */
const STOP_MS = 5_000;

/** Keeps the index on the server like the read model: watches it, and feeds it where this instance holds the lease. */
export class SearchFeed {
  readonly watch: IndexWatch;
  private readonly lease: FeedLease;
  private readonly feeder: IndexFeeder;
  private readonly ready = new ReadyLines();
  private readonly stopSignal = new Signal();
  private stopping = false;
  private loops: Promise<unknown> = Promise.resolve();
  private last = { look: 0, compare: 0, prune: Date.now() };

  constructor(
    private readonly dataSource: DataSource,
    private readonly engine: MeilisearchSearchEngine,
    private readonly logger: ServerLogger,
  ) {
    this.lease = new FeedLease(dataSource);
    this.feeder = new IndexFeeder(dataSource, engine.store, this.lease, logger, this.ready);
    this.watch = new IndexWatch(dataSource, engine.store, this.lease, () =>
      engine.search({ limit: 1, facets: false }),
    );
  }

  start(): void {
    this.loops = Promise.all([this.keepWatching(), this.keepFeeding(), this.keepLease()]);
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.stopSignal.raise();
    this.engine.server.end();
    const ended = this.loops.then(() => true);
    // A request that the server has not answered yet may still write: then the lease ends by itself.
    if (await Promise.race([ended, sleep(STOP_MS, false, { ref: false })])) await this.lease.release();
  }

  /** Seconds that the oldest change has waited, and openings that the server refused. */
  backlog(): Promise<{ oldestSeconds: number; refused: number }> {
    return backlogOf(this.dataSource);
  }

  /** Makes the lines of openings that are being written, where it is this instance that feeds. */
  prepare(openings: readonly DocTerms[]): void {
    if (this.lease.isHeld) this.ready.keep(openings);
  }

  /** Resolves when the index has what had changed by now, or is not asked; rejects when that takes longer (ms). */
  followed(timeoutMs: number): Promise<void> {
    return this.until((waits) => !waits || this.watch.trouble !== undefined, timeoutMs);
  }

  /** Resolves when the index has what had changed by now, and is asked; rejects when that takes longer (ms). */
  settled(timeoutMs: number): Promise<void> {
    return this.until((waits) => !waits && this.watch.trouble === undefined, timeoutMs);
  }

  /** @param isDone is told whether something waits that had changed by now */
  private async until(isDone: (waits: boolean) => boolean, timeoutMs: number): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    const now = await queueTime(this.dataSource);
    while (!isDone(await isWaiting(this.dataSource, now))) {
      if (Date.now() > deadline)
        throw new Error(`Meilisearch has not been fed in time (${this.watch.trouble ?? 'still busy'})`);
      await sleep(FOLLOW_MS);
    }
  }

  private async keepWatching(): Promise<void> {
    let before: string | undefined = '';
    while (!this.stopping) {
      await this.watch.look();
      const { trouble } = this.watch;
      if (trouble !== before) {
        if (trouble === undefined) this.logger.info({}, 'searches are answered by Meilisearch');
        else this.logger.warn({ cause: trouble }, 'searches are answered by PostgreSQL');
        before = trouble;
      }
      await this.pause(LOOK_MS);
    }
  }

  /** Long tasks of the server must not cost us the lease. */
  private async keepLease(): Promise<void> {
    while (!this.stopping) {
      await this.lease.hold().catch(() => undefined);
      await this.pause(this.lease.isHeld ? RENEW_MS : LOOK_MS);
    }
  }

  private async keepFeeding(): Promise<void> {
    for (let pause = IDLE_MS; !this.stopping;) {
      try {
        if (!this.lease.isHeld) {
          await this.feeder.noteLate();
          await this.pause(IDLE_MS);
        } else if ((await this.turn()) === 0) await this.pause(IDLE_MS);
        pause = IDLE_MS;
      } catch (error) {
        if (!(error instanceof LeaseLostError || this.stopping)) {
          this.last.look = 0;
          this.logger.warn({ cause: messageOf(error) }, 'the search index could not be fed; trying again');
        }
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
        await this.pause(pause);
      }
    }
  }

  /** @returns how many changes were fed */
  private async turn(): Promise<number> {
    const now = Date.now();
    if (now - this.last.look > LOOK_MS) {
      const compareSizes = now - this.last.compare > COMPARE_MS;
      if (compareSizes) this.last.compare = now;
      if (await this.feeder.isAstray(compareSizes)) {
        this.logger.info({}, 'the search index is built anew from the read model');
        await this.feeder.rebuild();
      }
      this.last.look = Date.now();
    }
    if (now - this.last.prune > PRUNE_MS) {
      this.last.prune = now;
      await this.engine.server.pruneTasks();
    }
    return this.feeder.feedChanges();
  }

  private pause(ms: number): Promise<unknown> {
    return this.stopping
      ? Promise.resolve()
      : Promise.race([sleep(ms, undefined, { ref: false }), this.stopSignal.wait(ms)]);
  }
}

/** Without an index outside nothing notes changes: whoever has one again must not trust what it holds. */
export async function forgetIndex(dataSource: DataSource): Promise<void> {
  await writeState(dataSource, UNKNOWN);
  await dataSource.query('UPDATE public.search_feed SET holder = NULL WHERE expires_at < now()');
}
