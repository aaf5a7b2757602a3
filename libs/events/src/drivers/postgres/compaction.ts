import type { Pool, PoolClient, QueryConfig } from 'pg';
import { inTransaction } from './transaction.js';

/** Of several processes on one log, one compacts at a time. */
const COMPACTION_LOCK = 7_210_004;
/** A partition of some million records takes minutes; the pool's own limit is for readers and writers. */
const LONGEST_MS = 1_800_000;

/**
 * Removes records that a newer record of the same key has replaced, once the newer one is older than `lagMs`;
 * a tombstone goes after 30 more days. One partition a statement, so that no statement holds much.
 * @returns the number of removed records; 0 when another process is at it
 */
export async function compactLog(pool: Pool, lagMs: number): Promise<number> {
  const { rows: partitions } = await pool.query<{ topic_id: number; partition: number }>(
    'SELECT topic_id, partition FROM log_partition ORDER BY topic_id, partition',
  );
  let removed = 0;
  for (const { topic_id, partition } of partitions) {
    removed += await inTransaction(pool, async (client) =>
      (await tryLock(client)) ? removeReplaced(client, topic_id, partition, lagMs) : 0,
    );
  }
  return removed;
}

async function tryLock(client: PoolClient): Promise<boolean> {
  const { rows } = await client.query<{ mine: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS mine', [
    COMPACTION_LOCK,
  ]);
  return rows[0]?.mine ?? false;
}

async function removeReplaced(
  client: PoolClient,
  topicId: number,
  partition: number,
  lagMs: number,
): Promise<number> {
  const statement: QueryConfig & { query_timeout: number } = {
    query_timeout: LONGEST_MS,
    text: `DELETE FROM log_record r USING (
       SELECT key, max("offset") AS last FROM log_record
       WHERE topic_id = $1 AND partition = $2 AND appended_at <= now() - make_interval(secs => $3)
       GROUP BY key
     ) kept
     WHERE r.topic_id = $1 AND r.partition = $2 AND r.key = kept.key
       AND (r."offset" < kept.last
            OR (r."offset" = kept.last AND r.value IS NULL
                AND r.appended_at <= now() - make_interval(secs => $3) - interval '30 days'))`,
    values: [topicId, partition, lagMs / 1000],
  };
  const { rowCount } = await client.query(statement);
  return rowCount ?? 0;
}
