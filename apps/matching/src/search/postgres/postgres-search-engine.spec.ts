import pg from 'pg';
import { createTestDatabase } from '#platform/testing';
import { CurrentLexicon } from '../../query/current-lexicon.js';
import { searchEngineSuite } from '../test/search-engine.suite.js';
import { PostgresSearchEngine } from './postgres-search-engine.js';

searchEngineSuite('PostgreSQL', async () => {
  const database = await createTestDatabase('matching_search');
  const pool = new pg.Pool({ connectionString: database.url, options: '-c search_path=live,public' });
  const lexicon = new CurrentLexicon();
  const sql = {
    query: async <Row>(text: string, values?: unknown[]) => (await pool.query(text, values)).rows as Row[],
  };
  return {
    engine: new PostgresSearchEngine(sql, lexicon),
    lexicon,
    settled: () => Promise.resolve(),
    close: async () => {
      await pool.end();
      await database.drop();
    },
  };
});
