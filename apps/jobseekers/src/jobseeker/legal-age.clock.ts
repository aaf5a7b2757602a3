import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { DataSource } from 'typeorm';
import { Outbox } from '#events';
import { LOGGER } from '#platform';
import { localDate } from '#reference';
import { hasReached, LEGAL_AGE } from './age.js';
import { Jobseeker } from './jobseeker.entity.js';
import { jobseekerEvent } from './jobseeker.events.js';

const EVERY_MS = 3_600_000;
const BATCH = 500;

/** Publishes people again on the day they reach the legal age: events say whether they have, not when they will. */
@Injectable()
export class LegalAgeClock implements OnApplicationBootstrap, OnModuleDestroy {
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly dataSource: DataSource,
    private readonly outbox: Outbox,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.tick().catch((err: unknown) => this.logger.warn({ err }, 'publishing who came of age failed'));
    }, EVERY_MS);
    this.timer.unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** @returns how many people were published again */
  async tick(today = localDate()): Promise<number> {
    const latest = `${Number(today.slice(0, 4)) - LEGAL_AGE}${today.slice(4)}`;
    const due = await this.dataSource.manager
      .createQueryBuilder(Jobseeker, 'j')
      .select('j.id')
      .where('j.published_of_legal_age = false AND j.birth_date <= :latest', { latest })
      .limit(BATCH)
      .getMany();
    for (const { id } of due) await this.publish(id, today);
    return due.length;
  }

  private async publish(id: string, today: string): Promise<void> {
    await this.outbox.transaction(async (tx) => {
      const jobseeker = await tx.findOne(Jobseeker, { where: { id }, lock: { mode: 'pessimistic_write' } });
      if (!jobseeker?.matchingConsent || !hasReached(LEGAL_AGE, jobseeker.birthDate, today)) return;
      jobseeker.version += 1;
      const event = jobseekerEvent(jobseeker, 'revised', today);
      await tx.save(Jobseeker, jobseeker);
      await this.outbox.append(tx, [event]);
    });
  }
}
