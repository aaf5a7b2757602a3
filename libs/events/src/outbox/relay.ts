import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource, QueryRunner } from 'typeorm';
import type { EventLogDriver, OutgoingRecord } from '../driver.js';
import { Signal } from '../signal.js';
import type { EventsLogger } from '../logger.js';

interface OutboxRow {
  id: string;
  topic: string;
  key: string;
  event_id: string;
  headers: Record<string, string>;
  value: string | null;
}

export interface RelayOptions {
  service: string;
  batch?: number;
  pollMs?: number;
  logger: EventsLogger;
}

/** Any number that no other advisory lock of the service's database uses. */
const RELAY_LOCK = 7_210_001;

/**
 * Drains the outbox into the log: one relay per service (a session's advisory lock elects it). A batch is
 * deleted and published in one transaction that commits only after the log has it: a crash in between
 * publishes again, and the event's unique id makes that harmless.
 */
export class Relay {
  private readonly awake = new Signal();
  private running?: Promise<void>;
  private stopping = false;
  private readonly batch: number;
  private readonly pollMs: number;

  constructor(
    private readonly dataSource: DataSource,
    private readonly driver: EventLogDriver,
    private readonly options: RelayOptions,
  ) {
    this.batch = options.batch ?? 1000;
    this.pollMs = options.pollMs ?? 100;
  }

  start(): void {
    this.running ??= this.run();
  }

  /** Called after a commit; otherwise the relay looks every 100 ms. */
  wake(): void {
    this.awake.raise();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.awake.raise();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      const runner = this.dataSource.createQueryRunner();
      try {
        await this.lead(runner);
      } catch (error) {
        this.options.logger.warn({ err: error, service: this.options.service }, 'relay interrupted, trying again');
        await sleep(500);
      } finally {
        await runner.query('SELECT pg_advisory_unlock($1)', [RELAY_LOCK]).catch(() => undefined);
        await runner.release().catch(() => undefined);
      }
    }
  }

  private async lead(runner: QueryRunner): Promise<void> {
    while (!this.stopping) {
      const [lock] = (await runner.query('SELECT pg_try_advisory_lock($1) AS mine', [RELAY_LOCK])) as {
        mine: boolean;
      }[];
      if (lock?.mine) break;
      await this.awake.wait(1000);
    }
    while (!this.stopping) {
      const drained = await this.drain(runner);
      if (drained < this.batch) await this.awake.wait(this.pollMs);
    }
    // What was committed before the stop is still published, within one batch.
    await this.drain(runner);
  }

  /** One batch. Returns how many events it published. */
  private async drain(runner: QueryRunner): Promise<number> {
    // Most looks find nothing; they need no transaction.
    const [some] = (await runner.query('SELECT EXISTS (SELECT FROM outbox) AS any')) as { any: boolean }[];
    if (!some?.any) return 0;
    await runner.startTransaction();
    try {
      const [rows] = (await runner.query(
        `DELETE FROM outbox WHERE id IN (SELECT id FROM outbox ORDER BY id LIMIT $1)
         RETURNING id, topic, key, event_id, headers, value`,
        [this.batch],
      )) as [OutboxRow[], number];
      rows.sort((a, b) => Number(a.id) - Number(b.id));
      await this.driver.publish(rows.map(toRecord));
      await runner.commitTransaction();
      return rows.length;
    } catch (error) {
      await runner.rollbackTransaction().catch(() => undefined);
      throw error;
    }
  }
}

function toRecord(row: OutboxRow): OutgoingRecord {
  return { topic: row.topic, key: row.key, eventId: row.event_id, headers: row.headers, value: row.value };
}
