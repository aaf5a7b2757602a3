import { randomUUID } from 'node:crypto';
import type { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { LogRecord, SubscribeOptions, Subscription } from '../../driver.js';
import type { EventsLogger } from '../../logger.js';
import { Signal } from '../../signal.js';
import { Leases, type Partition } from './leases.js';
import type { TopicCatalogue } from './topic-catalogue.js';

interface SubscriptionSettings {
  logger: EventsLogger;
  leaseMs: number;
  pollMs: number;
}

const CONCURRENT_PARTITIONS = 3;

/**
 * One consumer of a group. It reads the partitions it holds a lease on, one batch at a time each; the position
 * lives in the consumer's own database, where a second holder of the same partition is fenced off.
 */
export class PostgresSubscription implements Subscription {
  private readonly leases: Leases;
  private readonly awake = new Signal();
  private readonly wake = (): void => this.awake.raise();
  /** Next offset by partition; a partition that is not here is asked for its position first. */
  private readonly positions = new Map<string, number>();
  private stopping = false;
  private loop?: Promise<void>;
  private heartbeat?: NodeJS.Timeout;
  private leasing: Promise<void> = Promise.resolve();

  constructor(
    private readonly pool: Pool,
    topics: TopicCatalogue,
    private readonly appended: EventEmitter,
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

  async start(): Promise<void> {
    await this.leases.balance();
    this.appended.on('appended', this.wake);
    this.heartbeat = setInterval(() => this.rebalance(), this.settings.leaseMs / 4);
    this.heartbeat.unref();
    this.loop = this.run();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    clearInterval(this.heartbeat);
    this.appended.off('appended', this.wake);
    this.awake.raise();
    await this.loop;
    await this.leasing;
    await this.leases.release().catch(() => undefined);
  }

  private rebalance(): void {
    this.leasing = this.leases
      .balance()
      .then((changed) => {
        if (changed) this.awake.raise();
      })
      .catch((err: unknown) => {
        this.settings.logger.warn({ err, group: this.options.group }, 'could not renew leases');
      });
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      const waiting = await this.partitionsWithRecords();
      // Each worker takes the next partition: a few at a time, so that reading leaves the service connections.
      const work = async (): Promise<boolean> => {
        let handled = false;
        for (let next = waiting.shift(); next && !this.stopping; next = waiting.shift()) {
          handled = (await this.readAndHandle(next)) || handled;
        }
        return handled;
      };
      const handled = await Promise.all(Array.from({ length: CONCURRENT_PARTITIONS }, work));
      if (!handled.some(Boolean)) await this.awake.wait(this.settings.pollMs);
    }
  }

  /** One small query tells which of our partitions have grown past our position. */
  private async partitionsWithRecords(): Promise<Partition[]> {
    const held = this.leases.held();
    this.forgetOthers(held);
    if (held.length === 0) return [];
    try {
      const { rows } = await this.pool.query<{ topic_id: number; partition: number; next_offset: string }>(
        'SELECT topic_id, partition, next_offset FROM log_partition WHERE topic_id = ANY($1)',
        [[...new Set(held.map((p) => p.topicId))]],
      );
      const ends = new Map(rows.map((row) => [`${row.topic_id}/${row.partition}`, Number(row.next_offset)]));
      return held.filter((p) => (this.positions.get(keyOf(p)) ?? -1) < (ends.get(keyOf(p)) ?? 0));
    } catch (err) {
      this.settings.logger.warn({ err, group: this.options.group }, 'could not read the log, trying again');
      await sleep(500);
      return [];
    }
  }

  private forgetOthers(held: Partition[]): void {
    const ours = new Set(held.map(keyOf));
    for (const key of this.positions.keys()) if (!ours.has(key)) this.positions.delete(key);
  }

  /** Returns whether there was something to handle. */
  private async readAndHandle(partition: Partition): Promise<boolean> {
    const key = keyOf(partition);
    try {
      const from = this.positions.get(key) ?? (await this.options.position(partition.topic, partition.partition));
      const { records, next } = await this.read(partition, from);
      if (records.length > 0) {
        if (!this.leases.holds(partition)) return false;
        await this.options.handle({ topic: partition.topic, partition: partition.partition, records });
      }
      this.positions.set(key, next);
      return records.length > 0;
    } catch (err) {
      this.settings.logger.warn(
        { err, group: this.options.group, topic: partition.topic, partition: partition.partition },
        'batch not handled, it will be read again',
      );
      this.positions.delete(key);
      if (!this.stopping) await sleep(250);
      return false;
    }
  }

  private async read(partition: Partition, from: number): Promise<{ records: LogRecord[]; next: number }> {
    const { rows } = await this.pool.query<{
      offset: string;
      key: string;
      headers: Record<string, string>;
      value: string | null;
    }>(
      `SELECT "offset", key, headers, value FROM log_record
       WHERE topic_id = $1 AND partition = $2 AND "offset" >= $3 ORDER BY "offset" LIMIT $4`,
      [partition.topicId, partition.partition, from, this.options.maxBatch ?? 500],
    );
    const records = rows.map((row) => ({
      topic: partition.topic,
      partition: partition.partition,
      offset: Number(row.offset),
      key: row.key,
      headers: row.headers,
      value: row.value,
    }));
    return { records, next: (records.at(-1)?.offset ?? from - 1) + 1 };
  }
}

function keyOf(partition: Partition): string {
  return `${partition.topicId}/${partition.partition}`;
}
