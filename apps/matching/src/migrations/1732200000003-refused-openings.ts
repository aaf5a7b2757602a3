import type { MigrationInterface, QueryRunner } from 'typeorm';
import { changeQueueSchema } from '../search/feed/change-queue.js';

/** The queue of the search index keeps what its server refuses. `next` is there while the read model is rebuilt. */
export class RefusedOpenings1732200000003 implements MigrationInterface {
  name = 'RefusedOpenings1732200000003';

  async up(runner: QueryRunner): Promise<void> {
    for (const schema of ['live', 'next']) {
      await runner.query(
        `ALTER TABLE IF EXISTS ${schema}.search_changes ADD COLUMN IF NOT EXISTS refused text`,
      );
    }
    for (const statement of changeQueueSchema('live')) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const schema of ['live', 'next'])
      await runner.query(`ALTER TABLE IF EXISTS ${schema}.search_changes DROP COLUMN IF EXISTS refused`);
  }
}
