import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { type EventLogDriver, type EventsLogger, EventTables1700000000000, PostgresLogDriver } from '#events';
import { startEmbeddedPostgres } from '#embedded-postgres';

/** Speaks only when something is wrong: a benchmark with warnings measures the wrong thing. */
export const logger: EventsLogger = {
  debug() {},
  info() {},
  warn: (context, message) => console.error(`warning: ${message}: ${causeOf(context)}`),
  error: (context, message) => console.error(`error: ${message}: ${causeOf(context)}`),
};

function causeOf(context: object): string {
  return 'err' in context && context.err instanceof Error ? context.err.message : '';
}

export interface BenchServer {
  /** A service's migrated database: outbox, inbox, positions. */
  service(name: string, poolSize: number): Promise<DataSource>;
  log(): Promise<PostgresLogDriver & EventLogDriver>;
  url(name: string): Promise<string>;
  /** For what else a bench writes; removed with the server. */
  folder: string;
}

/** Runs `work` on an embedded PostgreSQL of its own with the product's durable settings, and removes it. */
export async function withServer(work: (server: BenchServer) => Promise<void>): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'noi-viec-bench-'));
  chmodSync(dataDir, 0o711);
  const postgres = await startEmbeddedPostgres({ dataDir });
  const closing: (() => Promise<unknown>)[] = [];
  const url = (name: string): Promise<string> => postgres.ensureDatabase(name, name);
  try {
    await work({
      folder: dataDir,
      url,
      service: async (name, poolSize) => {
        const dataSource = new DataSource({
          type: 'postgres',
          url: await url(name),
          poolSize,
          migrations: [EventTables1700000000000],
        });
        await dataSource.initialize();
        closing.push(() => dataSource.destroy());
        await dataSource.runMigrations();
        return dataSource;
      },
      log: async () => {
        const driver = new PostgresLogDriver({ url: await url('event_log'), logger });
        closing.push(() => driver.close());
        await driver.start();
        return driver;
      },
    });
  } finally {
    for (const close of closing.reverse()) await close();
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The value below which a part of the values lies (0 … 1). */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

/** `12,345` */
export const whole = (value: number): string => Math.round(value).toLocaleString('en');
