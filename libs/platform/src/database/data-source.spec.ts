import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.js';
import { createDataSource, migrate, NewerDataError } from './data-source.js';

describe('The migrations of a service', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  beforeAll(async () => {
    database = await createTestDatabase('migrations');
    dataSource = createDataSource({ url: database.url, service: 'openings', entities: [], migrations: [] });
    await dataSource.initialize();
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  it('run once, whoever starts', async () => {
    await Promise.all([migrate(dataSource), migrate(dataSource)]);
    const rows = await dataSource.query<{ name: string }[]>('SELECT name FROM schema_migration ORDER BY id');
    expect(rows.map(({ name }) => name)).toEqual([
      'EventTables1700000000000',
      'IdempotencyTable1700000000001',
    ]);
  });

  it('do not touch data of a newer release, and say the way out', async () => {
    await dataSource.query(
      `INSERT INTO schema_migration (timestamp, name) VALUES (9900000000000, 'PayInMonths9900000000000')`,
    );
    const refusal = migrate(dataSource);
    await expect(refusal).rejects.toBeInstanceOf(NewerDataError);
    await expect(refusal).rejects.toThrow(
      /^The database of openings .*PayInMonths9900000000000 .*: start that release .*restore the backup .*\.$/,
    );
    // The lock is free again for whoever can.
    await dataSource.query(`DELETE FROM schema_migration WHERE name = 'PayInMonths9900000000000'`);
    await migrate(dataSource);
  });
});
