import { rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { ask, clusterOf, EmbeddedPostgresHarness, modeOf } from './test/harness.js';

describe('The embedded PostgreSQL', () => {
  const harness = new EmbeddedPostgresHarness();
  afterEach(() => harness.stopAll());
  afterAll(() => harness.clear());

  it('keeps rows over a stop and a start, on the same port with the same password', async () => {
    const dataDir = await harness.dataDir();
    const first = await harness.start(dataDir);
    const url = await first.ensureDatabase('openings', 'openings');
    await ask(url, 'CREATE TABLE job_openings (title text)');
    await ask(url, `INSERT INTO job_openings VALUES ('Thợ hàn')`);
    await first.stop();
    await expect(ask(url, 'SELECT 1')).rejects.toThrow();

    const second = await harness.start(dataDir);
    expect(await second.ensureDatabase('openings', 'openings')).toBe(url);
    expect(second.url('openings')).toBe(url);
    expect(await ask(url, 'SELECT title FROM job_openings')).toEqual({ title: 'Thợ hàn' });
  });

  it('gives each service a database that no other service can enter', async () => {
    const server = await harness.start(await harness.dataDir());
    const [openings, jobseekers] = await Promise.all([
      server.ensureDatabase('openings', 'openings'),
      server.ensureDatabase('jobseekers', 'jobseekers'),
    ]);
    const trespass = new URL(openings);
    trespass.pathname = new URL(jobseekers).pathname;
    await expect(ask(trespass.href, 'SELECT 1')).rejects.toThrow('permission denied for database');
    trespass.pathname = '/postgres';
    await expect(ask(trespass.href, 'SELECT 1')).rejects.toThrow('permission denied for database');
    await expect(server.ensureDatabase('job openings', 'x')).rejects.toThrow('snake_case');
    expect(() => server.url('openings', 'stranger')).toThrow('ensureDatabase');
  });

  it('writes in UTF-8 with checksums, compares by the builtin locale and has what search needs', async () => {
    const server = await harness.start(await harness.dataDir());
    expect(
      await ask(
        server.superuserUrl,
        `SELECT pg_encoding_to_char(encoding) AS encoding, datlocprovider AS provider, datlocale AS locale,
                current_setting('data_checksums') AS checksums, current_setting('timezone') AS timezone,
                lower('ĐƯỜNG') AS lower
         FROM pg_database WHERE datname = current_database()`,
      ),
    ).toEqual({
      encoding: 'UTF8',
      provider: 'b',
      locale: 'C.UTF-8',
      checksums: 'on',
      timezone: 'UTC',
      lower: 'đường',
    });
    const url = await server.ensureDatabase('matching', 'matching');
    for (const extension of ['unaccent', 'pg_trgm', 'btree_gin'])
      await ask(url, `CREATE EXTENSION ${extension}`);
    expect(await ask(url, `SELECT unaccent('Thợ hàn điện') AS plain`)).toEqual({ plain: 'Tho han dien' });
  });

  it('keeps its secrets in files that only the platform reads', async () => {
    const dataDir = await harness.dataDir();
    const server = await harness.start(dataDir);
    await server.ensureDatabase('identity', 'identity');
    for (const file of ['superuser-password', 'roles.json']) {
      expect(await modeOf(join(dataDir, 'postgres', file))).toBe('600');
    }
    expect(await modeOf(clusterOf(dataDir))).toBe('700');
  });

  it('sets new passwords when the password files are lost', async () => {
    const dataDir = await harness.dataDir();
    const first = await harness.start(dataDir);
    const lost = await first.ensureDatabase('openings', 'openings');
    await first.stop();
    for (const file of ['superuser-password', 'roles.json']) await rm(join(dataDir, 'postgres', file));

    const second = await harness.start(dataDir);
    expect(second.superuserUrl).not.toBe(first.superuserUrl);
    const url = await second.ensureDatabase('openings', 'openings');
    expect(await ask(url, 'SELECT current_user AS role')).toEqual({ role: 'openings' });
    await expect(ask(lost, 'SELECT 1')).rejects.toThrow('password authentication failed');
  });

  it('takes another port when the recorded one is taken', async () => {
    const dataDir = await harness.dataDir();
    const first = await harness.start(dataDir);
    await first.stop();
    const other = createServer().listen(first.port, '127.0.0.1');
    try {
      const second = await harness.start(dataDir);
      expect(second.port).not.toBe(first.port);
      expect(await ask(second.superuserUrl, 'SELECT 1 AS one')).toEqual({ one: 1 });
    } finally {
      other.close();
    }
  });

  it('refuses a second instance on the same data folder with a sentence that names the first', async () => {
    const dataDir = await harness.dataDir();
    const first = await harness.start(dataDir);
    await expect(harness.start(dataDir)).rejects.toMatchObject({
      code: 'embedded-postgres.second-instance',
      message: expect.stringMatching(
        new RegExp(`process ${process.pid}, started .*: stop it, or give .* DATA_DIR`),
      ),
    });
    await first.stop();
    await harness.start(dataDir);
  });

  it('refuses data of another major version and says the way out', async () => {
    const dataDir = await harness.dataDir();
    const versionFile = join(clusterOf(dataDir), 'PG_VERSION');
    await writeFile(versionFile, '17\n');
    await expect(harness.start(dataDir)).rejects.toMatchObject({
      code: 'embedded-postgres.incompatible-data-version',
      message: expect.stringContaining('written by PostgreSQL 17'),
    });
    await writeFile(versionFile, '18\n');
  });

  it('says that damaged data need the last backup', async () => {
    const dataDir = await harness.dataDir();
    await writeFile(join(clusterOf(dataDir), 'global', 'pg_control'), Buffer.alloc(8192));
    await expect(harness.start(dataDir)).rejects.toMatchObject({
      code: 'embedded-postgres.data-damaged',
      message: expect.stringContaining('restore the last backup'),
    });
  });
});
