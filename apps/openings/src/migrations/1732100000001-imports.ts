import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Imports1732100000001 implements MigrationInterface {
  name = 'Imports1732100000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE import_source (
        name text PRIMARY KEY,
        trusted boolean NOT NULL,
        keep_days int NOT NULL CHECK (keep_days > 0),
        created_by text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE TABLE import_job (
        id uuid PRIMARY KEY,
        source text NOT NULL REFERENCES import_source,
        as_of date NOT NULL,
        file_name text,
        content bytea,
        status text NOT NULL,
        next_row int NOT NULL DEFAULT 0,
        total_rows int,
        created int NOT NULL DEFAULT 0,
        updated int NOT NULL DEFAULT 0,
        unchanged int NOT NULL DEFAULT 0,
        rejected int NOT NULL DEFAULT 0,
        failure text,
        last_outbox_id bigint,
        worker uuid,
        lease_until timestamptz,
        created_by text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        finished_at timestamptz
      );
      CREATE INDEX import_job_open ON import_job (created_at) WHERE status IN ('queued', 'running');
      CREATE TABLE import_rejection (
        job_id uuid NOT NULL REFERENCES import_job ON DELETE CASCADE,
        line int NOT NULL,
        field text NOT NULL,
        code text NOT NULL,
        reason text NOT NULL,
        value text,
        PRIMARY KEY (job_id, line, field)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE import_rejection, import_job, import_source');
  }
}
