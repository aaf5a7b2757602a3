import type { CurrentLexicon } from '../../query/current-lexicon.js';
import type { After } from '../cursor.js';
import { type DocTerms, docTerms } from '../doc-terms.js';
import type { OpeningDoc } from '../opening-doc.js';
import { BROAD, Remembered } from '../remembered.js';
import type { Candidate } from '../rerank.js';
import {
  type Facets,
  type Generation,
  type IndexTerms,
  SearchCursorError,
  type SearchEngine,
  type SearchFilters,
  type SearchRequest,
  type SearchResult,
  type SearchStats,
  type VersionedIndex,
  type WriteOptions,
} from '../search-engine.js';
import type { Sql } from '../sql.js';
import {
  type Count,
  type SortedPage,
  type TermStore,
  tieredSearch,
  withoutEarlier,
} from '../tiered-search.js';
import { CANDIDATE_COLUMNS, type CandidateRow, candidateOf } from './candidate-row.js';
import { after, conditions, extraConditions } from './conditions.js';
import { indexRow, unpackFacets, type FacetRow } from './index-rows.js';
import { indexSchema } from './index-schema.js';
import { Parameters } from './parameters.js';
import { countTermsStatement, upsertStatement } from './statements.js';
import { tsQueries } from './ts-query.js';

/** Searches matching's own tables, which are found through the connection's search path (`live, public`). */
export class PostgresSearchEngine implements SearchEngine, TermStore, VersionedIndex {
  readonly name = 'postgres';
  readonly queries = tsQueries;
  private readonly remembered = new Remembered<{ total: number; facets: Facets }>();

  constructor(
    private readonly sql: Sql,
    private readonly lexicon: CurrentLexicon,
  ) {}

  async ensureIndex(generation: Generation): Promise<void> {
    for (const statement of indexSchema(generation)) await this.sql.query(statement);
  }

  upsert(docs: readonly OpeningDoc[], options?: WriteOptions): Promise<void> {
    return this.upsertTerms(docs.map(docTerms), options);
  }

  /** The same, for whoever has their terms already. */
  async upsertTerms(
    openings: readonly DocTerms[],
    { generation = 'live', sql = this.sql }: WriteOptions = {},
  ): Promise<void> {
    if (!openings.length) return;
    this.remembered.changed();
    await sql.query(upsertStatement(at(generation)), [JSON.stringify(openings.map(indexRow))]);
  }

  async remove(
    ids: readonly string[],
    { generation = 'live', sql = this.sql }: WriteOptions = {},
  ): Promise<void> {
    if (!ids.length) return;
    this.remembered.changed();
    await sql.query(`DELETE FROM ${at(generation)}opening_index WHERE id = ANY($1::uuid[])`, [ids]);
  }

  search(request: SearchRequest): Promise<SearchResult> {
    return tieredSearch(this, this.lexicon, request);
  }

  /**
   * Hits in all, with facets. Those of broad queries are remembered for a while: they are never called exact, so that
   * one page of a list does not say otherwise than the next.
   */
  async count(match: string | null, filters: SearchFilters): Promise<Count> {
    const parameters = new Parameters();
    const where = conditions(parameters, match, filters);
    const key = `${where} ${JSON.stringify(parameters.values)}`;
    const compute = async (): Promise<{ total: number; facets: Facets }> => {
      const began = Date.now();
      const rows = await this.sql.query<FacetRow>(
        `SELECT province_mask::text, occupation, traits, GROUPING(province_mask, occupation, traits) AS of, count(*) AS count
         FROM opening_index i ${where}
         GROUP BY GROUPING SETS ((province_mask), (occupation), (traits))`,
        parameters.values,
      );
      const result = unpackFacets(rows);
      if (result.total > BROAD) this.remembered.put(key, result, began);
      return result;
    };
    const counted = this.remembered.get(key, compute) ?? (await compute());
    return { ...counted, exact: counted.total <= BROAD };
  }

  /** One after the other: the widest is the dearest, and seldom needed. */
  async totals(matches: (string | null)[], filters: SearchFilters, most: number): Promise<number[]> {
    const totals: number[] = [];
    for (const match of matches) {
      const parameters = new Parameters();
      const [row] = await this.sql.query<{ total: number }>(
        `SELECT count(*)::int AS total
         FROM (SELECT FROM opening_index i ${conditions(parameters, match, filters)} LIMIT ${most}) AS few`,
        parameters.values,
      );
      totals.push(row!.total);
      if (row!.total >= most) break;
    }
    return matches.map((_, i) => totals[i] ?? most);
  }

