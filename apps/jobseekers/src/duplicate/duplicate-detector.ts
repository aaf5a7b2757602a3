import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { DataSource } from 'typeorm';
import { LOGGER } from '#platform';
import { checkDuplicates } from './duplicate-checks.js';

const EVERY_MS = 500;

/**
 * Compares new and changed profiles with the others in the background: no request takes longer, and none answers
 * differently, because somebody else has the same number. Several instances share the work.
 */
@Injectable()
export class DuplicateDetector implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly stopping = new AbortController();
  private running?: Promise<void>;

  constructor(
    private readonly dataSource: DataSource,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      let compared = 0;
      try {
        compared = await this.dataSource.transaction((tx) => checkDuplicates(tx));
      } catch (err) {
        this.logger.warn({ err }, 'comparing profiles failed, trying again');
      }
      if (compared === 0) await sleep(EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}
