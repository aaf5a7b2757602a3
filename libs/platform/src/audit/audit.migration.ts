import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The audit trail: rows are added and never changed, and each vouches for the one before. */
export class AuditTables1700000000002 implements MigrationInterface {
  name = 'AuditTables1700000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE audit_entries (
        seq bigint PRIMARY KEY,
        at timestamptz NOT NULL,
        action text NOT NULL,
        subject text,
        actor text NOT NULL,
        actor_role text,
        organisation_id text,
        reason text,
        details json NOT NULL,
        mac bytea NOT NULL
      );
      CREATE INDEX audit_entries_subject ON audit_entries (subject, seq) WHERE subject IS NOT NULL;
      CREATE INDEX audit_entries_actor ON audit_entries (actor, seq);

      CREATE TABLE audit_head (
        only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
        seq bigint NOT NULL,
        mac bytea NOT NULL
      );
      INSERT INTO audit_head (seq, mac) VALUES (0, '');

      CREATE FUNCTION refuse_audit_edit() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'audit_entries is append-only';
      END $$;
      CREATE TRIGGER audit_entries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_edit();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE audit_entries, audit_head;
      DROP FUNCTION refuse_audit_edit;
    `);
  }
}
