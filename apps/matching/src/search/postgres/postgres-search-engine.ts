import type { CurrentLexicon } from '../../query/current-lexicon.js';
import type { QueryPlan } from '../../query/plan.js';
import type { OpeningDoc } from '../opening-doc.js';
import { rerank, type Candidate } from '../rerank.js';
import {
  RELEVANCE_WINDOW,
  SearchCursorError,
  type Facets,
  type Generation,
  type IndexTerms,
  type SearchEngine,
  type SearchFilters,
  type SearchHit,
  type SearchRequest,
  type SearchResult,
  type SearchStats,
  type WriteOptions,
} from '../search-engine.js';
import { after, conditions, extraConditions } from './conditions.js';
import { CANDIDATE_COLUMNS, type CandidateRow, candidateOf } from './candidate-row.js';
import { decodeCursor, encodeCursor } from './cursor.js';
import { indexRow, unpackFacets, type FacetRow } from './index-rows.js';
import { indexSchema } from './index-schema.js';
import { Parameters } from './parameters.js';
import { Remembered } from './remembered.js';
import { countTermsStatement, upsertStatement } from './statements.js';
import type { Sql } from '../sql.js';
import { allOf, anyOf, filterQuery, tieredQuery, type TieredQuery } from './ts-query.js';

const CANDIDATES = 200;
/** So many hits of a query with all its parts are enough; below it parts are let go. */
const ENOUGH = 10;
/** Above it facets and totals are remembered: they cost tens of milliseconds. */
const BROAD = 2_000;
/** Searches matching's own tables, which are found through the connection's search path (`live, public`). */
export class PostgresSearchEngine implements SearchEngine {
  private readonly remembered = new Remembered<{ total: number; facets: Facets }>();

  constructor(
    private readonly sql: Sql,
    private readonly lexicon: CurrentLexicon,
  ) {}

  async ensureIndex(generation: Generation): Promise<void> {
    for (const statement of indexSchema(generation)) await this.sql.query(statement);
  }

  async upsert(
    docs: readonly OpeningDoc[],
    { generation = 'live', sql = this.sql }: WriteOptions = {},
  ): Promise<void> {
    if (!docs.length) return;
    this.remembered.changed();
    await sql.query(upsertStatement(at(generation)), [JSON.stringify(docs.map(indexRow))]);
  }

  async remove(
    ids: readonly string[],
    { generation = 'live', sql = this.sql }: WriteOptions = {},
  ): Promise<void> {
    if (!ids.length) return;
    this.remembered.changed();
    await sql.query(`DELETE FROM ${at(generation)}opening_index WHERE id = ANY($1::uuid[])`, [ids]);
  }

  async search(request: SearchRequest): Promise<SearchResult> {
    const { plan, filters = {}, cursor } = request;
    const limit = Math.min(Math.max(request.limit ?? 20, 1), 100);
    const asksWords = plan !== undefined && plan.segments.length > 0;
    const sort = request.sort ?? 'relevance';
    const tiered = asksWords ? tieredQuery(plan) : { tiers: [], all: null, relaxed: [], places: null };
    const filter = filterQuery(filters, plan);
    const matches = [allOf([tiered.all, filter])];
    const looser = (request.relax === false ? [] : tiered.relaxed).map(({ query, anywhere }) => ({
      match: query === null ? null : allOf([query, anywhere ? filterQuery(filters) : filter]),
      enough: anywhere ? ENOUGH / 2 : ENOUGH,
    }));
    const ranks = sort === 'relevance' && (asksWords || (plan?.places.length ?? 0) > 0);
    const find = (): Promise<Page> =>
      ranks
        ? this.relevant(plan!, tiersOf(tiered, matches, filter), filters, limit, cursor)
        : this.sorted(sort === 'payHigh' ? 'payHigh' : 'newest', anyOf(matches), filters, limit, cursor);
    const answer = async (): Promise<Counted & { page: Page }> => {
      if (request.facets === false) return uncounted(await find());
      const [counts, page] = await Promise.all([this.count(anyOf(matches), filters), find()]);
      return { ...counts, page };
    };
    let counted = await answer();
    for (const { match, enough } of looser) {
      if (match === null || counted.total >= enough || matches.includes(match)) continue;
      matches.push(match);
      counted = await answer();
    }
    const { page } = counted;
    const more = ranks
      ? page.to < counted.total && page.hits.length === limit
      : page.nextCursor !== undefined;
    return {
      hits: page.hits,
      nextCursor: more ? page.nextCursor : undefined,
      total: counted.total,
      totalIsExact: counted.exact,
      facets: counted.facets,
      relaxed: matches.length > 1,
    };
  }

  /** Hits in all, with facets; those of broad queries are remembered for a while. */
  private async count(match: string | null, filters: SearchFilters): Promise<Counted> {
    const parameters = new Parameters();
    const where = conditions(parameters, match, filters);
    const key = `${where} ${JSON.stringify(parameters.values)}`;
    const known = this.remembered.get(key);
    if (known) return { ...known, exact: false };
    const began = Date.now();
    const rows = await this.sql.query<FacetRow>(
      `SELECT province_mask::text, occupation, traits, GROUPING(province_mask, occupation, traits) AS of, count(*) AS count
       FROM opening_index i ${where}
       GROUP BY GROUPING SETS ((province_mask), (occupation), (traits))`,
      parameters.values,
    );
    const result = unpackFacets(rows);
    if (result.total > BROAD) this.remembered.put(key, result, began);
    return { ...result, exact: true };
  }

