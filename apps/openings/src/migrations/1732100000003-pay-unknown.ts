import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Of many imported postings nobody says how they pay: that is unknown, not "negotiable". */
export class PayUnknown1732100000003 implements MigrationInterface {
  name = 'PayUnknown1732100000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE job_opening ALTER COLUMN pay_kind DROP NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      UPDATE job_opening SET pay_kind = 'negotiable' WHERE pay_kind IS NULL;
      ALTER TABLE job_opening ALTER COLUMN pay_kind SET NOT NULL;
    `);
  }
}
