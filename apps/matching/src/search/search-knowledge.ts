import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { DataSource } from 'typeorm';
import { LOGGER, Slices } from '#platform';
import { CurrentLexicon } from '../query/current-lexicon.js';
import { Lexicon } from '../query/lexicon.js';
import { jobVocabulary } from '../query/job-vocabulary.js';
import { listedPhrases } from '../query/phrases.js';
import type { Knowledge } from '../query/understand.js';
import { SEARCH_ENGINE } from '../tokens.js';
import type { SearchEngine } from './search-engine.js';

const TICK_MS = 2_000;
/** Words are counted anew when this share of the index has changed … */
const CHANGED_SHARE = 0.05;
/** … or anything has, for so long. */
const STALE_MS = 120_000;
/** Any number that no other advisory lock of the service's database uses. */
const COUNT_LOCK = 7_210_041;

/** Keeps the words of the index at hand for query understanding: counted in the database, read into memory. */
@Injectable()
export class SearchKnowledge implements OnModuleInit, OnModuleDestroy {
  private changes = 0;
  private countedAt = 0;
  private readMark = '';
  private timer?: NodeJS.Timeout;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly dataSource: DataSource,
    @Inject(SEARCH_ENGINE) private readonly engine: SearchEngine,
    private readonly lexicon: CurrentLexicon,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.readIfNewer();
    this.timer = setInterval(() => {
      this.running = this.running
        .then(() => this.tick())
        .catch((error: unknown) => {
          this.logger.warn(
            { err: error },
            'the words of the search index could not be counted; trying again',
          );
        });
    }, TICK_MS);
    this.timer.unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  get current(): Knowledge {
    return { lexicon: this.lexicon.value, occupations: jobVocabulary() };
  }

  /** Told by the projections of this process. */
  changed(openings: number): void {
    this.changes += openings;
  }

  /** Counts and reads now, for whoever cannot wait. */
  async refresh(): Promise<void> {
    await this.count();
    await this.readIfNewer();
  }

  private async tick(): Promise<void> {
    const due =
      this.changes > Math.max(0, this.lexicon.value.documents * CHANGED_SHARE) ||
      (this.changes > 0 && Date.now() - this.countedAt > STALE_MS);
    if (due) await this.count();
    await this.readIfNewer();
  }

  /** One instance counts; the others see that it did. */
  private async count(): Promise<void> {
    this.changes = 0;
    this.countedAt = Date.now();
    await this.dataSource.transaction(async (tx) => {
      const [lock] = await tx.query<{ mine: boolean }[]>('SELECT pg_try_advisory_xact_lock($1) AS mine', [
        COUNT_LOCK,
      ]);
      if (lock?.mine) await this.engine.refreshTerms({ sql: tx });
    });
  }

  private async readIfNewer(): Promise<void> {
    const [meta] = await this.dataSource.query<{ mark: string }[]>(
      `SELECT concat(generation, ' ', terms_counted_at) AS mark FROM index_meta`,
    );
    if (!meta || meta.mark === this.readMark) return;
    const { documents, terms } = await this.engine.terms();
    const vocabulary = [...jobVocabulary().all(), ...listedPhrases()];
    const slices = new Slices();
    this.lexicon.value = await Lexicon.slowly(documents, terms, vocabulary, () => slices.next());
    this.readMark = meta.mark;
  }
}
