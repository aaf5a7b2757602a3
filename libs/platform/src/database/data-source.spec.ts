import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Logger } from 'pino';
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

  const ranElsewhere = (name: string): Promise<unknown> =>
    dataSource.query('INSERT INTO schema_migration (timestamp, name) VALUES ($1, $2)', [
      name.slice(-13),
      name,
    ]);
  const forget = (): Promise<unknown> =>
    dataSource.query(`DELETE FROM schema_migration WHERE timestamp > 9000000000000`);
  afterEach(forget);

  it('of a newer release that only add let an older instance start again, which says so once', async () => {
    await ranElsewhere('PayInMonths9900000000000');
    await ranElsewhere('Needs1700000000001DropPay9900000000001');
    const warn = jest.fn<Logger['warn']>();
    await migrate(dataSource, { warn });
    expect(warn.mock.calls).toEqual([
      [
        {
          database: 'openings',
          unknown: ['PayInMonths9900000000000', 'Needs1700000000001DropPay9900000000001'],
        },
        expect.stringContaining('newer release'),
      ],
    ]);
  });

  it('do not touch data that need a newer release, and say the way out', async () => {
    await ranElsewhere('PayInMonths9900000000000');
    await ranElsewhere('Needs9900000000000DropPay9900000000001');
    const refusal = migrate(dataSource);
    await expect(refusal).rejects.toBeInstanceOf(NewerDataError);
    await expect(refusal).rejects.toThrow(
      /^The database of openings needs .*Needs9900000000000DropPay9900000000001 .*: start that release .*restore the backup .*\.$/,
    );
    // The lock is free again for whoever can.
    await forget();
    await migrate(dataSource);
  });
});
