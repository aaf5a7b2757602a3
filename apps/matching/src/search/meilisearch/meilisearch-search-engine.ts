import type { CurrentLexicon } from '../../query/current-lexicon.js';
import type { QueryPlan } from '../../query/plan.js';
import type { After } from '../cursor.js';
import { docTerms } from '../doc-terms.js';
import type { OpeningDoc } from '../opening-doc.js';
import { BROAD, Remembered } from '../remembered.js';
import type { Candidate } from '../rerank.js';
import {
  FACETS,
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
import {
  type Count,
  type SortedPage,
  type TermStore,
  tieredSearch,
  withoutEarlier,
} from '../tiered-search.js';
import { afterFilter, filterOf, meiliQueries } from './filter.js';
import { CANDIDATE_ATTRIBUTES, candidateOf, documentLine, type IndexDocument } from './index-document.js';
import { BATCH, MeilisearchIndexes } from './meilisearch-index.js';
import type { MeilisearchServer } from './meilisearch-server.js';

const MAX_OCCUPATIONS = 30;
/** So long the generation of the live index is taken for what it was. */
const GENERATION_MS = 1_000;

type Hit = Parameters<typeof candidateOf>[0];

/** Searches an index of a Meilisearch server, by the same terms as the PostgreSQL engine. */
export class MeilisearchSearchEngine implements SearchEngine, TermStore {
  readonly name = 'meilisearch';
  readonly queries = meiliQueries;
  readonly indexes: readonly VersionedIndex[];
  readonly store: MeilisearchIndexes;
  private counted: IndexTerms = { documents: 0, terms: [] };
  private known?: { generation: string; updatedAt: string; until: number };
  private readonly remembered = new Remembered<Omit<Count, 'exact'>>();

  constructor(
    readonly server: MeilisearchServer,
    private readonly lexicon: CurrentLexicon,
  ) {
    this.store = new MeilisearchIndexes(server);
    this.indexes = [this.store];
  }

  ensureIndex(generation: Generation): Promise<void> {
    return this.store.ensure(generation);
  }

  /** Waits until it is done: of two calls the second sees what the first has written. */
  async upsert(docs: readonly OpeningDoc[], { generation = 'live' }: WriteOptions = {}): Promise<void> {
    for (let i = 0; i < docs.length; i += BATCH) {
      const part = docs.slice(i, i + BATCH);
      const there = await this.store.versionsOf(
        part.map(({ id }) => id),
        generation,
      );
      const versions = new Map(there.map(({ id, version }) => [id, version]));
      const newer = part.filter(({ id, version }) => version > (versions.get(id) ?? -1));
      if (!newer.length) continue;
      await this.server.finished(
        await this.store.send(
          newer.map((doc) => documentLine(docTerms(doc))),
          generation,
        ),
      );
    }
  }

  async remove(ids: readonly string[], { generation = 'live' }: WriteOptions = {}): Promise<void> {
    if (ids.length) await this.server.finished([await this.store.discard(ids, generation)]);
  }

  search(request: SearchRequest): Promise<SearchResult> {
    return tieredSearch(this, this.lexicon, request);
  }

  /** Totals and facets of broad queries are remembered for a while, and never called exact, as by PostgreSQL. */
  async count(match: string | null, filters: SearchFilters): Promise<Count> {
    const filter = filterOf(match, filters);
    // Whether anybody has written to the index is found out with its generation, once a second.
    await this.generation();
    const compute = async (): Promise<Omit<Count, 'exact'>> => {
      const began = Date.now();
      const counted = await this.countNow(filter);
      if (counted.total > BROAD) this.remembered.put(filter ?? '', counted, began);
      return counted;
    };
    const counted = this.remembered.get(filter ?? '', compute) ?? (await compute());
    return { ...counted, exact: counted.total <= BROAD };
  }

  private async countNow(filter: string | undefined): Promise<Omit<Count, 'exact'>> {
    const found = await this.ask({ filter, facets: [...FACETS], limit: 0 });
    const distribution = found.facetDistribution ?? {};
    const facets = Object.fromEntries(
      FACETS.map((facet) => [
        facet,
        Object.entries(distribution[facet] ?? {})
          .map(([value, count]) => ({ value, count }))
          .sort((a, b) => b.count - a.count)
          .slice(0, facet === 'occupation' ? MAX_OCCUPATIONS : undefined),
      ]),
    ) as Facets;
    return { total: found.estimatedTotalHits, facets };
  }

  async totals(matches: (string | null)[], filters: SearchFilters): Promise<number[]> {
    const found = await this.askAll(matches.map((match) => ({ filter: filterOf(match, filters), limit: 0 })));
    return found.map(({ estimatedTotalHits }) => estimatedTotalHits);
  }

  async candidates(tiers: string[], filters: SearchFilters, wanted: number): Promise<Candidate[]> {
    const [first, ...others] = withoutEarlier(meiliQueries, tiers);
    const found = await this.newest(first, filters, wanted);
    if (found.length >= wanted || !others.length) return found.map(candidateOf);
    // The first tier often has enough, and is small where it has not: the rest comes at once.
    const rest = await this.askAll(
      others.map((tier) => candidateSearch(tier, filters, wanted - found.length)),
    );
    return [...found, ...rest.flatMap(({ hits }) => hits as Hit[])].slice(0, wanted).map(candidateOf);
  }

  async sorted(
    by: 'newest' | 'payHigh',
    { match, filters, limit, after }: SortedPage,
  ): Promise<{ ids: string[]; next?: After }> {
    const attribute = by === 'newest' ? 'publishedAt' : 'payHigh';
    if (after && typeof after[1] !== 'string') {
      throw new SearchCursorError(
        'matching.cursor-outdated',
        'The list went on from another index; start over.',
      );
    }
    const from = after ? afterFilter(attribute, after) : null;
    const { hits } = await this.ask({
      filter: meiliQueries.allOf([filterOf(match, filters) ?? null, from]) ?? undefined,
      sort: [`${attribute}:desc`, 'id:desc'],
      attributesToRetrieve: ['id', attribute],
      limit: limit + 1,
    });
    const page = hits.slice(0, limit) as Pick<IndexDocument, 'id' | 'publishedAt' | 'payHigh'>[];
    const last = page.at(-1);
    return {
      ids: page.map(({ id }) => id),
      next: hits.length > limit && last ? [last[attribute] ?? null, last.id] : undefined,
    };
  }

  /** Meilisearch's own text search, with its tolerance for typos and the synonyms of the settings. */
  async loosely(plan: QueryPlan, filters: SearchFilters, wanted: number): Promise<Candidate[]> {
    const { hits } = await this.ask({
      q: plan.words.join(' '),
      matchingStrategy: 'frequency',
      filter: filterOf(meiliQueries.filter(filters, plan), filters),
      attributesToRetrieve: [...CANDIDATE_ATTRIBUTES],
      limit: wanted,
    });
    return (hits as Hit[]).map(candidateOf);
  }

  terms(): Promise<IndexTerms> {
    return Promise.resolve(this.counted);
  }

  async refreshTerms({ generation = 'live' }: WriteOptions = {}): Promise<void> {
    const counts = new Map<string, number>();
    let documents = 0;
    for await (const terms of this.store.terms(generation)) {
      documents++;
      for (const term of terms) if (!/^[~@]/.test(term)) counts.set(term, (counts.get(term) ?? 0) + 1);
    }
    this.counted = { documents, terms: [...counts].map(([term, count]) => ({ term, count })) };
  }

  async swap(): Promise<void> {
    await this.store.swap();
    await this.store.drop('next');
    this.known = undefined;
    this.remembered.clear();
  }

  async stats(generation: Generation = 'live'): Promise<SearchStats> {
    const made = await this.store.createdAt(generation);
    return { generation: made ?? '', documents: made ? await this.store.documents(generation) : 0 };
  }

  /** Every write of ours waits until it is done. */
  settled(): Promise<void> {
    return Promise.resolve();
  }

  async generation(): Promise<string> {
    if (this.known && Date.now() < this.known.until) return this.known.generation;
    const { createdAt: generation = '', updatedAt = '' } = (await this.store.info('live')) ?? {};
    if (this.known?.updatedAt !== updatedAt) this.remembered.changed();
    this.known = { generation, updatedAt, until: Date.now() + GENERATION_MS };
    return generation;
  }

  private async newest(tier: string | undefined, filters: SearchFilters, limit: number): Promise<Hit[]> {
    if (tier === undefined) return [];
    return (await this.ask(candidateSearch(tier, filters, limit))).hits as Hit[];
  }

  /** Several searches in one request. */
  private async askAll(searches: readonly Ask[]): Promise<Answer[]> {
    const client = await this.server.reader;
    const { results } = await client.multiSearch<MultiSearch, Hit>({
      queries: searches.map((search) => ({ indexUid: this.server.names.live, ...search })),
    });
    return results as unknown as Answer[];
  }

  private async ask(parameters: Ask): Promise<Answer> {
    const client = await this.server.reader;
    const { q = '', ...options } = parameters;
    return (await client.index(this.server.names.live).search(q, options)) as unknown as Answer;
  }
}

interface Ask {
  q?: string;
  filter?: string;
  sort?: string[];
  facets?: string[];
  attributesToRetrieve?: string[];
  matchingStrategy?: 'frequency';
  limit: number;
}
interface Answer {
  hits: Partial<IndexDocument>[];
  estimatedTotalHits: number;
  facetDistribution?: Record<string, Record<string, number>>;
}
interface MultiSearch {
  queries: (Ask & { indexUid: string })[];
}

function candidateSearch(tier: string, filters: SearchFilters, limit: number): Ask {
  return {
    filter: filterOf(tier, filters),
    sort: ['publishedAt:desc'],
    attributesToRetrieve: [...CANDIDATE_ATTRIBUTES],
    limit,
  };
}