  async sorted(
    by: 'newest' | 'payHigh',
    { match, filters, limit, after: from }: SortedPage,
  ): Promise<{ ids: string[]; next?: After }> {
    const parameters = new Parameters();
    const where = conditions(parameters, match, filters);
    const column = by === 'newest' ? 'rank' : 'pay_high';
    const goOn = from ? after(column, ownRow(from), parameters, where) : '';
    const rows = await this.sql.query<{ id: string; doc_no: string; key: string | null }>(
      `SELECT id, doc_no, ${column} AS key FROM opening_index i
       ${where} ${goOn}
       ORDER BY ${column} DESC ${by === 'payHigh' ? 'NULLS LAST' : ''}, doc_no DESC LIMIT ${limit + 1}`,
      parameters.values,
    );
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      ids: page.map(({ id }) => id),
      next:
        rows.length > limit && last
          ? [last.key === null ? null : Number(last.key), Number(last.doc_no)]
          : undefined,
    };
  }

  /**
   * The best by tier, fresh ones first within a tier: one round trip. A tier leaves out what those before it have, and
   * PostgreSQL stops before the next one when there are enough.
   */
  async candidates(tiers: string[], filters: SearchFilters, wanted: number): Promise<Candidate[]> {
    const parameters = new Parameters();
    const extra = extraConditions(parameters, filters);
    const parts = withoutEarlier(tsQueries, tiers).map(
      (query) => `(SELECT ${CANDIDATE_COLUMNS} FROM opening_index i
          WHERE terms @@ ${parameters.add(query)}::tsquery ${extra.map((one) => `AND ${one}`).join(' ')}
          ORDER BY rank DESC, doc_no DESC LIMIT ${wanted})`,
    );
    const rows = await this.sql.query<CandidateRow>(
      `SELECT * FROM (${parts.join(' UNION ALL ')}) AS found LIMIT ${wanted}`,
      parameters.values,
    );
    return rows.map(candidateOf);
  }

  async terms(): Promise<IndexTerms> {
    const [meta] = await this.sql.query<{ documents: string }>(`SELECT documents FROM index_meta`);
    const terms = await this.sql.query<{ term: string; count: number }>(
      `SELECT term, count FROM index_terms`,
    );
    return { documents: Number(meta?.documents ?? 0), terms };
  }

  async refreshTerms({ generation = 'live', sql = this.sql }: WriteOptions = {}): Promise<void> {
    await sql.query(countTermsStatement(at(generation)));
  }

  /** The whole schema changes its name, the read model beside the index with it. */
  async swap({ sql = this.sql }: WriteOptions = {}): Promise<void> {
    await sql.query(`DROP SCHEMA IF EXISTS former CASCADE`);
    await sql.query(`ALTER SCHEMA live RENAME TO former`);
    await sql.query(`ALTER SCHEMA next RENAME TO live`);
    await sql.query(`DROP SCHEMA former CASCADE`);
    this.remembered.clear();
  }

  async stats(generation: Generation = 'live'): Promise<SearchStats> {
    const [row] = await this.sql.query<{ generation: string; documents: string }>(
      `SELECT generation, (SELECT count(*) FROM ${at(generation)}opening_index) AS documents
       FROM ${at(generation)}index_meta`,
    );
    return { generation: row!.generation, documents: Number(row!.documents) };
  }

  readonly indexes = [this];

  versionsAfter(id: string, limit: number): Promise<{ id: string; version: string }[]> {
    return this.sql.query('SELECT id, version FROM opening_index WHERE id > $1 ORDER BY id LIMIT $2', [
      id,
      limit,
    ]);
  }

  versionsOf(ids: readonly string[]): Promise<{ id: string; version: string }[]> {
    return this.sql.query('SELECT id, version FROM opening_index WHERE id = ANY($1::uuid[])', [ids]);
  }

  /** What is committed is found. */
  settled(): Promise<void> {
    return Promise.resolve();
  }

  async generation(): Promise<string> {
    const [row] = await this.sql.query<{ generation: string }>('SELECT generation FROM index_meta');
    return row!.generation;
  }
}

/** Unqualified names are those of the connection's search path: `live`, or what a rebuild writes to. */
function at(generation: Generation): string {
  return generation === 'next' ? 'next.' : '';
}

/** @throws SearchCursorError for a row of another engine, which answered before */
function ownRow([key, tie]: After): [number | null, number] {
  if (typeof tie === 'number') return [key, tie];
  throw new SearchCursorError('matching.cursor-outdated', 'The list went on from another index; start over.');
}
