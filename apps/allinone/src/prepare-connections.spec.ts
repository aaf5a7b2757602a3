import { afterEach, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { readEnvironment } from '#platform';
import { createTestDatabase, testServerUrl } from '#platform/testing';
import { assertConnections } from './prepare-connections.js';

// The server of the specs allows 200 connections, 3 of them to the superuser only.
describe('connections of all instances together', () => {
  afterEach(() => void jest.restoreAllMocks());
  const kafka = { EVENTS: 'kafka', KAFKA_BROKERS: 'kafka:9092' };
  const both = (instances: number) => [
    { name: 'openings', instances },
    { name: 'matching', instances: 4 },
  ];
  const onServer = async (own: Record<string, string>) =>
    readEnvironment({ ...kafka, DATABASE_URL: await testServerUrl(), ...own });

  it('are refused when PostgreSQL has fewer, with the numbers and what to change', async () => {
    await expect(assertConnections(both(15), await onServer({}))).resolves.toBeUndefined();
    await expect(assertConnections(both(16), await onServer({}))).rejects.toThrow(
      'PostgreSQL allows 197 connections and keeps 5 of them free, but 20 instances of 2 services × 10 connections ' +
        'are 200: set max_connections of the server to 208 or more, lower DB_POOL, or start fewer instances.',
    );
  });

  it('are DB_POOL for each', async () => {
    await expect(assertConnections(both(44), await onServer({ DB_POOL: '4' }))).resolves.toBeUndefined();
    await expect(assertConnections(both(45), await onServer({ DB_POOL: '4' }))).rejects.toThrow(/are 196/);
  });

  it('are counted by server where the services name their own', async () => {
    const database = await createTestDatabase('budget');
    try {
      const elsewhere = database.url.replace('127.0.0.1', 'localhost');
      const apart = both(16).map((service, index) => ({ ...service, url: [database.url, elsewhere][index] }));
      await expect(assertConnections(apart, readEnvironment(kafka))).resolves.toBeUndefined();
      const together = both(16).map((service) => ({ ...service, url: database.url }));
      await expect(assertConnections(together, readEnvironment(kafka))).rejects.toThrow(/are 200/);
    } finally {
      await database.drop();
    }
  });

  it('are warned of when the server does not tell how many it allows', async () => {
    const warn = jest.spyOn(console, 'warn').mockReturnValue();
    const database = await createTestDatabase('budget');
    const admin = new URL(await testServerUrl());
    admin.pathname = `/${database.name}`;
    const client = new pg.Client({ connectionString: admin.href });
    await client.connect();
    try {
      await client.query('REVOKE EXECUTE ON FUNCTION pg_catalog.current_setting(text) FROM PUBLIC');
      const own = [{ name: 'openings', instances: 99, url: database.url }];
      await assertConnections(own, readEnvironment(kafka));
      expect(warn).toHaveBeenCalledWith(expect.stringContaining('does not tell its max_connections'));
    } finally {
      await client.end();
      await database.drop();
    }
  });
});
