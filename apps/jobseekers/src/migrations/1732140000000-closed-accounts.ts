import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Accounts that were erased in the last hour: their tokens may still be about and must make no new profile. */
export class ClosedAccounts1732140000000 implements MigrationInterface {
  name = 'ClosedAccounts1732140000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE TABLE closed_accounts (account_id text PRIMARY KEY, closed_at timestamptz NOT NULL DEFAULT now())',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE closed_accounts');
  }
}
