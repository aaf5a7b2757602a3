import type { CurrentLexicon } from '../query/current-lexicon.js';
import type { QueryPlan } from '../query/plan.js';
import { type After, decodeCursor, encodeCursor } from './cursor.js';
import { type Candidate, rerank } from './rerank.js';
import {
  type EngineName,
  type Facets,
  RELEVANCE_WINDOW,
  SearchCursorError,
  type SearchFilters,
  type SearchHit,
  type SearchRequest,
  type SearchResult,
} from './search-engine.js';
import type { TermQueries, TieredQuery } from './term-query.js';

/** So many candidates are re-ranked. */
const CANDIDATES = 200;
/** So many hits of a query with all its parts are enough; below it parts are let go. */
const ENOUGH = 10;

export interface Count {
  total: number;
  /** False when it is remembered or estimated. */
  exact: boolean;
  facets: Facets;
}

/** What an engine's store can do; conditions are in the syntax of its `queries`. */
export interface TermStore {
  readonly queries: TermQueries;
  readonly name: EngineName;
  /** Of the live index. */
  generation(): Promise<string>;
  /** Hits in all, with facets. */
  count(match: string | null, filters: SearchFilters): Promise<Count>;
  /** Hits of conditions of which each is wider than the one before; from `most` on nobody needs to know exactly. */
  totals(matches: (string | null)[], filters: SearchFilters, most: number): Promise<number[]>;
  /** The first of each tier, fresh ones first within one; a tier may repeat what those before it have. */
  candidates(tiers: string[], filters: SearchFilters, wanted: number): Promise<Candidate[]>;
  /** A page in the order of a key, with `next` where there is more. */
  sorted(by: 'newest' | 'payHigh', page: SortedPage): Promise<{ ids: string[]; next?: After }>;
  /** What the store itself makes of the words, for when no term of the index is of any use; engines without leave it out. */
  loosely?(plan: QueryPlan, filters: SearchFilters, wanted: number): Promise<Candidate[]>;
}

export interface SortedPage {
  match: string | null;
  filters: SearchFilters;
  limit: number;
  after?: After;
}

/** A page of hits: which stretch of the list it is, and how much of it was looked at. */
interface Page {
  hits: SearchHit[];
  to: number;
  found: number;
  nextCursor?: string;
}

type Counted = Omit<Count, 'facets'> & { facets?: Facets; page: Page };

/**
 * Answers a request: finds by tiers, re-ranks, and lets parts of the query go while there is too little. The same for
 * every engine.
 */
export async function tieredSearch(
  store: TermStore,
  lexicon: CurrentLexicon,
  request: SearchRequest,
): Promise<SearchResult> {
  const { queries } = store;
  const { plan, filters = {}, cursor } = request;
  const limit = Math.min(Math.max(request.limit ?? 20, 1), 100);
  const asksWords = plan !== undefined && plan.segments.length > 0;
  const sort = request.sort ?? 'relevance';
  const tiered = asksWords ? queries.tiered(plan) : { tiers: [], all: null, relaxed: [], places: null };
  const filter = queries.filter(filters, plan);
  const matches = [queries.allOf([tiered.all, filter])];
  const looser = (request.relax === false ? [] : tiered.relaxed).map(({ query, anywhere }) => ({
    match: query === null ? null : queries.allOf([query, anywhere ? queries.filter(filters) : filter]),
    enough: anywhere ? ENOUGH / 2 : ENOUGH,
  }));
  const ranks = sort === 'relevance' && (asksWords || (plan?.places.length ?? 0) > 0);
  const find = (): Promise<Page> =>
    ranks
      ? relevant(store, lexicon, {
          plan: plan!,
          tiers: tiersOf(queries, tiered, matches, filter),
          filters,
          limit,
          cursor,
        })
      : sorted(store, sort === 'payHigh' ? 'payHigh' : 'newest', queries.anyOf(matches), {
          filters,
          limit,
          cursor,
        });
  const answer = async (): Promise<Counted> => {
    if (request.facets === false) return uncounted(await find());
    const [counts, page] = await Promise.all([store.count(queries.anyOf(matches), filters), find()]);
    return { ...counts, page };
  };
  let counted = await answer();
  const strict = counted.total;
  const needed = await letGo(store, { matches, looser, total: counted.total, filters });
  if (needed.length > 0) {
    matches.push(...needed);
    counted = await answer();
  }
  if (counted.total === 0 && ranks && request.relax !== false && store.loosely && !cursor) {
    const loose = await store.loosely(plan!, filters, CANDIDATES);
    if (loose.length)
      return looseResult(store, ranked(plan!, loose, lexicon).slice(0, limit), counted.facets);
  }
  const { page } = counted;
  const more = ranks ? page.to < counted.total && page.hits.length === limit : page.nextCursor !== undefined;
  return {
    engine: store.name,
    hits: page.hits,
    nextCursor: more ? page.nextCursor : undefined,
    total: counted.total,
    totalIsExact: counted.exact,
    facets: counted.facets,
    relaxed: strict === 0 && matches.length > 1,
  };
}