  private async sorted(
    by: 'newest' | 'payHigh',
    match: string | null,
    filters: SearchFilters,
    limit: number,
    cursor: string | undefined,
  ): Promise<Page> {
    const parameters = new Parameters();
    const where = conditions(parameters, match, filters);
    const column = by === 'newest' ? 'rank' : 'pay_high';
    const from = cursor ? decodeCursor(cursor) : undefined;
    if (from && !('after' in from)) {
      throw new SearchCursorError('matching.cursor-invalid', 'The cursor is of a list sorted by relevance.');
    }
    const rows = await this.sql.query<{ id: string; doc_no: string; key: string | null }>(
      `SELECT id, doc_no, ${column} AS key FROM opening_index i
       ${where} ${from ? after(column, from.after, parameters, where) : ''}
       ORDER BY ${column} DESC ${by === 'payHigh' ? 'NULLS LAST' : ''}, doc_no DESC LIMIT ${limit + 1}`,
      parameters.values,
    );
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      hits: page.map(({ id }) => ({ id, score: 0 })),
      to: page.length,
      found: page.length,
      nextCursor:
        rows.length > limit && last
          ? encodeCursor({ after: [last.key === null ? null : Number(last.key), Number(last.doc_no)] })
          : undefined,
    };
  }

  private async relevant(
    plan: QueryPlan,
    queries: string[],
    filters: SearchFilters,
    limit: number,
    cursor: string | undefined,
  ): Promise<Page> {
    const generation = await this.generation();
    const offset = relevanceOffset(cursor, generation);
    const wanted = offset + limit > CANDIDATES ? RELEVANCE_WINDOW : CANDIDATES;
    const candidates = await this.candidates(queries, filters, wanted);
    const now = Date.now() / 1000;
    const first = rerank(plan, candidates.slice(0, CANDIDATES), this.lexicon.value, now);
    const rest = candidates.slice(CANDIDATES).map(({ id }) => ({ id, score: 0 }));
    const hits = [...first, ...rest].slice(offset, offset + limit);
    const to = offset + hits.length;
    return { hits, to, found: candidates.length, nextCursor: encodeCursor({ generation, offset: to }) };
  }

  /**
   * The best by tier, fresh ones first within a tier: one round trip. A tier leaves out what those before it have, and
   * PostgreSQL stops before the next one when there are enough.
   */
  private async candidates(queries: string[], filters: SearchFilters, wanted: number): Promise<Candidate[]> {
    const parameters = new Parameters();
    const extra = extraConditions(parameters, filters);
    const parts = queries.map((query, i) => {
      const before = anyOf(queries.slice(Math.max(0, i - 2), i));
      const only = before === null ? query : `(${query}) & !(${before})`;
      return `(SELECT ${CANDIDATE_COLUMNS} FROM opening_index i
          WHERE terms @@ ${parameters.add(i === 0 ? query : only)}::tsquery ${extra.map((one) => `AND ${one}`).join(' ')}
          ORDER BY rank DESC, doc_no DESC LIMIT ${wanted})`;
    });
    const rows = await this.sql.query<CandidateRow>(
      `SELECT * FROM (${parts.join(' UNION ALL ')}) AS found LIMIT ${wanted}`,
      parameters.values,
    );
    return [...new Map(rows.map((row) => [row.id, candidateOf(row)])).values()];
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

  private async generation(): Promise<string> {
    const [row] = await this.sql.query<{ generation: string }>('SELECT generation FROM index_meta');
    return row!.generation;
  }
}

/** A page of hits: which stretch of the list it is, and how much of it was looked at. */
interface Page {
  hits: SearchHit[];
  to: number;
  found: number;
  nextCursor?: string;
}

interface Counted {
  total: number;
  exact: boolean;
  facets?: Facets;
}

/** Whoever wants no facets is told how many were looked at. */
function uncounted(page: Page): Counted & { page: Page } {
  return { total: page.found, exact: page.found < CANDIDATES && page.nextCursor === undefined, page };
}

/** Unqualified names are those of the connection's search path: `live`, or what a rebuild writes to. */
function at(generation: Generation): string {
  return generation === 'next' ? 'next.' : '';
}

/** Surest first; with places as written those come before the rest of the province of today. */
function tiersOf(tiered: TieredQuery, matches: (string | null)[], filter: string | null): string[] {
  const all = [...tiered.tiers.map((tier) => allOf([tier, filter])), ...matches];
  const tiers = all.flatMap((tier) => (tiered.places ? [allOf([tier, tiered.places]), tier] : [tier]));
  return [...new Set(tiers.filter((tier) => tier !== null))];
}

/** @throws SearchCursorError when the index was swapped since, or the window of relevance has ended */
function relevanceOffset(cursor: string | undefined, generation: string): number {
  if (!cursor) return 0;
  const from = decodeCursor(cursor);
  if (!('offset' in from))
    throw new SearchCursorError('matching.cursor-invalid', 'The cursor is of a sorted list.');
  if (from.generation !== generation) {
    throw new SearchCursorError('matching.cursor-outdated', 'The index was rebuilt since; start over.');
  }
  if (from.offset >= RELEVANCE_WINDOW) {
    throw new SearchCursorError(
      'matching.relevance-window-ended',
      `Relevance is listed up to ${RELEVANCE_WINDOW} hits; use sort=newest or the feed to go on.`,
    );
  }
  return from.offset;
}
