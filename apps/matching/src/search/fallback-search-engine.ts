import { docTerms } from './doc-terms.js';
import { noteChanges } from './feed/change-queue.js';
import { messageOf } from './feed/index-watch.js';
import type { SearchFeed } from './feed/search-feed.js';
import type { MeilisearchSearchEngine } from './meilisearch/meilisearch-search-engine.js';
import type { ServerLogger } from './meilisearch/meilisearch-server.js';
import type { OpeningDoc } from './opening-doc.js';
import type { PostgresSearchEngine } from './postgres/postgres-search-engine.js';
import {
  type Generation,
  type IndexTerms,
  SearchCursorError,
  type SearchEngine,
  type SearchRequest,
  type SearchResult,
  type SearchStats,
  type VersionedIndex,
  type WriteOptions,
} from './search-engine.js';
import type { Sql } from './sql.js';

/**
 * Meilisearch, and PostgreSQL while it is away. What is written goes to PostgreSQL's index, in the caller's
 * transaction, and into the queue of what is fed to Meilisearch; so writes never wait for it.
 */
export class FallbackSearchEngine implements SearchEngine {
  readonly indexes: readonly VersionedIndex[];

  constructor(
    private readonly sql: Sql,
    private readonly postgres: PostgresSearchEngine,
    private readonly meilisearch: MeilisearchSearchEngine,
    private readonly feed: SearchFeed,
    private readonly logger: ServerLogger,
  ) {
    this.indexes = [postgres, meilisearch.store];
  }

  ensureIndex(generation: Generation): Promise<void> {
    return this.postgres.ensureIndex(generation);
  }

  async upsert(docs: readonly OpeningDoc[], options: WriteOptions = {}): Promise<void> {
    const openings = docs.map(docTerms);
    await this.postgres.upsertTerms(openings, options);
    this.feed.prepare(openings);
    await noteChanges(
      options.sql ?? this.sql,
      docs.map(({ id }) => id),
    );
  }

  async remove(ids: readonly string[], options: WriteOptions = {}): Promise<void> {
    await this.postgres.remove(ids, options);
    await noteChanges(options.sql ?? this.sql, ids);
  }

  async search(request: SearchRequest): Promise<SearchResult> {
    if (this.feed.watch.trouble === undefined) {
      try {
        return await this.meilisearch.search(request);
      } catch (error) {
        if (error instanceof SearchCursorError) throw error;
        this.feed.watch.failed(error);
        this.logger.warn({ cause: messageOf(error) }, 'Meilisearch did not answer a search; PostgreSQL does');
      }
    }
    return { ...(await this.postgres.search(request)), degraded: true };
  }

  terms(): Promise<IndexTerms> {
    return this.postgres.terms();
  }

  refreshTerms(options?: WriteOptions): Promise<void> {
    return this.postgres.refreshTerms(options);
  }

  /** The read model's; the index outside is built anew when its generation is found to have changed. */
  swap(options?: WriteOptions): Promise<void> {
    return this.postgres.swap(options);
  }

  stats(generation?: Generation): Promise<SearchStats> {
    return this.feed.watch.trouble === undefined && generation !== 'next'
      ? this.meilisearch.stats()
      : this.postgres.stats(generation);
  }

  settled(timeoutMs = 30_000): Promise<void> {
    return this.feed.settled(timeoutMs);
  }
}
