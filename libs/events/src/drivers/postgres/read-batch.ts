import type { Pool } from 'pg';
import type { PartitionBatch } from '../../driver.js';
import type { Partition } from './leases.js';

/** A batch ends with the record that goes over this, so that a few large states do not fill the memory. */
const BATCH_BYTES = 4_000_000;

/**
 * The records of a partition from an offset on.
 * @param end a known end of the partition: everything below it is committed
 */
export async function readBatch(
  pool: Pool,
  partition: Partition,
  from: number,
  end: number,
  limit: number,
): Promise<PartitionBatch> {
  const { rows } = await pool.query<{
    offset: string;
    key: string;
    headers: Record<string, string> | null;
    value: string | null;
    candidates: string;
  }>(
    `SELECT "offset", key, headers, value, candidates FROM (
       SELECT *, count(*) OVER () AS candidates,
              sum(bytes) OVER (ORDER BY "offset") - bytes AS bytes_before
       FROM (
         SELECT "offset", key, headers, value, coalesce(octet_length(value), 0) AS bytes FROM log_record
         WHERE topic_id = $1 AND partition = $2 AND "offset" >= $3 ORDER BY "offset" LIMIT $4
       ) candidate
     ) sized
     WHERE bytes_before < $5 ORDER BY "offset"`,
    [partition.topicId, partition.partition, from, limit, BATCH_BYTES],
  );
  const records = rows.map(({ offset, key, headers, value }) => ({
    topic: partition.topic,
    partition: partition.partition,
    offset: Number(offset),
    key,
    headers: headers ?? {},
    value,
  }));
  const candidates = Number(rows[0]?.candidates ?? 0);
  // All there was up to the known end: what is missing before it was compacted away.
  const complete = candidates < limit && records.length === candidates;
  return {
    topic: partition.topic,
    partition: partition.partition,
    records,
    ...(complete && { next: end }),
  };
}
