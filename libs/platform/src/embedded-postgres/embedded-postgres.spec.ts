import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './index.js';

describe('The embedded PostgreSQL', () => {
  let dataDir: string;
  const running: EmbeddedPostgres[] = [];
  const start = async () => {
    const server = await startEmbeddedPostgres({
      dataDir,
      settings: { fsync: false, shared_buffers: '32MB' },
    });
    running.push(server);
    return server;
  };
  const ask = async (connectionString: string, sql: string) => {
    const client = new pg.Client({ connectionString });
    await client.connect();
    try {
      return (await client.query(sql)).rows[0];
    } finally {
      await client.end();
    }
  };

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'noi-viec-pg-'));
    await chmod(dataDir, 0o711);
  });
  afterEach(async () => {
    for (const server of running.splice(0)) await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('keeps rows over a stop and a start, on the same port with the same password', async () => {
    const first = await start();
    const url = await first.ensureDatabase('openings', 'openings');
    await ask(url, 'CREATE TABLE job_openings (title text)');
    await ask(url, `INSERT INTO job_openings VALUES ('Thợ hàn')`);
    await first.stop();
    const second = await start();
    expect(await second.ensureDatabase('openings', 'openings')).toBe(url);
    expect(await ask(url, 'SELECT title FROM job_openings')).toEqual({ title: 'Thợ hàn' });
  });
});
