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
import { type CandidateRow, candidateOf } from './candidate-row.js';
import { decodeCursor, encodeCursor } from './cursor.js';
import { indexRow, unpackFacets, type FacetRow } from './index-rows.js';
import { indexSchema } from './index-schema.js';
import { Parameters } from './parameters.js';
import { countTermsStatement, upsertStatement } from './statements.js';
import type { Sql } from '../sql.js';
import { allOf, anyOf, filterQuery, tieredQuery, type TieredQuery } from './ts-query.js';

const CANDIDATES = 200;
/** So many hits of a query with all its parts are enough; below it parts are let go. */
const ENOUGH = 10;
/** Above it facets and totals are remembered for a while: they cost tens of milliseconds. */
const BROAD = 2_000;
const REMEMBER_MS = 30_000;
const MAX_REMEMBERED = 500;
/** An index scan in order of freshness is right for what one posting in this many has. */
const DENSE = 1 / 30;

interface Counted {
  total: number;
  facets: Facets;
  at: number;
}

/** Searches matching's own tables, which are found through the connection's search path (`live, public`). */
export class PostgresSearchEngine implements SearchEngine {
  private readonly counted = new Map<string, Counted>();

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
    await sql.query(upsertStatement(at(generation)), [JSON.stringify(docs.map(indexRow))]);
  }

  async remove(
    ids: readonly string[],
    { generation = 'live', sql = this.sql }: WriteOptions = {},
  ): Promise<void> {
    if (!ids.length) return;
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
    let counted = await this.count(matches[0]!, filters, request.facets !== false);
    for (const { query, anywhere } of tiered.relaxed) {
      if (counted.total >= (anywhere ? ENOUGH / 2 : ENOUGH)) continue;
      const looser = allOf([query, anywhere ? filterQuery(filters) : filter]);
      if (query === null || matches.includes(looser)) continue;
      matches.push(looser);
      counted = await this.count(anyOf(matches), filters, request.facets !== false);
    }
    const match = anyOf(matches);
    const page =
      sort !== 'relevance' || (!asksWords && !tiered.places && !plan?.places.length)
        ? await this.sorted(sort === 'payHigh' ? 'payHigh' : 'newest', match, filters, limit, cursor)
        : await this.relevant(plan!, tiersOf(tiered, matches, filter), filters, limit, cursor, counted.total);
    return {
      ...page,
      total: counted.total,
      totalIsExact: counted.exact,
      facets: counted.facets,
      relaxed: matches.length > 1,
    };
  }

  /** Hits in all, with facets; those of broad queries are remembered for half a minute. */
  private async count(
    match: string | null,
    filters: SearchFilters,
    facets: boolean,
  ): Promise<{ total: number; facets?: Facets; exact: boolean }> {
    const parameters = new Parameters();
    const where = conditions(parameters, match, filters);
    if (!facets) return this.countUpTo(where, parameters);
    const key = `${where} ${JSON.stringify(parameters.values)}`;
    const known = this.counted.get(key);
    if (known && Date.now() - known.at < REMEMBER_MS) return { ...known, exact: false };
    const rows = await this.sql.query<FacetRow>(
      `SELECT province_mask::text, occupation, traits, GROUPING(province_mask, occupation, traits) AS of, count(*) AS count
       FROM opening_index i ${where}
       GROUP BY GROUPING SETS ((province_mask), (occupation), (traits))`,
      parameters.values,
    );
    const result = unpackFacets(rows);
    if (result.total > BROAD) {
      if (this.counted.size >= MAX_REMEMBERED) this.counted.clear();
      this.counted.set(key, { ...result, at: Date.now() });
    }
    return { ...result, exact: true };
  }

  /** Without facets nobody needs to know how many exactly. */
  private async countUpTo(where: string, parameters: Parameters): Promise<{ total: number; exact: boolean }> {
    const [row] = await this.sql.query<{ total: string }>(
      `SELECT count(*) AS total FROM (SELECT FROM opening_index i ${where} LIMIT ${RELEVANCE_WINDOW + 1}) AS found`,
      parameters.values,
    );
    const total = Number(row!.total);
    return { total, exact: total <= RELEVANCE_WINDOW };
  }

  private async sorted(
    by: 'newest' | 'payHigh',
    match: string | null,
    filters: SearchFilters,
    limit: number,
    cursor: string | undefined,
  ): Promise<{ hits: SearchHit[]; nextCursor?: string }> {
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
    total: number,
  ): Promise<{ hits: SearchHit[]; nextCursor?: string }> {
    const { generation, documents } = await this.roughStats();
    const offset = relevanceOffset(cursor, generation);
    const wanted = offset + limit > CANDIDATES ? RELEVANCE_WINDOW : CANDIDATES;
    const candidates = await this.candidates(queries, filters, wanted, total > documents * DENSE);
    const now = Date.now() / 1000;
    const first = rerank(plan, candidates.slice(0, CANDIDATES), this.lexicon.value, now);
    const rest = candidates.slice(CANDIDATES).map(({ id }) => ({ id, score: 0 }));
    const hits = [...first, ...rest].slice(offset, offset + limit);
    const end = offset + hits.length;
    return {
      hits,
      nextCursor:
        end < total && hits.length === limit ? encodeCursor({ generation, offset: end }) : undefined,
    };
  }

  /** The best by tier, fresh ones first within a tier: one round trip. */
  private async candidates(
    queries: string[],
    filters: SearchFilters,
    wanted: number,
    dense: boolean,
  ): Promise<Candidate[]> {
    const parameters = new Parameters();
    const extra = extraConditions(parameters, filters);
    // An expression keeps the planner from walking the whole freshness index for a handful of hits.
    const order = dense ? 'rank DESC, doc_no DESC' : 'rank + 0 DESC, doc_no DESC';
    const parts = queries.map(
      (query, i) =>
        `(SELECT doc_no, rank, ${queries.length - i} AS tier FROM opening_index i
          WHERE terms @@ ${parameters.add(query)}::tsquery ${extra.map((one) => `AND ${one}`).join(' ')}
          ORDER BY ${order} LIMIT ${wanted})`,
    );
    const rows = await this.sql.query<CandidateRow>(
      `WITH best AS (
         SELECT doc_no, max(tier) AS tier, max(rank) AS rank FROM (${parts.join(' UNION ALL ')}) AS found
         GROUP BY doc_no ORDER BY 2 DESC, 3 DESC, 1 DESC LIMIT ${wanted}
       )
       SELECT i.id, i.title, i.occupation, i.occupation_confidence, i.traits, i.province_mask, i.places, i.communes, i.rank
       FROM best JOIN opening_index i USING (doc_no) ORDER BY best.tier DESC, best.rank DESC, doc_no DESC`,
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
    this.counted.clear();
  }

  async stats(generation: Generation = 'live'): Promise<SearchStats> {
    return this.readStats(generation, `(SELECT count(*) FROM ${at(generation)}opening_index)`);
  }

  /** Without counting: the planner's own estimate will do. */
  private async roughStats(): Promise<SearchStats> {
    return this.readStats('live', `(SELECT reltuples FROM pg_class WHERE oid = 'opening_index'::regclass)`);
  }

  private async readStats(generation: Generation, documents: string): Promise<SearchStats> {
    const [row] = await this.sql.query<{ generation: string; documents: string }>(
      `SELECT generation, ${documents} AS documents FROM ${at(generation)}index_meta`,
    );
    return { generation: row!.generation, documents: Number(row!.documents) };
  }
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
