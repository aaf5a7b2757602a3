import { EventEmitter } from 'node:events';
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
import { partitionOf } from '../../partitioner.js';
import { compactLog } from './compaction.js';
import { createLogTables } from './schema.js';
import { PostgresSubscription } from './subscription.js';
import { TopicCatalogue } from './topic-catalogue.js';

export interface PostgresLogOptions {
  url: string;
  logger: EventsLogger;
  poolSize?: number;
  /** How long a consumer that died keeps its partitions. */
  leaseMs?: number;
  /** How often a consumer looks for records that another process appended. */
  pollMs?: number;
  /** How long every version of a key is kept before only the last one is (ms); default 24 h. */
  compactAfterMs?: number;
  compactEveryMs?: number;
}

interface Placed extends OutgoingRecord {
  topicId: number;
  partition: number;
}

/** The event log in PostgreSQL. Relays are the only writers; partitions are leased to consumers. */
export class PostgresLogDriver implements EventLogDriver {
  readonly name = 'postgres';
  private readonly pool: pg.Pool;
  private readonly topics: TopicCatalogue;
  /** Wakes the consumers of this process without waiting for their next look. */
  private readonly appended = new EventEmitter();
  private compaction?: NodeJS.Timeout;

  constructor(private readonly options: PostgresLogOptions) {
    this.pool = new pg.Pool({
      connectionString: options.url,
      max: options.poolSize ?? 8,
      application_name: 'event-log',
    });
    this.pool.on('error', (err) => options.logger.warn({ err }, 'event log connection lost'));
    this.topics = new TopicCatalogue(this.pool);
    this.appended.setMaxListeners(0);
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
    const client = await this.pool.connect();
    let failure: Error | undefined;
    try {
      await client.query('BEGIN');
      const offsets = await lockPartitions(client, placed);
      const known = await alreadyAppended(client, placed);
      const rows = placed
        .filter((record) => !known.has(record.eventId))
        .map((record) => ({
          topic_id: record.topicId,
          partition: record.partition,
          offset: offsets.take(record),
          key: record.key,
          event_id: record.eventId,
          headers: record.headers,
          value: record.value,
        }));
      await client.query(
        `INSERT INTO log_record (topic_id, partition, "offset", key, event_id, headers, value)
         SELECT * FROM json_to_recordset($1::json)
           AS r(topic_id int, partition int, "offset" bigint, key text, event_id uuid, headers json, value text)`,
        [JSON.stringify(rows)],
      );
      await client.query(
        `UPDATE log_partition p SET next_offset = r.next_offset
         FROM json_to_recordset($1::json) AS r(topic_id int, partition int, next_offset bigint)
         WHERE p.topic_id = r.topic_id AND p.partition = r.partition`,
        [JSON.stringify(offsets.ends())],
      );
      await client.query('COMMIT');
    } catch (error) {
      failure = error as Error;
      await client.query('ROLLBACK').catch(() => undefined);
      throw error;
    } finally {
      client.release(failure && isConnectionLoss(failure) ? failure : undefined);
    }
    this.appended.emit('appended');
  }

  async subscribe(options: SubscribeOptions): Promise<Subscription> {
    const subscription = new PostgresSubscription(this.pool, this.topics, this.appended, options, {
      logger: this.options.logger,
      leaseMs: this.options.leaseMs ?? 10_000,
      pollMs: this.options.pollMs ?? 100,
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
    await this.pool.end();
  }

  private async place(records: readonly OutgoingRecord[]): Promise<Placed[]> {
    const placed: Placed[] = [];
    for (const record of records) {
      const topic = await this.topics.get(record.topic);
      placed.push({ ...record, topicId: topic.id, partition: partitionOf(record.key, topic.partitions) });
    }
    return placed;
  }
}

/** Locks the partitions of a batch, always in one order, and gives out their offsets. */
async function lockPartitions(client: pg.PoolClient, records: readonly Placed[]): Promise<OffsetCounter> {
  const wanted = [...new Map(records.map((r) => [`${r.topicId}/${r.partition}`, r])).values()];
  const { rows } = await client.query<{ topic_id: number; partition: number; next_offset: string }>(
    `SELECT topic_id, partition, next_offset FROM log_partition
     WHERE (topic_id, partition) IN (SELECT * FROM unnest($1::int[], $2::int[]))
     ORDER BY topic_id, partition FOR UPDATE`,
    [wanted.map((r) => r.topicId), wanted.map((r) => r.partition)],
  );
  return new OffsetCounter(rows);
}

/** A batch that was published before its relay died comes again: those events are in the log already. */
async function alreadyAppended(client: pg.PoolClient, records: readonly Placed[]): Promise<Set<string>> {
  const { rows } = await client.query<{ event_id: string }>(
    'SELECT event_id FROM log_record WHERE event_id = ANY($1::uuid[])',
    [records.map((r) => r.eventId)],
  );
  return new Set(rows.map((row) => row.event_id));
}

class OffsetCounter {
  private readonly next = new Map<string, { topic_id: number; partition: number; next_offset: number }>();

  constructor(rows: readonly { topic_id: number; partition: number; next_offset: string }[]) {
    for (const row of rows) {
      this.next.set(`${row.topic_id}/${row.partition}`, { ...row, next_offset: Number(row.next_offset) });
    }
  }

  take(record: Placed): number {
    const entry = this.next.get(`${record.topicId}/${record.partition}`);
    if (!entry) throw new Error(`topic ${record.topic} has no partition ${record.partition}`);
    return entry.next_offset++;
  }

  ends(): { topic_id: number; partition: number; next_offset: number }[] {
    return [...this.next.values()];
  }
}

function isConnectionLoss(error: Error & { code?: string }): boolean {
  return !error.code || error.code.startsWith('08') || error.code.startsWith('57P') || error.code.startsWith('E');
}
