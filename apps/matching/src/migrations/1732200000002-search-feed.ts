import type { MigrationInterface, QueryRunner } from 'typeorm';
import { changeQueueSchema } from '../search/feed/change-queue.js';
import { FEED_SCHEMA } from '../search/feed/feed-lease.js';

/** What feeds a search index outside the database: the queue of changes, and who works it off. */
export class SearchFeed1732200000002 implements MigrationInterface {
  name = 'SearchFeed1732200000002';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...changeQueueSchema('live'), ...FEED_SCHEMA]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE live.search_changes, public.search_feed');
  }
}
