import type { MigrationInterface, QueryRunner } from 'typeorm';
import { REFUSED_SCHEMA } from '../search/feed/change-queue.js';

/** What the server of the search index refuses. */
export class RefusedOpenings1732200000003 implements MigrationInterface {
  name = 'RefusedOpenings1732200000003';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of REFUSED_SCHEMA) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE public.search_refused');
  }
}
