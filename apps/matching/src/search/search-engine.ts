import type { QueryPlan } from '../query/plan.js';
import type { OpeningDoc } from './opening-doc.js';
import type { Sql } from './sql.js';

/** `live` answers searches; `next` is built beside it by a rebuild and swapped in. */
export type Generation = 'live' | 'next';

export type EngineName = 'postgres' | 'meilisearch';

export type SearchSort = 'relevance' | 'newest' | 'payHigh';

export interface SearchFilters {
  /** Provinces of today, any of them. */
  provinceCodes?: string[];
  communeCode?: string;
  /** Around a commune's centre. A posting that names no commune counts with its province. */
  near?: { lat: number; lng: number; radiusKm: number; provinceCode: string };
  /** ISCO codes of 1 to 4 digits, any of them. */
  occupationCodes?: string[];
  /** At least this much a month (đồng); postings that do not say in đồng a month are left out. */
  payMin?: number;
  levels?: string[];
  experience?: string[];
  kinds?: string[];
  payBands?: string[];
}

export interface SearchRequest {
  /** Without one the newest are listed. */
  plan?: QueryPlan;
  filters?: SearchFilters;
  sort?: SearchSort;
  /** 1..100 */
  limit?: number;
  cursor?: string;
  /** Without them only as many hits are looked at as are handed over. */
  facets?: boolean;
  /** False keeps to postings that have every part of the query. */
  relax?: boolean;
}

export interface SearchHit {
  id: string;
  /** 0..1000 and a little more; comparable within one answer. 0 where nothing was asked in words. */
  score: number;
}

export const FACETS = ['province', 'occupation', 'level', 'experience', 'kind', 'pay'] as const;
export type FacetName = (typeof FACETS)[number];
export type Facets = Record<FacetName, { value: string; count: number }[]>;

export interface SearchResult {
  engine: EngineName;
  /** True when the engine of the profile did not answer and this one did in its place. */
  degraded?: boolean;
  hits: SearchHit[];
  total: number;
  /** False when `total` is counted up to a limit or estimated. */
  totalIsExact: boolean;
  facets?: Facets;
  nextCursor?: string;
  /** True when no posting has all parts of the query, so that some were let go. */
  relaxed: boolean;
}

/** Words of the index, for query understanding and typeahead. */
export interface IndexTerms {
  documents: number;
  terms: { term: string; count: number }[];
}

export interface SearchStats {
  /** Changes when the index is swapped; cursors of another one are refused. */
  generation: string;
  documents: number;
}

/** A place that holds openings by id and version. */
export interface VersionedIndex {
  /** In the order of the ids, after one; fewer than the limit are the last. */
  versionsAfter(id: string, limit: number): Promise<{ id: string; version: number | string }[]>;
  /** Of those that are there. */
  versionsOf(ids: readonly string[]): Promise<{ id: string; version: number | string }[]>;
}

/**
 * Where openings are searched. Both engines get the same plans, hand the same candidates to the same re-ranking and
 * pass the same suite (`search-engine.suite.ts`).
 */
export interface SearchEngine {
  /** Makes the index and its settings if they are not there. Idempotent. */
  ensureIndex(generation: Generation): Promise<void>;
  /** Adds or replaces, by id, unless the index has the same or a newer version. */
  upsert(docs: readonly OpeningDoc[], options?: WriteOptions): Promise<void>;
  remove(ids: readonly string[], options?: WriteOptions): Promise<void>;
  search(request: SearchRequest): Promise<SearchResult>;
  /** Words with their numbers, as counted at the last `refreshTerms`. */
  terms(): Promise<IndexTerms>;
  /** Counts the words anew: a second or so for 100,000 openings. */
  refreshTerms(options?: WriteOptions): Promise<void>;
  /** `next` becomes `live`; the former live index is dropped. */
  swap(options?: WriteOptions): Promise<void>;
  stats(generation?: Generation): Promise<SearchStats>;
  /** What must hold every published opening, for the drift check. */
  readonly indexes: readonly VersionedIndex[];
  /** Resolves when what was written before is found; rejects when that takes longer (ms; default half a minute). */
  settled(timeoutMs?: number): Promise<void>;
}

/** Relevance is listed this far; newest first has no end. */
export const RELEVANCE_WINDOW = 1_000;

/** A write's options: the index to write to, and the transaction, where the engine's store is the caller's too. */
export interface WriteOptions {
  generation?: Generation;
  sql?: Sql;
}

export class SearchCursorError extends Error {
  constructor(
    readonly code: 'platform.cursor-invalid' | 'matching.cursor-outdated' | 'matching.relevance-window-ended',
    message: string,
  ) {
    super(message);
  }
}
