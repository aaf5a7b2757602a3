import type { MigrationInterface, QueryRunner } from 'typeorm';

export class JobOpenings1732100000000 implements MigrationInterface {
  name = 'JobOpenings1732100000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE employer (
        id uuid PRIMARY KEY,
        version int NOT NULL,
        organisation_id text UNIQUE,
        registration_no text UNIQUE,
        legal_name text NOT NULL,
        name_folded text NOT NULL,
        employer_type text,
        sector_code text,
        size_band text,
        province_code text,
        commune_code text,
        address_line text,
        industrial_zone text,
        area_type text,
        phone text,
        email text,
        website text,
        contact_name text,
        contact_title text,
        verification_status text NOT NULL,
        verification_reason text,
        created_by text NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL
      );
      CREATE INDEX employer_legal_name ON employer (legal_name, id);

      CREATE TABLE job_opening (
        id uuid PRIMARY KEY,
        version int NOT NULL,
        status text NOT NULL,
        source text,
        source_id text,
        employer_id uuid REFERENCES employer,
        employer_name text,
        employer_is_person boolean NOT NULL DEFAULT false,
        employer_key text,
        title text NOT NULL,
        title_folded text NOT NULL,
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
        close_reason text,
        last_seen_on date,
        content_hash text,
        created_by text NOT NULL,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        updated_at timestamptz(3) NOT NULL DEFAULT now(),
        UNIQUE (source, source_id)
      );
      CREATE INDEX job_opening_status ON job_opening (status, id);
      CREATE INDEX job_opening_area ON job_opening (area_province_code, id);
      CREATE INDEX job_opening_employer ON job_opening (employer_id, id) WHERE employer_id IS NOT NULL;
      CREATE INDEX job_opening_expiry ON job_opening (expires_on) WHERE status = 'published';

      CREATE TABLE feed_entry (
        seq bigint PRIMARY KEY,
        opening_id uuid NOT NULL UNIQUE,
        version int NOT NULL,
        removed boolean NOT NULL,
        changed_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE TABLE feed_counter (only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row), last_seq bigint NOT NULL);
      INSERT INTO feed_counter (last_seq) VALUES (0);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE feed_counter, feed_entry, job_opening, employer');
  }
}
