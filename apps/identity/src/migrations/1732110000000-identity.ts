import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Identity1732110000000 implements MigrationInterface {
  name = 'Identity1732110000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE EXTENSION IF NOT EXISTS pg_trgm');
    await runner.query(`
      CREATE TABLE organisations (
        id uuid PRIMARY KEY,
        version int NOT NULL,
        kind text NOT NULL CHECK (kind IN ('centre', 'employer', 'school', 'agency', 'department')),
        name text NOT NULL,
        natural_person boolean NOT NULL,
        areas text[] NOT NULL,
        status text NOT NULL CHECK (status IN ('active', 'suspended')),
        search_text text NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CHECK (kind = 'employer' OR NOT natural_person)
      );
      CREATE INDEX organisations_search ON organisations USING gin (search_text gin_trgm_ops);

      CREATE TABLE accounts (
        id uuid PRIMARY KEY,
        version int NOT NULL,
        email text NOT NULL UNIQUE,
        full_name text NOT NULL,
        role text NOT NULL,
        organisation_id uuid REFERENCES organisations,
        narrowed_areas text[],
        status text NOT NULL CHECK (status IN ('active', 'locked')),
        origin text NOT NULL CHECK (origin IN ('administrator', 'registration', 'firstStart', 'demo')),
        password_hash text,
        search_text text NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        last_sign_in_at timestamptz,
        CHECK ((organisation_id IS NULL) = (role IN ('jobseeker', 'administrator')))
      );
      CREATE INDEX accounts_search ON accounts USING gin (search_text gin_trgm_ops);
      CREATE INDEX accounts_organisation ON accounts (organisation_id, id);
      CREATE INDEX accounts_role ON accounts (role, id);

      CREATE TABLE sessions (
        id uuid PRIMARY KEY,
        account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
        token_hash bytea NOT NULL,
        previous_hash bytea,
        rotated_at timestamptz NOT NULL,
        idle_seconds int NOT NULL,
        expires_at timestamptz NOT NULL,
        created_at timestamptz NOT NULL,
        revoked_at timestamptz,
        revoked_because text
      );
      CREATE INDEX sessions_account ON sessions (account_id) WHERE revoked_at IS NULL;
      CREATE INDEX sessions_expiry ON sessions (expires_at);

      CREATE TABLE password_codes (
        account_id uuid PRIMARY KEY REFERENCES accounts ON DELETE CASCADE,
        code_hash bytea NOT NULL,
        expires_at timestamptz NOT NULL
      );

      CREATE TABLE throttle_buckets (
        key text PRIMARY KEY,
        empty_at timestamptz NOT NULL,
        capacity_seconds float8 NOT NULL
      );
      CREATE INDEX throttle_buckets_empty_at ON throttle_buckets (empty_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE throttle_buckets, password_codes, sessions, accounts, organisations');
  }
}
