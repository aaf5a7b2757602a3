import type { Pool, PoolClient } from 'pg';
import { type PartitionId, partitionKey } from './log-ends.js';
import type { TopicCatalogue } from './topic-catalogue.js';
import { inTransaction } from './transaction.js';

export interface Partition extends PartitionId {
  topic: string;
}

export interface LeaseOptions {
  group: string;
  topics: string[];
  memberId: string;
  leaseMs: number;
}

/**
 * How many of a topic's partitions a member may hold: equal parts, and what is left over goes round the members
 * from a place that differs by topic. Over all members this is exactly the number of partitions.
 * @param members ids of the live members that read the topic, in one order for all of them
 */
export function quotaOf(
  memberId: string,
  members: readonly string[],
  topicId: number,
  partitions: number,
): number {
  const rank = members.indexOf(memberId);
  if (rank < 0) return 0;
  const rest = partitions % members.length;
  return Math.floor(partitions / members.length) + ((rank + topicId) % members.length < rest ? 1 : 0);
}

/**
 * Shares a group's partitions among its members, topic by topic among those that read the topic; what a dead
 * member held is free when its lease has run out. Fencing is not done here but where the position is written.
 */
export class Leases {
  private current: Partition[] = [];
  private validUntil = 0;
  private made = false;

  constructor(
    private readonly pool: Pool,
    private readonly topics: TopicCatalogue,
    private readonly options: LeaseOptions,
  ) {}

  /** Partitions that are ours by our own clock, with a margin for the database's. */
  held(): Partition[] {
    return Date.now() < this.validUntil ? this.current : [];
  }

  holds(partition: Partition): boolean {
    return this.held().some((p) => partitionKey(p) === partitionKey(partition));
  }

  /** Renews, gives back what is above our part, takes what is free. Returns whether the set changed. */
  async balance(): Promise<boolean> {
    const asked = Date.now();
    const all = await this.partitions();
    const mine = await inTransaction(this.pool, async (client) => {
      // One member balances at a time; the lock ends with the transaction.
      await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
        `lease:${this.options.group}`,
      ]);
      await this.renewMembership(client);
      if (!this.made) await this.makeLeases(client, all);
      return this.claim(client, await this.quotas(client, all));
    });
    this.made = true;
    return this.adopt(all, mine, asked + this.options.leaseMs * 0.8);
  }

  /** Gives everything back, so that others need not wait for the lease to run out. */
  async release(): Promise<void> {
    this.validUntil = 0;
    const { group, memberId } = this.options;
    await this.pool.query(
      "UPDATE log_lease SET member_id = NULL, expires_at = '-infinity' WHERE group_id = $1 AND member_id = $2",
      [group, memberId],
    );
    await this.pool.query('DELETE FROM log_member WHERE group_id = $1 AND member_id = $2', [group, memberId]);
    // A group without members (a finished rebuild's, say) leaves nothing behind.
    await this.pool.query(
      'DELETE FROM log_lease WHERE group_id = $1 AND NOT EXISTS (SELECT FROM log_member WHERE group_id = $1)',
      [group],
    );
  }

  private get expiry(): string {
    return `now() + make_interval(secs => ${this.options.leaseMs / 1000})`;
  }

  private async renewMembership(client: PoolClient): Promise<void> {
    const { group, memberId, topics } = this.options;
    await client.query(
      `INSERT INTO log_member (group_id, member_id, topics, expires_at) VALUES ($1, $2, $3, ${this.expiry})
       ON CONFLICT (group_id, member_id) DO UPDATE SET expires_at = excluded.expires_at`,
      [group, memberId, topics],
    );
    await client.query('DELETE FROM log_member WHERE group_id = $1 AND expires_at < now()', [group]);
  }

  private async makeLeases(client: PoolClient, all: Partition[]): Promise<void> {
    await client.query(
      `INSERT INTO log_lease (group_id, topic_id, partition, expires_at)
       SELECT $1, t, p, '-infinity' FROM unnest($2::int[], $3::int[]) AS x(t, p) ON CONFLICT DO NOTHING`,
      [this.options.group, all.map((p) => p.topicId), all.map((p) => p.partition)],
    );
  }

  /** Our part of each of our topics. */
  private async quotas(client: PoolClient, all: Partition[]): Promise<Map<number, number>> {
    const { rows: members } = await client.query<{ member_id: string; topics: string[] }>(
      'SELECT member_id, topics FROM log_member WHERE group_id = $1 ORDER BY member_id',
      [this.options.group],
    );
    const quotas = new Map<number, number>();
    for (const { topic, topicId } of all) {
      if (quotas.has(topicId)) continue;
      const readers = members.filter((member) => member.topics.includes(topic)).map((m) => m.member_id);
      const partitions = all.filter((p) => p.topicId === topicId).length;
      quotas.set(topicId, quotaOf(this.options.memberId, readers, topicId, partitions));
    }
    return quotas;
  }

  /** Keeps what we hold, up to our part; drops what is above it; fills up with what is free. */
  private async claim(client: PoolClient, quotas: Map<number, number>): Promise<PartitionId[]> {
    const { rows } = await client.query<{ topic_id: number; partition: number }>(
      `WITH ranked AS (
         SELECT l.topic_id, l.partition, q.n, row_number() OVER (
           PARTITION BY l.topic_id
           ORDER BY (l.member_id = $2 AND l.expires_at >= now()) DESC NULLS LAST, l.partition) AS place
         FROM log_lease l JOIN unnest($3::int[], $4::int[]) AS q(topic_id, n) ON q.topic_id = l.topic_id
         WHERE l.group_id = $1 AND (l.member_id = $2 OR l.member_id IS NULL OR l.expires_at < now())
       ), mine AS (
         SELECT topic_id, partition FROM ranked WHERE place <= n
       ), dropped AS (
         UPDATE log_lease l SET member_id = NULL, expires_at = '-infinity'
         WHERE l.group_id = $1 AND l.member_id = $2
           AND NOT EXISTS (SELECT FROM mine m WHERE m.topic_id = l.topic_id AND m.partition = l.partition)
       )
       UPDATE log_lease l SET member_id = $2, expires_at = ${this.expiry}
       FROM mine m WHERE l.group_id = $1 AND l.topic_id = m.topic_id AND l.partition = m.partition
       RETURNING l.topic_id, l.partition`,
      [this.options.group, this.options.memberId, [...quotas.keys()], [...quotas.values()]],
    );
    return rows.map((row) => ({ topicId: row.topic_id, partition: row.partition }));
  }

  private adopt(all: Partition[], mine: PartitionId[], validUntil: number): boolean {
    const keys = new Set(mine.map(partitionKey));
    const before = new Set(this.held().map(partitionKey));
    this.current = all.filter((p) => keys.has(partitionKey(p)));
    this.validUntil = validUntil;
    return keys.size !== before.size || [...keys].some((key) => !before.has(key));
  }

  private async partitions(): Promise<Partition[]> {
    const all: Partition[] = [];
    for (const name of this.options.topics) {
      const topic = await this.topics.get(name);
      for (let partition = 0; partition < topic.partitions; partition++) {
        all.push({ topic: name, topicId: topic.id, partition });
      }
    }
    return all;
  }
}
