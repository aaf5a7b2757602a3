import type { MigrationInterface, QueryRunner } from 'typeorm';
import { fold } from '#reference';

/**
 * Employers, the feed and what imports have learnt. Some of it was for a while part of the two migrations before
 * this one: each step finds out whether a database has it already.
 */
export class EmployersAndFeed1732100000002 implements MigrationInterface {
  name = 'EmployersAndFeed1732100000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE IF NOT EXISTS employer (
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
      CREATE INDEX IF NOT EXISTS employer_legal_name ON employer (legal_name, id);

      ALTER TABLE job_opening
        ADD COLUMN IF NOT EXISTS employer_is_person boolean NOT NULL DEFAULT false,
        ADD COLUMN IF NOT EXISTS title_folded text,
        ADD COLUMN IF NOT EXISTS close_reason text,
        ADD COLUMN IF NOT EXISTS last_seen_on date,
        ADD COLUMN IF NOT EXISTS content_hash text,
        ALTER COLUMN created_at TYPE timestamptz(3),
        ALTER COLUMN updated_at TYPE timestamptz(3),
        DROP CONSTRAINT IF EXISTS job_opening_employer_id_fkey;
      -- Openings of before this table name employers that it has never had; their names stay.
      UPDATE job_opening SET employer_id = NULL WHERE NOT EXISTS (SELECT FROM employer e WHERE e.id = employer_id);
      ALTER TABLE job_opening ADD CONSTRAINT job_opening_employer_id_fkey
        FOREIGN KEY (employer_id) REFERENCES employer;
      DROP INDEX IF EXISTS job_opening_list, job_opening_status, job_opening_employer;
      CREATE INDEX job_opening_status ON job_opening (status, id);
      CREATE INDEX job_opening_employer ON job_opening (employer_id, id) WHERE employer_id IS NOT NULL;
      CREATE INDEX IF NOT EXISTS job_opening_area ON job_opening (area_province_code, id);

      CREATE TABLE IF NOT EXISTS feed_entry (
        seq bigint PRIMARY KEY,
        opening_id uuid NOT NULL UNIQUE,
        version int NOT NULL,
        removed boolean NOT NULL,
        changed_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE TABLE IF NOT EXISTS feed_counter (
        only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
        last_seq bigint NOT NULL
      );
      INSERT INTO feed_counter (last_seq) VALUES (0) ON CONFLICT DO NOTHING;

      -- A job of before says nothing of who handed it in: it publishes nothing and changes no area's postings.
      ALTER TABLE import_job
        ADD COLUMN IF NOT EXISTS areas text[] NOT NULL DEFAULT '{}',
        ADD COLUMN IF NOT EXISTS by_administrator boolean NOT NULL DEFAULT false;
      ALTER TABLE import_job ALTER COLUMN areas DROP DEFAULT, ALTER COLUMN by_administrator DROP DEFAULT;
      CREATE INDEX IF NOT EXISTS import_job_finished ON import_job (finished_at);
      ALTER TABLE import_source ADD COLUMN IF NOT EXISTS decided boolean NOT NULL DEFAULT true;
    `);
    const unfolded = (await runner.query('SELECT id, title FROM job_opening WHERE title_folded IS NULL')) as {
      id: string;
      title: string;
    }[];
    for (const { id, title } of unfolded) {
      await runner.query('UPDATE job_opening SET title_folded = $2 WHERE id = $1', [id, fold(title)]);
    }
    await runner.query('ALTER TABLE job_opening ALTER COLUMN title_folded SET NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE import_source DROP COLUMN decided;
      DROP INDEX import_job_finished;
      ALTER TABLE import_job DROP COLUMN areas, DROP COLUMN by_administrator;
      DROP TABLE feed_counter, feed_entry;
      DROP INDEX job_opening_area, job_opening_employer, job_opening_status;
      CREATE INDEX job_opening_status ON job_opening (status, updated_at DESC, id);
      ALTER TABLE job_opening
        DROP CONSTRAINT job_opening_employer_id_fkey,
        DROP COLUMN employer_is_person,
        DROP COLUMN title_folded,
        DROP COLUMN close_reason,
        DROP COLUMN last_seen_on,
        DROP COLUMN content_hash;
      DROP TABLE employer;
    `);
  }
}
