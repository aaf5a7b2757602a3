import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { DataSource } from 'typeorm';
import { LOGGER } from '../service/tokens.js';

const EVERY_MS = 3_600_000;
/** A caller that has not repeated its request for so long has given up; the answers may hold personal data. */
const KEPT_DAYS = 3;
const AT_ONCE = 5_000;

/** Removes old idempotency keys with their answers, each hour. */
@Injectable()
export class IdempotencyCleaner implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly dataSource: DataSource,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.clean().catch((err: unknown) =>
        this.logger.warn({ err }, 'could not remove old idempotency keys'),
      );
    }, EVERY_MS);
    this.timer.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** @returns the number of removed keys */
  async clean(): Promise<number> {
    for (let removed = 0; ;) {
      const [, count] = await this.dataSource.query<[unknown, number]>(
        `DELETE FROM idempotency_key WHERE ctid = ANY(ARRAY(
           SELECT ctid FROM idempotency_key
           WHERE created_at < now() - make_interval(days => $1) LIMIT ${AT_ONCE}))`,
        [KEPT_DAYS],
      );
      removed += count;
      if (count < AT_ONCE) return removed;
    }
  }
}
