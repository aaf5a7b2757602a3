import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { positionAfter, type SubscribeOptions, type Subscription } from '../../driver.js';
import type { EventsLogger } from '../../logger.js';
import { Signal } from '../../signal.js';
import { Leases, type Partition } from './leases.js';
import { type LogEnds, partitionKey } from './log-ends.js';
import { readBatch } from './read-batch.js';
import type { TopicCatalogue } from './topic-catalogue.js';

interface SubscriptionSettings {
  logger: EventsLogger;
  leaseMs: number;
  giveWay?: () => Promise<unknown>;
}

/** Partitions in hand at a time: each takes one of the consumer's own connections, and its requests need some too. */
const CONCURRENT_PARTITIONS = 2;
const DEFAULT_BATCH = 200;
const IDLE_MS = 250;
/** Between two looks at a position that is beyond the end. */
const BEYOND_END_MS = 1_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;

/** What is known of a partition while it is held; a new holder asks anew. */
interface Progress {
  /** Next offset; unknown until the consumer's store has been asked. */
  position?: number;
  failures: number;
  /** Not before this time (ms), after a failure. */
  retryAt: number;
  servedAt: number;
}

/**
 * One consumer of a group. It reads the partitions it holds a lease on, each at its own pace: a slow or failing
 * one holds up no other. The position lives in the consumer's own database, where a second holder of the same
 * partition is fenced off.
 */
export class PostgresSubscription implements Subscription {
  private readonly leases: Leases;
  private readonly awake = new Signal();
  private readonly progress = new Map<string, Progress>();
  private readonly inHand = new Map<string, Promise<void>>();
  private stopping = false;
  private unwatch?: () => void;
  private loop?: Promise<void>;
  private heartbeat?: NodeJS.Timeout;
  private balancing?: Promise<void>;

  constructor(
    private readonly pool: Pool,
    private readonly topics: TopicCatalogue,
    private readonly ends: LogEnds,
    private readonly options: SubscribeOptions,
    private readonly settings: SubscriptionSettings,
  ) {
    this.leases = new Leases(pool, topics, {
      group: options.group,
      topics: options.topics,
      memberId: randomUUID(),
      leaseMs: settings.leaseMs,
    });
  }

  /** Rejects when the log cannot be reached or lacks a topic. */
  async start(): Promise<void> {
    await this.leases.balance();
    const topics = await Promise.all(this.options.topics.map((name) => this.topics.get(name)));
    const ids = topics.map(({ id }) => id);
    this.unwatch = this.ends.watch(ids, () => this.awake.raise());
    this.heartbeat = setInterval(() => this.rebalance(), this.settings.leaseMs / 4);
    this.heartbeat.unref();
    this.loop = this.run();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    clearInterval(this.heartbeat);
    this.unwatch?.();
    this.awake.raise();
    await this.loop;
    // A renewal that is still under way would make us a member again.
    await this.balancing;
    await this.leases.release().catch(() => undefined);
  }

  private rebalance(): void {
    this.balancing ??= this.leases
      .balance()
      .then((changed) => {
        if (changed) this.awake.raise();
      })
      .catch((err: unknown) => {
        this.settings.logger.warn({ err, group: this.options.group }, 'could not renew leases');
      })
      .finally(() => {
        this.balancing = undefined;
      });
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      this.handOut();
      await this.awake.wait(IDLE_MS);
    }
    await Promise.all(this.inHand.values());
  }

  /** Takes the partitions that have something to read, the longest unserved first, up to the limit. */
  private handOut(): void {
    const held = this.leases.held();
    const ours = new Set(held.map(partitionKey));
    for (const key of this.progress.keys()) if (!ours.has(key)) this.progress.delete(key);
    const due = held
      .map((partition) => ({ partition, progress: this.progressOf(partition) }))
      .filter(({ partition, progress }) => this.isDue(partition, progress))
      .sort((a, b) => a.progress.servedAt - b.progress.servedAt);
    for (const { partition, progress } of due) {
      if (this.inHand.size >= CONCURRENT_PARTITIONS) return;
      const key = partitionKey(partition);
      const work = this.serve(partition, progress).finally(() => {
        this.inHand.delete(key);
        this.awake.raise();
      });
      this.inHand.set(key, work);
    }
  }

  private progressOf(partition: Partition): Progress {
    const key = partitionKey(partition);
    let progress = this.progress.get(key);
    if (!progress) this.progress.set(key, (progress = { failures: 0, retryAt: 0, servedAt: 0 }));
    return progress;
  }

  private isDue(partition: Partition, progress: Progress): boolean {
    if (this.inHand.has(partitionKey(partition)) || Date.now() < progress.retryAt) return false;
    return (progress.position ?? 0) < this.ends.of(partition);
  }

  /** Reads and handles one batch. Never rejects: a failure is told, and the batch read again after a pause. */
  private async serve(partition: Partition, progress: Progress): Promise<void> {
    const { group, maxBatch = DEFAULT_BATCH } = this.options;
    progress.servedAt = performance.now();
    try {
      await this.settings.giveWay?.();
      progress.position ??= await this.options.position(partition.topic, partition.partition);
      const from = progress.position;
      const end = this.ends.of(partition);
      if (from >= end) {
        // Beyond the end lies the place in a log that was lost, until a rebuild puts the position right; or this
        // process does not know the end yet.
        if (from > end) Object.assign(progress, { position: undefined, retryAt: Date.now() + BEYOND_END_MS });
        return;
      }
      const batch = await readBatch(this.pool, partition, from, end, maxBatch);
      const next = positionAfter(batch);
      if (!this.leases.holds(partition) || this.stopping || next <= from) return;
      await this.options.handle(batch);
      progress.position = next;
      progress.failures = 0;
    } catch (err) {
      this.settings.logger.warn(
        { err, group, topic: partition.topic, partition: partition.partition },
        'batch not handled, it will be read again',
      );
      progress.position = undefined;
      progress.retryAt = Date.now() + Math.min(FIRST_PAUSE_MS * 2 ** progress.failures++, LONGEST_PAUSE_MS);
    }
  }
}
