import type { PoolClient } from 'pg';
import type { OutgoingRecord } from '../../driver.js';
import { type PartitionId, partitionKey } from './log-ends.js';

/** A record whose partition is known. */
export interface PlacedRecord extends OutgoingRecord, PartitionId {}

/**
 * Appends in the given order and gives out the offsets, under the partitions' row locks, in the caller's
 * transaction. Events that are in the log already (their relay died before it could say so) are left out.
 * @returns the ends of the partitions once the transaction is committed
 */
export async function appendRecords(
  client: PoolClient,
  records: readonly PlacedRecord[],
): Promise<(PartitionId & { end: number })[]> {
  const ends = await lockPartitions(client, records);
  const seen = await alreadyAppended(client, records);
  const rows: object[] = [];
  for (const record of records) {
    if (seen.has(record.eventId)) continue;
    seen.add(record.eventId);
    rows.push({
      topic_id: record.topicId,
      partition: record.partition,
      offset: takeOffset(ends, record),
      key: record.key,
      event_id: record.eventId,
      headers: record.headers,
      value: record.value,
    });
  }
  if (rows.length > 0) await insert(client, rows, [...ends.values()]);
  return [...ends.values()];
}

/** Locks the partitions of a batch, always in one order. */
async function lockPartitions(
  client: PoolClient,
  records: readonly PlacedRecord[],
): Promise<Map<string, PartitionId & { end: number }>> {
  const wanted = [...new Map(records.map((record) => [partitionKey(record), record])).values()];
  const { rows } = await client.query<{ topic_id: number; partition: number; next_offset: string }>(
    `SELECT topic_id, partition, next_offset FROM log_partition
     WHERE (topic_id, partition) IN (SELECT * FROM unnest($1::int[], $2::int[]))
     ORDER BY topic_id, partition FOR UPDATE`,
    [wanted.map((r) => r.topicId), wanted.map((r) => r.partition)],
  );
  return new Map(
    rows.map((row) => {
      const id = { topicId: row.topic_id, partition: row.partition };
      return [partitionKey(id), { ...id, end: Number(row.next_offset) }];
    }),
  );
}

async function alreadyAppended(client: PoolClient, records: readonly PlacedRecord[]): Promise<Set<string>> {
  const { rows } = await client.query<{ event_id: string }>(
    'SELECT event_id FROM log_record WHERE event_id = ANY($1::uuid[])',
    [records.map((r) => r.eventId)],
  );
  return new Set(rows.map((row) => row.event_id));
}

function takeOffset(ends: Map<string, PartitionId & { end: number }>, record: PlacedRecord): number {
  const entry = ends.get(partitionKey(record));
  if (!entry) throw new Error(`topic ${record.topic} has no partition ${record.partition}`);
  return entry.end++;
}

async function insert(
  client: PoolClient,
  rows: object[],
  ends: (PartitionId & { end: number })[],
): Promise<void> {
  await client.query(
    `WITH appended AS (
       INSERT INTO log_record (topic_id, partition, "offset", key, event_id, headers, value)
       SELECT topic_id, partition, "offset", key, event_id, headers, value FROM json_to_recordset($1::json)
         AS r(topic_id int, partition int, "offset" bigint, key text, event_id uuid, headers json, value text)
     )
     UPDATE log_partition p SET next_offset = e.next_offset
     FROM unnest($2::int[], $3::int[], $4::bigint[]) AS e(topic_id, partition, next_offset)
     WHERE p.topic_id = e.topic_id AND p.partition = e.partition`,
    [JSON.stringify(rows), ends.map((e) => e.topicId), ends.map((e) => e.partition), ends.map((e) => e.end)],
  );
}
