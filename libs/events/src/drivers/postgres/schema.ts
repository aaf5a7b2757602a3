import type { Pool } from 'pg';
import { inTransaction } from './transaction.js';

/** Serialises the first start of several processes on one log database. */
const SCHEMA_LOCK = 7_210_002;

/**
 * Tables of the PostgreSQL log. Offsets are dense per partition: they are given out under the partition's row
 * lock, held until commit, so a reader never sees offset n + 1 before n.
 */
const TABLES = `
  CREATE TABLE IF NOT EXISTS log_topic (
    id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL UNIQUE,
    partitions int NOT NULL
  );
  CREATE TABLE IF NOT EXISTS log_partition (
    topic_id int NOT NULL REFERENCES log_topic,
    partition int NOT NULL,
    next_offset bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (topic_id, partition)
  );
  CREATE TABLE IF NOT EXISTS log_record (
    topic_id int NOT NULL,
    partition int NOT NULL,
    "offset" bigint NOT NULL,
    key text NOT NULL,
    event_id uuid NOT NULL,
    headers json NOT NULL,
    -- Not compressed: an import is as fast as this table, and compaction keeps it small.
    value text STORAGE EXTERNAL,
    appended_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (topic_id, partition, "offset")
  );
  CREATE UNIQUE INDEX IF NOT EXISTS log_record_event_id ON log_record (event_id);
  CREATE TABLE IF NOT EXISTS log_member (
    group_id text NOT NULL,
    member_id uuid NOT NULL,
    topics text[] NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (group_id, member_id)
  );
  CREATE TABLE IF NOT EXISTS log_lease (
    group_id text NOT NULL,
    topic_id int NOT NULL,
    partition int NOT NULL,
    member_id uuid,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (group_id, topic_id, partition)
  );
`;

export async function createLogTables(pool: Pool): Promise<void> {
  await inTransaction(pool, async (client) => {
    await client.query('SELECT pg_advisory_xact_lock($1)', [SCHEMA_LOCK]);
    await client.query(TABLES);
  });
}
