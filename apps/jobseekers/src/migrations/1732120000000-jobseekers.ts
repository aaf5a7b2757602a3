import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Jobseekers (Mẫu 01a). Citizen-id and social-insurance numbers are here from the first migration on only as
 * ciphertext under the person's own key and as a keyed index.
 */
export class Jobseekers1732120000000 implements MigrationInterface {
  name = 'Jobseekers1732120000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE EXTENSION IF NOT EXISTS pg_trgm;

      CREATE TABLE jobseekers (
        id uuid PRIMARY KEY,
        version int NOT NULL,
        account_id text,
        data_source text NOT NULL,
        area_province_code text,
        full_name text NOT NULL,
        full_name_folded text NOT NULL,
        birth_date date,
        gender text,
        citizen_id_sealed bytea,
        citizen_id_index bytea,
        citizen_id_verified_at timestamptz,
        social_insurance_sealed bytea,
        social_insurance_index bytea,
        phone text,
        email text,
        ethnicity_code text,
        province_code text,
        commune_code text,
        priority_groups text[] NOT NULL DEFAULT '{}',
        technical_level text,
        activity_status text,
        matching_consent boolean NOT NULL DEFAULT false,
        published_of_legal_age boolean,
        form jsonb NOT NULL CHECK (jsonb_typeof(form) = 'object'),
        registered_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CHECK ((citizen_id_sealed IS NULL) = (citizen_id_index IS NULL)),
        CHECK ((social_insurance_sealed IS NULL) = (social_insurance_index IS NULL)),
        CHECK (citizen_id_verified_at IS NULL OR citizen_id_index IS NOT NULL)
      );
      CREATE UNIQUE INDEX jobseekers_account ON jobseekers (account_id) WHERE account_id IS NOT NULL;
      -- A declared number may be anybody's; a verified one belongs to one person.
      CREATE UNIQUE INDEX jobseekers_verified_citizen_id ON jobseekers (citizen_id_index)
        WHERE citizen_id_verified_at IS NOT NULL;
      CREATE INDEX jobseekers_citizen_id ON jobseekers (citizen_id_index) WHERE citizen_id_index IS NOT NULL;
      CREATE INDEX jobseekers_social_insurance ON jobseekers (social_insurance_index)
        WHERE social_insurance_index IS NOT NULL;
      CREATE INDEX jobseekers_phone ON jobseekers (phone) WHERE phone IS NOT NULL;
      CREATE INDEX jobseekers_area ON jobseekers (area_province_code, id);
      -- Words of a name are looked up by their beginning, the first one too.
      CREATE INDEX jobseekers_name ON jobseekers USING gin ((' ' || full_name_folded) gin_trgm_ops);
      CREATE INDEX jobseekers_coming_of_age ON jobseekers (birth_date) WHERE published_of_legal_age = false;

      -- The key that opens a person's sealed fields, itself wrapped by the master key of KEYS_DIR. Erasure
      -- deletes it.
      CREATE TABLE subject_keys (
        jobseeker_id uuid PRIMARY KEY,
        wrapped bytea NOT NULL
      );

      CREATE TABLE consent_entries (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        jobseeker_id uuid NOT NULL REFERENCES jobseekers ON DELETE CASCADE,
        purpose text NOT NULL,
        given boolean NOT NULL,
        text_version text NOT NULL,
        channel text NOT NULL,
        by_role text NOT NULL,
        by_officer text,
        at timestamptz NOT NULL
      );
      CREATE INDEX consent_entries_of_jobseeker ON consent_entries (jobseeker_id, id);

      CREATE TABLE claim_codes (
        jobseeker_id uuid PRIMARY KEY REFERENCES jobseekers ON DELETE CASCADE,
        code_hash bytea NOT NULL UNIQUE,
        expires_at timestamptz NOT NULL
      );
      CREATE TABLE claim_attempts (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        account_id text NOT NULL,
        at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX claim_attempts_of_account ON claim_attempts (account_id, at);

      -- Profiles to compare with the others, after their transaction and outside of any request.
      CREATE TABLE duplicate_checks (jobseeker_id uuid PRIMARY KEY);
      CREATE TABLE duplicates (
        id uuid PRIMARY KEY,
        elder_id uuid NOT NULL,
        younger_id uuid NOT NULL,
        reasons text[] NOT NULL,
        status text NOT NULL DEFAULT 'open',
        dismissal_reason text,
        suspected_at timestamptz NOT NULL DEFAULT now(),
        decided_at timestamptz,
        UNIQUE (elder_id, younger_id)
      );
      CREATE INDEX duplicates_status ON duplicates (status, id);
      CREATE INDEX duplicates_younger ON duplicates (younger_id);

      -- What is left of a profile that was merged or erased: that it was, and nothing of the person.
      CREATE TABLE retired_jobseekers (
        id uuid PRIMARY KEY,
        last_version int NOT NULL,
        cause text NOT NULL,
        merged_into uuid,
        by_role text NOT NULL,
        retired_at timestamptz NOT NULL DEFAULT now()
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE retired_jobseekers, duplicates, duplicate_checks, claim_attempts, claim_codes, consent_entries,
        subject_keys, jobseekers;
    `);
  }
}
