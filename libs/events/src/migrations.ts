import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Outbox, inbox, positions and dead letters: the tables that every service's database has. */
export class EventTables1700000000000 implements MigrationInterface {
  name = 'EventTables1700000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE outbox (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        topic text NOT NULL,
        key text NOT NULL,
        event_id uuid NOT NULL,
        headers json NOT NULL,
        -- Not compressed: a row lives for milliseconds, and compressing its state costs more than writing it.
        value text STORAGE EXTERNAL,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp()
      );
      ALTER TABLE outbox SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

      CREATE TABLE consumer_position (
        group_id text NOT NULL,
        topic text NOT NULL,
        partition int NOT NULL,
        next_offset bigint NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (group_id, topic, partition)
      );

      CREATE TABLE inbox (
        group_id text NOT NULL,
        event_id uuid NOT NULL,
        processed_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (group_id, event_id)
      );
      CREATE INDEX inbox_processed_at ON inbox (processed_at);

      CREATE TABLE dead_letter (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        group_id text NOT NULL,
        topic text NOT NULL,
        partition int NOT NULL,
        "offset" bigint NOT NULL,
        key text NOT NULL,
        headers jsonb NOT NULL,
        value text,
        cause text NOT NULL,
        failed_at timestamptz NOT NULL DEFAULT now(),
        replayed_at timestamptz,
        UNIQUE (group_id, topic, partition, "offset")
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE dead_letter, inbox, consumer_position, outbox');
  }
}
