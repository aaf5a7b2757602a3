import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { readEnvironment } from '#platform';
import { createTestDatabase, testServerUrl } from '#platform/testing';
import { prepareDatabases, prepareTopics } from './prepare-steps.js';
import { services } from './services.js';

describe('what runs once before the services of a cluster', () => {
  const suffix = randomBytes(4).toString('hex');
  const names = services.map(({ name }) => `${name}_${suffix}`);

  const query = async (url: string, sql: string): Promise<Record<string, unknown>[]> => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  };

  const urlOf = async (index: number, password: string): Promise<string> => {
    const url = new URL(await testServerUrl());
    const name = names[index] ?? '';
    [url.username, url.password, url.pathname] = [name, password, `/${name}`];
    return url.href;
  };

  const prepare = async (password: string): Promise<void> => {
    for (const [index, { name }] of services.entries())
      process.env[`${name.toUpperCase()}_DATABASE_URL`] = await urlOf(index, password);
    await prepareDatabases(readEnvironment({ DATABASE_URL: await testServerUrl() }));
  };

  beforeAll(() => void jest.spyOn(console, 'log').mockReturnValue());
  afterAll(async () => {
    jest.restoreAllMocks();
    for (const { name } of services) delete process.env[`${name.toUpperCase()}_DATABASE_URL`];
    for (const name of names) {
      await query(await testServerUrl(), `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await query(await testServerUrl(), `DROP ROLE IF EXISTS ${name}`);
    }
  });

  it('makes a migrated database for each service, which only its own role reaches, and may run again', async () => {
    await prepare('first');
    const before = await query(await urlOf(1, 'first'), 'SELECT name FROM schema_migration ORDER BY id');
    expect(before.length).toBeGreaterThan(2);

    await prepare('second');
    expect(await query(await urlOf(1, 'second'), 'SELECT name FROM schema_migration ORDER BY id')).toEqual(
      before,
    );
    await expect(query(await urlOf(1, 'first'), 'SELECT 1')).rejects.toThrow(/password authentication/);

    const neighbours = new URL(await urlOf(1, 'second'));
    neighbours.pathname = `/${names[0]}`;
    await expect(query(neighbours.href, 'SELECT 1')).rejects.toThrow(/permission denied/);
    const [role] = await query(
      await testServerUrl(),
      `SELECT rolsuper OR rolcreatedb OR rolcreaterole AS powerful FROM pg_roles WHERE rolname = '${names[1]}'`,
    );
    expect(role).toEqual({ powerful: false });
  });

  it('makes the topics in the log that the services read, which a URL of its own may name', async () => {
    const log = await createTestDatabase('event_log');
    process.env['EVENTS_DATABASE_URL'] = log.url;
    try {
      await prepareTopics(readEnvironment({ EVENTS: 'postgres' }));
      const topics = await query(log.url, 'SELECT name FROM log_topic');
      expect(topics).toHaveLength(services.flatMap(({ topics = [] }) => topics).length);
    } finally {
      delete process.env['EVENTS_DATABASE_URL'];
      await log.drop();
    }
  });

  it('migrates databases that somebody else has made, without the role that makes them', async () => {
    const made = await Promise.all(services.map(({ name }) => createTestDatabase(name)));
    for (const [index, { name }] of services.entries())
      process.env[`${name.toUpperCase()}_DATABASE_URL`] = made[index]?.url;
    try {
      await prepareDatabases(readEnvironment({}));
      for (const { url } of made)
        expect((await query(url, 'SELECT name FROM schema_migration')).length).toBeGreaterThan(2);
    } finally {
      for (const { name } of services) delete process.env[`${name.toUpperCase()}_DATABASE_URL`];
      for (const database of made) await database.drop();
    }
  });

  it('says which setting is missing, and of which service', async () => {
    process.env['IDENTITY_DATABASE_URL'] = 'postgres://identity@127.0.0.1:1/identity';
    try {
      await expect(prepareDatabases(readEnvironment({}))).rejects.toThrow(
        /^DATABASE_URL: .* by (?!IDENTITY)[A-Z]+_DATABASE_URL\.$/,
      );
    } finally {
      delete process.env['IDENTITY_DATABASE_URL'];
    }
  });
});
