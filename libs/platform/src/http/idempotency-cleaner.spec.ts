import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Logger } from 'pino';
import { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../testing/index.js';
import { IdempotencyCleaner } from './idempotency-cleaner.js';
import { IdempotencyTable1700000000001 } from './idempotency.migration.js';

describe('Idempotency keys', () => {
  let database: TestDatabase;
  let dataSource: DataSource;

  beforeAll(async () => {
    database = await createTestDatabase('idempotency');
    dataSource = new DataSource({
      type: 'postgres',
      url: database.url,
      migrations: [IdempotencyTable1700000000001],
    });
    await dataSource.initialize();
    await dataSource.runMigrations();
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  it('are kept for three days, with their answers, and removed after', async () => {
    await dataSource.query(
      `INSERT INTO idempotency_key (caller, key, request_hash, created_at)
       SELECT 'caller', n::text, 'hash', now() - make_interval(hours => n) FROM generate_series(1, 100) n`,
    );
    const cleaner = new IdempotencyCleaner(dataSource, {} as Logger);
    expect(await cleaner.clean()).toBe(29);
    expect(await cleaner.clean()).toBe(0);
    const [left] = await dataSource.query<{ n: number }[]>('SELECT count(*)::int AS n FROM idempotency_key');
    expect(left?.n).toBe(71);
  });
});
