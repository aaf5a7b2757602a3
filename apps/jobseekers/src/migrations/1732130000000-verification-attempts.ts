import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tries of officers to verify a citizen id in the last hour. */
export class VerificationAttempts1732130000000 implements MigrationInterface {
  name = 'VerificationAttempts1732130000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE verification_attempts (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        officer_id text NOT NULL,
        at timestamptz NOT NULL DEFAULT now(),
        refused boolean NOT NULL DEFAULT false
      );
      CREATE INDEX verification_attempts_of_officer ON verification_attempts (officer_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE verification_attempts');
  }
}
