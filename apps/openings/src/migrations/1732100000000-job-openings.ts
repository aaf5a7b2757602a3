import type { MigrationInterface, QueryRunner } from 'typeorm';

export class JobOpenings1732100000000 implements MigrationInterface {
  name = 'JobOpenings1732100000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE job_opening (
        id uuid PRIMARY KEY,
        version int NOT NULL,
        status text NOT NULL,
        source text,
        source_id text,
        employer_id uuid,
        employer_name text,
        employer_key text,
        title text NOT NULL,
        quantity int CHECK (quantity > 0),
        occupation_code text,
        occupation_proposals jsonb NOT NULL DEFAULT '[]',
        position_level text,
        workplaces jsonb NOT NULL DEFAULT '[]',
        other_places_count int NOT NULL DEFAULT 0,
        pay_kind text NOT NULL,
        pay_min bigint,
        pay_max bigint,
        pay_currency text,
        pay_text text,
        experience_min_months int,
        experience_max_months int,
        deadline date,
        expires_on date,
        published_at timestamptz,
        ended_at timestamptz,
        hired_count int NOT NULL DEFAULT 0,
        hired_via_centre_count int NOT NULL DEFAULT 0,
        area_province_code text,
        details jsonb NOT NULL,
        return_reason text,
        created_by text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (source, source_id)
      );
      CREATE INDEX job_opening_status ON job_opening (status, updated_at DESC, id);
      CREATE INDEX job_opening_expiry ON job_opening (expires_on) WHERE status = 'published';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE job_opening');
  }
}
