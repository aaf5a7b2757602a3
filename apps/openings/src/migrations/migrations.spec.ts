import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { createDataSource, migrate } from '#platform';
import { createTestDatabase, type TestDatabase } from '#platform/testing';
import { openingsService } from '../service.js';
import { Imports1732100000001 } from './1732100000001-imports.js';
import { JobOpenings1732100000000 } from './1732100000000-job-openings.js';

type Migrations = NonNullable<typeof openingsService.migrations>;

describe('The database of openings', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase('openings');
  });
  afterAll(() => database.drop());

  const opened = async (migrations: Migrations): Promise<DataSource> => {
    const dataSource = createDataSource({ url: database.url, service: 'openings', entities: [], migrations });
    await dataSource.initialize();
    return dataSource;
  };

  it('of the first landing, with what is in it, becomes today’s', async () => {
    const first = await opened([JobOpenings1732100000000, Imports1732100000001]);
    await migrate(first);
    await first.query(`
      INSERT INTO job_opening (id, version, status, employer_id, title, pay_kind, details, created_by)
      VALUES (gen_random_uuid(), 1, 'draft', gen_random_uuid(), 'Thợ Hàn', 'monthly', '{}', 'someone');
      INSERT INTO import_source (name, trusted, keep_days, created_by) VALUES ('csv', true, 60, 'admin');
      INSERT INTO import_job (id, source, as_of, status, created_by)
      VALUES (gen_random_uuid(), 'csv', '2026-11-01', 'queued', 'admin')`);
    await first.destroy();
    const now = await opened(openingsService.migrations ?? []);
    await migrate(now);
    expect(await now.query('SELECT title_folded, employer_is_person FROM job_opening')).toEqual([
      { title_folded: 'tho han', employer_is_person: false },
    ]);
    expect(await now.query('SELECT areas, by_administrator FROM import_job')).toEqual([
      { areas: [], by_administrator: false },
    ]);
    await now.destroy();
  });

  it('that had a part of it from earlier texts of the same migrations becomes today’s as well', async () => {
    const dataSource = await opened(openingsService.migrations ?? []);
    await migrate(dataSource);
    const columns = (): Promise<unknown> =>
      dataSource.query(
        `SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns
         WHERE table_schema = current_schema() ORDER BY 1, 2`,
      );
    const before = await columns();
    await dataSource.query(`
      DELETE FROM schema_migration WHERE name = 'EmployersAndFeed1732100000002';
      ALTER TABLE import_job DROP COLUMN by_administrator;
      ALTER TABLE import_source DROP COLUMN decided`);
    await migrate(dataSource);
    expect(await columns()).toEqual(before);
    await dataSource.destroy();
  });
});
