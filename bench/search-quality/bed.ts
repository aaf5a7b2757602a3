import pg from 'pg';
import { CurrentLexicon } from '../../apps/matching/src/query/current-lexicon.js';
import { Lexicon } from '../../apps/matching/src/query/lexicon.js';
import { jobVocabulary } from '../../apps/matching/src/query/job-vocabulary.js';
import { listedPhrases } from '../../apps/matching/src/query/phrases.js';
import { understand } from '../../apps/matching/src/query/understand.js';
import type { QueryPlan } from '../../apps/matching/src/query/plan.js';
import type { OpeningDoc } from '../../apps/matching/src/search/opening-doc.js';
import { PostgresSearchEngine } from '../../apps/matching/src/search/postgres/postgres-search-engine.js';

/** A search engine on a database of its own, filled and counted. */
export class Bed {
  private readonly lexicon = new CurrentLexicon();
  readonly engine: PostgresSearchEngine;
  readonly pool: pg.Pool;

  constructor(url: string) {
    this.pool = new pg.Pool({ connectionString: url, max: 8, options: '-c search_path=live,public' });
    this.engine = new PostgresSearchEngine(
      {
        query: async <Row>(text: string, values?: unknown[]) =>
          (await this.pool.query(text, values)).rows as Row[],
      },
      this.lexicon,
    );
  }

  /** Fills an empty index. */
  async fill(docs: readonly OpeningDoc[]): Promise<void> {
    await this.pool.query('DROP SCHEMA IF EXISTS live CASCADE');
    await this.engine.ensureIndex('live');
    for (let i = 0; i < docs.length; i += 2000) await this.engine.upsert(docs.slice(i, i + 2000));
    await this.pool.query('VACUUM ANALYZE opening_index');
    await this.engine.refreshTerms();
    await this.learn();
  }

  private async learn(): Promise<void> {
    const { documents, terms } = await this.engine.terms();
    this.lexicon.value = new Lexicon(documents, terms, [...jobVocabulary().all(), ...listedPhrases()]);
  }

  plan(query: string): QueryPlan {
    return understand(query, { lexicon: this.lexicon.value, occupations: jobVocabulary() });
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}
