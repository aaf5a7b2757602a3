import pg from 'pg';
import type {
  EventLogDriver,
  OutgoingRecord,
  PartitionEnd,
  SubscribeOptions,
  Subscription,
  TopicSpec,
} from '../../driver.js';
import type { EventsLogger } from '../../logger.js';
import { HeardClient } from '../../heard-client.js';
import { partitionOf } from '../../partitioner.js';
import { appendRecords, type PlacedRecord } from './append.js';
import { compactLog } from './compaction.js';
import { LogEnds } from './log-ends.js';
import { createLogTables } from './schema.js';
import { PostgresSubscription } from './subscription.js';
import { TopicCatalogue } from './topic-catalogue.js';
import { inTransaction } from './transaction.js';

export interface PostgresLogOptions {
  url: string;
  logger: EventsLogger;
  /** Connections of this process to the log, whatever the number of its services. */
  poolSize?: number;
  /** How long a consumer that died keeps its partitions. */
  leaseMs?: number;
  /** How often this process looks for records that another one appended. */
  pollMs?: number;
  /** How long every version of a key is kept before only the last one is (ms); default 24 h. */
  compactAfterMs?: number;
  compactEveryMs?: number;
  /** Lets more urgent work of the process go first; awaited before each batch of a subscription. */
  giveWay?: () => Promise<unknown>;
}

const QUERY_TIMEOUT_MS = 60_000;

/**
 * The event log in PostgreSQL. Relays are the only writers; partitions are leased to consumers. A connection is
 * held while appending or reading, never while a handler works.
 */
export class PostgresLogDriver implements EventLogDriver {
  readonly name = 'postgres';
  private readonly pool: pg.Pool;
  private readonly topics: TopicCatalogue;
  private readonly logEnds: LogEnds;
  private compaction?: NodeJS.Timeout;

  constructor(private readonly options: PostgresLogOptions) {
    this.pool = new pg.Pool({
      Client: HeardClient,
      connectionString: options.url,
      max: options.poolSize ?? 8,
      application_name: 'event-log',
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
      // A server that has vanished says nothing: without this a relay would wait for it, and hold its lock.
      query_timeout: QUERY_TIMEOUT_MS,
    });
    this.pool.on('error', (err) => {
      // pg says that the pool has ended before its connections have.
      if (!this.pool.ending) options.logger.warn({ err }, 'event log connection lost');
    });
    this.topics = new TopicCatalogue(this.pool);
    this.logEnds = new LogEnds(this.pool, options.pollMs ?? 100, options.logger);
  }

  async start(): Promise<void> {
    await createLogTables(this.pool);
    this.compaction = setInterval(() => {
      this.compact().catch((err: unknown) => this.options.logger.warn({ err }, 'log compaction failed'));
    }, this.options.compactEveryMs ?? 3_600_000);
    this.compaction.unref();
  }

  async ensureTopics(topics: readonly TopicSpec[]): Promise<void> {
    await this.topics.ensure(topics);
  }

  async publish(records: readonly OutgoingRecord[]): Promise<void> {
    if (records.length === 0) return;
    const placed = await this.place(records);
    this.logEnds.advance(await inTransaction(this.pool, (client) => appendRecords(client, placed)));
  }

  async subscribe(options: SubscribeOptions): Promise<Subscription> {
    const subscription = new PostgresSubscription(this.pool, this.topics, this.logEnds, options, {
      logger: this.options.logger,
      leaseMs: this.options.leaseMs ?? 10_000,
      giveWay: this.options.giveWay,
    });
    await subscription.start();
    return subscription;
  }

  async ends(topics: readonly string[]): Promise<PartitionEnd[]> {
    const { rows } = await this.pool.query<{ topic: string; partition: number; end: string }>(
      `SELECT t.name AS topic, p.partition, p.next_offset AS end
       FROM log_topic t JOIN log_partition p ON p.topic_id = t.id
       WHERE t.name = ANY($1) ORDER BY t.name, p.partition`,
      [topics],
    );
    return rows.map((row) => ({ topic: row.topic, partition: row.partition, end: Number(row.end) }));
  }

  /** Keeps the last record of each key among those older than the compaction lag. Returns how many it removed. */
  async compact(): Promise<number> {
    return compactLog(this.pool, this.options.compactAfterMs ?? 24 * 3_600_000);
  }

  async check(): Promise<void> {
    await this.pool.query('SELECT 1');
  }

  async close(): Promise<void> {
    clearInterval(this.compaction);
    this.logEnds.close();
    await this.pool.end();
  }

  private async place(records: readonly OutgoingRecord[]): Promise<PlacedRecord[]> {
    const names = new Set(records.map((record) => record.topic));
    const topics = new Map(
      await Promise.all([...names].map(async (name) => [name, await this.topics.get(name)] as const)),
    );
    return records.map((record) => {
      const topic = topics.get(record.topic);
      if (!topic) throw new Error(`the event log has no topic ${record.topic}`);
      return { ...record, topicId: topic.id, partition: partitionOf(record.key, topic.partitions) };
    });
  }
}
