import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
  type Provider,
} from '@nestjs/common';
import type { Logger } from 'pino';
import { DataSource } from 'typeorm';
import { ENVIRONMENT, type Environment, LOGGER, type Metrics } from '#platform';
import { CurrentLexicon } from '../query/current-lexicon.js';
import { SEARCH_ENGINE } from '../tokens.js';
import { FallbackSearchEngine } from './fallback-search-engine.js';
import { forgetIndex, SearchFeed } from './feed/search-feed.js';
import { PostgresWithChanges } from './feed/postgres-with-changes.js';
import { MeilisearchSearchEngine } from './meilisearch/meilisearch-search-engine.js';
import { MeilisearchServer } from './meilisearch/meilisearch-server.js';
import { PostgresSearchEngine } from './postgres/postgres-search-engine.js';
import type { SearchEngine } from './search-engine.js';

/** The engine that `SEARCH` names, with what keeps its index. */
@Injectable()
export class SearchProfile implements OnApplicationBootstrap, OnModuleDestroy {
  readonly engine: SearchEngine;
  private readonly feed?: SearchFeed;

  constructor(
    private readonly dataSource: DataSource,
    lexicon: CurrentLexicon,
    @Inject(ENVIRONMENT) { SEARCH, MEILI_URL: url, MEILI_KEY: key, MEILI_INDEX: index }: Environment,
    @Inject(LOGGER) logger: Logger,
  ) {
    if (SEARCH === 'postgres' || !url) {
      this.engine = new PostgresWithChanges(dataSource, lexicon);
      return;
    }
    const postgres = new PostgresSearchEngine(dataSource, lexicon);
    const meilisearch = new MeilisearchSearchEngine(
      new MeilisearchServer({ url, key, index, logger }),
      lexicon,
    );
    this.feed = new SearchFeed(dataSource, meilisearch, logger);
    this.engine = new FallbackSearchEngine(dataSource, postgres, meilisearch, this.feed, logger);
  }

  /** Why another engine than the one that `SEARCH` names answers; undefined when that one does. */
  get trouble(): string | undefined {
    return this.feed?.watch.trouble;
  }

  get isFed(): boolean {
    return this.feed !== undefined;
  }

  /**
   * Resolves when searches find what the read model has now: when the index outside was fed with it, or is not asked.
   * Rejects when that takes longer (ms).
   */
  async followed(timeoutMs: number): Promise<void> {
    await this.feed?.followed(timeoutMs);
  }

  /** Figures of an index outside; none without one. */
  async measure(metrics: Metrics): Promise<void> {
    if (!this.feed) return;
    const { oldestSeconds, refused } = await this.feed.backlog();
    const labels = { service: 'matching' };
    metrics.searchDegraded.set(labels, this.trouble === undefined ? 0 : 1);
    metrics.searchFeedAge.set(labels, oldestSeconds);
    metrics.searchRefused.set(labels, refused);
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.feed) this.feed.start();
    else await forgetIndex(this.dataSource);
  }

  async onModuleDestroy(): Promise<void> {
    await this.feed?.stop();
  }
}

export const searchProviders: Provider[] = [
  CurrentLexicon,
  SearchProfile,
  { provide: SEARCH_ENGINE, inject: [SearchProfile], useFactory: ({ engine }: SearchProfile) => engine },
];
