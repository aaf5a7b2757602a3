import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { testServerUrl } from '../testing/test-database.js';
import { ensureOwnedDatabase } from './owned-database.js';

describe('A database of its own', () => {
  const suffix = randomBytes(4).toString('hex');
  const [admin, role, database] = [`admin_${suffix}`, `owner_${suffix}`, `owned_${suffix}`];

  const urlAs = async (user: string, password: string, path: string): Promise<string> => {
    const url = new URL(await testServerUrl());
    [url.username, url.password, url.pathname] = [user, password, `/${path}`];
    return url.href;
  };
  const query = async (connectionString: string, sql: string): Promise<unknown[]> => {
    const client = new pg.Client({ connectionString });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  };

  beforeAll(async () => {
    await query(await testServerUrl(), `CREATE ROLE ${admin} LOGIN CREATEROLE CREATEDB PASSWORD 'admin'`);
  });
  afterAll(async () => {
    await query(await testServerUrl(), `DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
    for (const each of [role, admin]) await query(await testServerUrl(), `DROP ROLE IF EXISTS ${each}`);
  });

  it('is made, and its password changed, by a role that is no superuser', async () => {
    const server = await urlAs(admin, 'admin', 'postgres');
    await ensureOwnedDatabase(server, { database, role, password: 'first' });
    await ensureOwnedDatabase(server, { database, role, password: 'second' });
    const owned = await urlAs(role, 'second', database);
    await query(owned, 'CREATE TABLE mine (n int)');
    expect(
      await query(
        owned,
        `SELECT pg_get_userbyid(datdba) AS owner, rolsuper OR rolcreatedb OR rolcreaterole AS powerful
         FROM pg_database JOIN pg_roles ON rolname = current_user WHERE datname = current_database()`,
      ),
    ).toEqual([{ owner: role, powerful: false }]);
    await expect(query(await urlAs(role, 'first', database), 'SELECT 1')).rejects.toThrow(
      /password authentication/,
    );
    // Who made it is no neighbour that may look in by CONNECT of everybody.
    const [access] = await query(
      owned,
      `SELECT has_database_privilege('public', current_database(), 'CONNECT') AS everybody`,
    );
    expect(access).toEqual({ everybody: false });
  });
});
