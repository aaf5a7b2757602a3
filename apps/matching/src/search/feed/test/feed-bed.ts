import { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '#platform/testing';
import type { OpeningDoc } from '../../opening-doc.js';
import { changeQueueSchema, changesAfter, noteChanges, REFUSED_SCHEMA } from '../change-queue.js';
import { FEED_SCHEMA } from '../feed-lease.js';

/** The id of the nth opening. */
export const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** The nth opening with this title. */
export const opening = (n: number, title: string): OpeningDoc => ({
  ...{ id: id(n), version: 1, title, publishedAt: '2026-11-21T00:00:00Z', workplaces: [] },
  otherPlacesCount: 0,
  pay: { kind: 'negotiable', min: null, max: null, currency: null },
  experience: { minMonths: null, maxMonths: null },
});

/** The tables that a feeder works with, and openings in them. */
export class FeedBed {
  private constructor(
    private readonly database: TestDatabase,
    readonly dataSource: DataSource,
  ) {}

  static async start(): Promise<FeedBed> {
    const database = await createTestDatabase('index_feeder');
    const dataSource = await new DataSource({ type: 'postgres', url: database.url }).initialize();
    for (const statement of [
      ...changeQueueSchema('public'),
      ...FEED_SCHEMA,
      ...REFUSED_SCHEMA,
      'CREATE TABLE openings (id uuid PRIMARY KEY, version integer, status text, doc jsonb)',
      `CREATE TABLE index_meta AS SELECT 'a read model' AS generation`,
    ])
      await dataSource.query(statement);
    return new FeedBed(database, dataSource);
  }

  /** No openings, and nothing fed by anybody. */
  async empty(): Promise<void> {
    await this.dataSource.query('TRUNCATE openings, search_changes, search_refused');
    await this.dataSource.query(
      `UPDATE search_feed SET holder = NULL, expires_at = '-infinity', read_model = NULL, index_made = NULL`,
    );
  }

  /** The nth opening is published with this title, or gets it. */
  async changed(n: number, title: string): Promise<void> {
    await this.dataSource.query(
      `INSERT INTO openings (id, version, status, doc) VALUES ($1, 1, 'published', $2)
       ON CONFLICT (id) DO UPDATE SET doc = $2`,
      [id(n), JSON.stringify(opening(n, title))],
    );
    await noteChanges(this.dataSource, [id(n)]);
  }

  /** The nth opening is listed no more. */
  async closed(n: number): Promise<void> {
    await this.dataSource.query(`UPDATE openings SET status = 'closed' WHERE id = $1`, [id(n)]);
    await noteChanges(this.dataSource, [id(n)]);
  }

  /** Ids of the openings whose changes wait, the oldest change first. */
  async waiting(): Promise<string[]> {
    return (await changesAfter(this.dataSource, '0', 100)).map((change) => change.id);
  }

  async clear(): Promise<void> {
    await this.dataSource.destroy();
    await this.database.drop();
  }
}
