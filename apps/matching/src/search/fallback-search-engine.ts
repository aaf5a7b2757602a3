import { setTimeout as sleep } from 'node:timers/promises';
import { isWaiting, noteChanges, queueTime } from './feed/change-queue.js';
import { type IndexWatch, messageOf } from './feed/index-watch.js';
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
    private readonly watch: IndexWatch,
    private readonly logger: ServerLogger,
  ) {
    this.indexes = [postgres, meilisearch.store];
  }

  ensureIndex(generation: Generation): Promise<void> {
    return this.postgres.ensureIndex(generation);
  }

  async upsert(docs: readonly OpeningDoc[], options: WriteOptions = {}): Promise<void> {
    await this.postgres.upsert(docs, options);
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
    if (this.watch.trouble === undefined) {
      try {
        return await this.meilisearch.search(request);
      } catch (error) {
        if (error instanceof SearchCursorError) throw error;
        this.watch.failed(error);
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
    return this.watch.trouble === undefined && generation !== 'next'
      ? this.meilisearch.stats()
      : this.postgres.stats(generation);
  }

  /** When Meilisearch has everything that had changed by now, and answers. */
  async settled(timeoutMs = 30_000): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    const now = await queueTime(this.sql);
    while (this.watch.trouble !== undefined || (await isWaiting(this.sql, now))) {
      if (Date.now() > deadline)
        throw new Error(`Meilisearch has not been fed in time (${this.watch.trouble ?? 'still busy'})`);
      await sleep(50);
    }
  }
}