interface Looser {
  match: string | null;
  /** So many hits without it are enough. */
  enough: number;
}

/** Which of the looser conditions are added to `matches`, that have `total` hits: no more than bring enough. */
async function letGo(
  store: TermStore,
  {
    matches,
    looser,
    total,
    filters,
  }: {
    matches: readonly (string | null)[];
    looser: readonly Looser[];
    total: number;
    filters: SearchFilters;
  },
): Promise<string[]> {
  const further = looser.filter(
    (one): one is Looser & { match: string } => one.match !== null && !matches.includes(one.match),
  );
  if (!further.some(({ enough }) => total < enough)) return [];
  const widening = further.map((_, i) =>
    store.queries.anyOf([...matches, ...further.slice(0, i + 1).map(({ match }) => match)]),
  );
  const totals = await store.totals(widening, filters, ENOUGH);
  const needed = new Set<string>();
  let found = total;
  for (const [i, { match, enough }] of further.entries()) {
    if (found >= enough) continue;
    needed.add(match);
    found = totals[i] ?? found;
  }
  return [...needed];
}

/** Words that hardly anything has: one page, and no more than a guess of how many there are. */
function looseResult({ name }: TermStore, hits: SearchHit[], facets?: Facets): SearchResult {
  return { engine: name, hits, total: hits.length, totalIsExact: false, facets, relaxed: true };
}

interface Relevant {
  plan: QueryPlan;
  tiers: string[];
  filters: SearchFilters;
  limit: number;
  cursor: string | undefined;
}

async function relevant(store: TermStore, lexicon: CurrentLexicon, asked: Relevant): Promise<Page> {
  const { plan, tiers, filters, limit } = asked;
  const generation = await store.generation();
  const offset = relevanceOffset(asked.cursor, generation);
  const wanted = offset + limit > CANDIDATES ? RELEVANCE_WINDOW : CANDIDATES;
  const found = await store.candidates(tiers, filters, wanted);
  const candidates = [...new Map(found.map((candidate) => [candidate.id, candidate])).values()];
  const rest = candidates.slice(CANDIDATES).map(({ id }) => ({ id, score: 0 }));
  const hits = [...ranked(plan, candidates.slice(0, CANDIDATES), lexicon), ...rest].slice(
    offset,
    offset + limit,
  );
  const to = offset + hits.length;
  return { hits, to, found: candidates.length, nextCursor: encodeCursor({ generation, offset: to }) };
}

function ranked(plan: QueryPlan, candidates: Candidate[], lexicon: CurrentLexicon): SearchHit[] {
  return rerank(plan, candidates, lexicon.value, Date.now() / 1000);
}

async function sorted(
  store: TermStore,
  by: 'newest' | 'payHigh',
  match: string | null,
  { filters, limit, cursor }: { filters: SearchFilters; limit: number; cursor: string | undefined },
): Promise<Page> {
  const from = cursor ? decodeCursor(cursor) : undefined;
  if (from && !('after' in from)) {
    throw new SearchCursorError('platform.cursor-invalid', 'The cursor is of a list sorted by relevance.');
  }
  const { ids, next } = await store.sorted(by, { match, filters, limit, after: from?.after });
  return {
    hits: ids.map((id) => ({ id, score: 0 })),
    to: ids.length,
    found: ids.length,
    nextCursor: next && encodeCursor({ after: next }),
  };
}

/** Whoever wants no facets is told how many were looked at. */
function uncounted(page: Page): Counted {
  return { total: page.found, exact: page.found < CANDIDATES && page.nextCursor === undefined, page };
}

/** Surest first; with places as written those come before the rest of the province of today. */
function tiersOf(
  queries: TermQueries,
  tiered: TieredQuery,
  matches: (string | null)[],
  filter: string | null,
): string[] {
  const all = [...tiered.tiers.map((tier) => queries.allOf([tier, filter])), ...matches];
  const tiers = all.flatMap((tier) =>
    tiered.places ? [queries.allOf([tier, tiered.places]), tier] : [tier],
  );
  return [...new Set(tiers.filter((tier) => tier !== null))];
}

/** A tier without what the one or two before it have: those are the widest so far. */
export function withoutEarlier(queries: TermQueries, tiers: readonly string[]): string[] {
  return tiers.map((tier, i) =>
    i === 0 ? tier : queries.butNot(tier, queries.anyOf(tiers.slice(Math.max(0, i - 2), i))),
  );
}

/** @throws SearchCursorError when the index was swapped since, or the window of relevance has ended */
function relevanceOffset(cursor: string | undefined, generation: string): number {
  if (!cursor) return 0;
  const from = decodeCursor(cursor);
  if (!('offset' in from))
    throw new SearchCursorError('platform.cursor-invalid', 'The cursor is of a sorted list.');
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
