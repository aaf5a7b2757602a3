import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Answers already given, by caller and `Idempotency-Key`. */
export class IdempotencyTable1700000000001 implements MigrationInterface {
  name = 'IdempotencyTable1700000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE idempotency_key (
        caller text NOT NULL,
        key text NOT NULL,
        request_hash text NOT NULL,
        status int,
        headers jsonb,
        body text,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (caller, key)
      );
      CREATE INDEX idempotency_key_created_at ON idempotency_key (created_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE idempotency_key');
  }
}
