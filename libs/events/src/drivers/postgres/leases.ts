import type { Pool } from 'pg';
import type { TopicCatalogue } from './topic-catalogue.js';

export interface Partition {
  topic: string;
  topicId: number;
  partition: number;
}

export interface LeaseOptions {
  group: string;
  topics: string[];
  memberId: string;
  leaseMs: number;
}

/**
 * Shares a group's partitions among its members: each live member may hold its fair share; what a dead member
 * held is free when its lease has run out. Fencing is not done here but where the position is written.
 */
export class Leases {
  private current: Partition[] = [];
  private validUntil = 0;

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
    return this.held().some((p) => p.topicId === partition.topicId && p.partition === partition.partition);
  }

  /** Renews, gives back what is above the fair share, takes what is free. Returns whether the set changed. */
  async balance(): Promise<boolean> {
    const asked = Date.now();
    const { group, memberId, leaseMs } = this.options;
    const expiry = `now() + make_interval(secs => ${leaseMs / 1000})`;
    const all = await this.partitions();
    const client = await this.pool.connect();
    try {
      await client.query('BEGIN');
      // One member balances at a time; the lock ends with the transaction.
      await client.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`lease:${group}`]);
      await client.query(
        `INSERT INTO log_member (group_id, member_id, topics, expires_at) VALUES ($1, $2, $3, ${expiry})
         ON CONFLICT (group_id, member_id) DO UPDATE SET expires_at = excluded.expires_at`,
        [group, memberId, this.options.topics],
      );
      await client.query('DELETE FROM log_member WHERE group_id = $1 AND expires_at < now()', [group]);
      await client.query(
        `INSERT INTO log_lease (group_id, topic_id, partition, expires_at)
         SELECT $1, t, p, '-infinity' FROM unnest($2::int[], $3::int[]) AS x(t, p) ON CONFLICT DO NOTHING`,
        [group, all.map((p) => p.topicId), all.map((p) => p.partition)],
      );
      const { rows: members } = await client.query<{ n: number }>(
        'SELECT count(*)::int AS n FROM log_member WHERE group_id = $1',
        [group],
      );
      const share = Math.ceil(all.length / Math.max(1, members[0]?.n ?? 1));
      const { rows } = await client.query<{ topic_id: number; partition: number }>(
        `WITH mine AS (
           SELECT topic_id, partition FROM log_lease
           WHERE group_id = $1 AND (member_id = $2 OR expires_at < now() OR member_id IS NULL)
           ORDER BY (member_id = $2 AND expires_at >= now()) DESC NULLS LAST, topic_id, partition LIMIT $3
         ), dropped AS (
           UPDATE log_lease l SET member_id = NULL, expires_at = '-infinity'
           WHERE l.group_id = $1 AND l.member_id = $2
             AND NOT EXISTS (SELECT FROM mine m WHERE m.topic_id = l.topic_id AND m.partition = l.partition)
         )
         UPDATE log_lease l SET member_id = $2, expires_at = ${expiry}
         FROM mine m WHERE l.group_id = $1 AND l.topic_id = m.topic_id AND l.partition = m.partition
         RETURNING l.topic_id, l.partition`,
        [group, memberId, share],
      );
      await client.query('COMMIT');
      return this.adopt(all, rows, asked + leaseMs * 0.8);
    } catch (error) {
      await client.query('ROLLBACK').catch(() => undefined);
      throw error;
    } finally {
      client.release();
    }
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
  }

  private adopt(all: Partition[], rows: { topic_id: number; partition: number }[], validUntil: number): boolean {
    const mine = new Set(rows.map((row) => `${row.topic_id}/${row.partition}`));
    const before = this.current.length;
    const kept = all.filter((p) => mine.has(`${p.topicId}/${p.partition}`));
    const changed =
      kept.length !== before || kept.some((p) => !this.current.some((c) => c.topicId === p.topicId && c.partition === p.partition));
    this.current = kept;
    this.validUntil = validUntil;
    return changed;
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
