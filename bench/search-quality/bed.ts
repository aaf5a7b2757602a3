import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { CurrentLexicon } from '../../apps/matching/src/query/current-lexicon.js';
import { Lexicon } from '../../apps/matching/src/query/lexicon.js';
import { jobVocabulary } from '../../apps/matching/src/query/job-vocabulary.js';
import { listedPhrases } from '../../apps/matching/src/query/phrases.js';
import { understand } from '../../apps/matching/src/query/understand.js';
import type { QueryPlan } from '../../apps/matching/src/query/plan.js';
import { MeilisearchSearchEngine } from '../../apps/matching/src/search/meilisearch/meilisearch-search-engine.js';
import { MeilisearchServer } from '../../apps/matching/src/search/meilisearch/meilisearch-server.js';
import type { OpeningDoc } from '../../apps/matching/src/search/opening-doc.js';
import { PostgresSearchEngine } from '../../apps/matching/src/search/postgres/postgres-search-engine.js';
import type { SearchEngine } from '../../apps/matching/src/search/search-engine.js';
import { logger } from '../support/bench-server.js';

/** A search engine with an index of its own, filled and counted. */
export class Bed<Engine extends SearchEngine = SearchEngine> {
  private constructor(
    readonly engine: Engine,
    private readonly lexicon: CurrentLexicon,
    readonly close: () => Promise<void>,
  ) {}

  /** On an empty database. */
  static async postgres(url: string, docs: readonly OpeningDoc[]): Promise<Bed> {
    const pool = new pg.Pool({ connectionString: url, max: 8, options: '-c search_path=live,public' });
    const query = async <Row>(text: string, values?: unknown[]): Promise<Row[]> =>
      (await pool.query(text, values)).rows as Row[];
    const lexicon = new CurrentLexicon();
    const bed = new Bed(new PostgresSearchEngine({ query }, lexicon), lexicon, () => pool.end());
    await bed.fill(docs);
    await pool.query('VACUUM ANALYZE opening_index');
    return bed;
  }

  /** On an index of its own, which goes with the bed. */
  static async meilisearch(
    server: { url: string; key?: string },
    docs: readonly OpeningDoc[],
  ): Promise<Bed<MeilisearchSearchEngine>> {
    const index = `bench_${randomUUID()}`;
    const lexicon = new CurrentLexicon();
    const engine = new MeilisearchSearchEngine(new MeilisearchServer({ ...server, index, logger }), lexicon);
    const bed = new Bed(engine, lexicon, async () => {
      await engine.store.drop('live');
      await engine.server.dropSearchKey();
    });
    await bed.fill(docs);
    return bed;
  }

  plan(query: string): QueryPlan {
    return understand(query, { lexicon: this.lexicon.value, occupations: jobVocabulary() });
  }

  private async fill(docs: readonly OpeningDoc[]): Promise<void> {
    await this.engine.ensureIndex('live');
    for (let i = 0; i < docs.length; i += 2000) await this.engine.upsert(docs.slice(i, i + 2000));
    await this.engine.refreshTerms();
    const { documents, terms } = await this.engine.terms();
    this.lexicon.value = new Lexicon(documents, terms, [...jobVocabulary().all(), ...listedPhrases()]);
  }
}
