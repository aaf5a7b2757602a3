import { describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createTestDatabase, eventually } from './index.js';

describe('A test database', () => {
  it('is empty, belongs to an ordinary role and has the extensions that search needs', async () => {
    const database = await createTestDatabase('openings');
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    for (const extension of ['unaccent', 'pg_trgm', 'btree_gin'])
      await client.query(`CREATE EXTENSION ${extension}`);
    const { rows } = await client.query(
      `SELECT unaccent('Thợ hàn') AS plain, rolsuper AS super FROM pg_roles WHERE rolname = current_user`,
    );
    expect(rows).toEqual([{ plain: 'Tho han', super: false }]);
    client.on('error', () => undefined);
    await database.drop();
    await expect(new pg.Client({ connectionString: database.url }).connect()).rejects.toThrow();
  });

  it('is awaited with eventually()', async () => {
    let calls = 0;
    expect(await eventually(() => ++calls > 2 && calls)).toBe(3);
    await expect(eventually(() => false, { timeoutMs: 60 })).rejects.toThrow('still false');
  });
});
