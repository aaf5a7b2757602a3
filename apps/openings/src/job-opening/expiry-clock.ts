import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { DataSource, In } from 'typeorm';
import { Outbox } from '#events';
import { LOGGER } from '#platform';
import { localDate } from '#reference';
import { recordInFeed } from '../feed/feed.js';
import { JobOpening } from './job-opening.entity.js';
import { openingEvent } from './job-opening.events.js';

const EVERY_MS = 60_000;
const BATCH = 500;

/**
 * Ends postings whose last day is over, by the date of Asia/Ho_Chi_Minh. The state is in the database, so a
 * restart, or several instances, change nothing: each looks for what is due and skips what another has in hand.
 */
@Injectable()
export class ExpiryClock implements OnApplicationBootstrap, OnModuleDestroy {
  private timer?: NodeJS.Timeout;
  private running: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly dataSource: DataSource,
    private readonly outbox: Outbox,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    const tick = (): void => {
      this.running = this.expireDue().catch((err: unknown) => {
        this.logger.warn({ err }, 'could not end the postings that are due; the next minute tries again');
      });
    };
    tick();
    this.timer = setInterval(tick, EVERY_MS);
    this.timer.unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /** Ends everything that is due at `now`. Returns how many postings it ended. */
  async expireDue(now = new Date()): Promise<number> {
    let ended = 0;
    for (;;) {
      const batch = await this.expireBatch(now);
      ended += batch;
      if (batch < BATCH) return ended;
    }
  }

  private async expireBatch(now: Date): Promise<number> {
    return this.outbox.transaction(async (tx) => {
      const due = await tx.query<{ id: string }[]>(
        `SELECT id FROM job_opening WHERE status = 'published' AND expires_on < $1
         ORDER BY expires_on, id LIMIT $2 FOR UPDATE SKIP LOCKED`,
        [localDate(now), BATCH],
      );
      if (due.length === 0) return 0;
      const openings = await tx.findBy(JobOpening, { id: In(due.map(({ id }) => id)) });
      for (const opening of openings) {
        opening.status = 'expired';
        opening.version += 1;
        opening.endedAt = now;
        opening.updatedAt = now;
      }
      await tx.save(JobOpening, openings);
      await this.outbox.append(
        tx,
        openings.map((opening) => openingEvent(opening, 'expired')),
      );
      await recordInFeed(tx, openings);
      return openings.length;
    });
  }
}
