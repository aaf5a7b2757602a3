import { setTimeout as sleep } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { createDataSource, migrate } from '#platform';
import { createTestDatabase, type TestDatabase } from '#platform/testing';
import { openingsService } from '../service.js';
import { ImportLease } from './import-lease.js';

const LEASE_SECONDS = 2;

describe('The lease of an import', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  beforeAll(async () => {
    database = await createTestDatabase('openings');
    dataSource = createDataSource({
      url: database.url,
      service: 'openings',
      entities: [],
      migrations: openingsService.migrations ?? [],
    });
    await dataSource.initialize();
    await migrate(dataSource);
    await dataSource.query(
      `INSERT INTO import_source (name, trusted, keep_days, created_by) VALUES ('csv', true, 60, 'admin')`,
    );
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  const jobOf = async (worker: string): Promise<string> => {
    const id = randomUUID();
    await dataSource.query(
      `INSERT INTO import_job
         (id, source, as_of, status, areas, by_administrator, created_by, worker, lease_until)
       VALUES ($1, 'csv', '2026-11-01', 'running', '{*}', true, 'admin', $2, now() + make_interval(secs => $3))`,
      [id, worker, LEASE_SECONDS],
    );
    return id;
  };

  it('lasts as long as its worker reads on, however long that takes', async () => {
    const worker = randomUUID();
    const id = await jobOf(worker);
    const lease = new ImportLease(dataSource, id, worker, LEASE_SECONDS);
    const held: boolean[] = [];
    for (const end = Date.now() + 2 * LEASE_SECONDS * 1000; Date.now() < end; await sleep(100)) {
      await lease.keep();
      const [row] = await dataSource.query<{ held: boolean }[]>(
        'SELECT lease_until > now() AS held FROM import_job WHERE id = $1',
        [id],
      );
      held.push(row?.held === true);
    }
    expect(held).not.toContain(false);
  });

  it('that another worker has taken stops the one that had it', async () => {
    const id = await jobOf(randomUUID());
    const lease = new ImportLease(dataSource, id, randomUUID(), 0);
    await expect(lease.keep()).rejects.toThrow('goes on elsewhere');
  });
});
