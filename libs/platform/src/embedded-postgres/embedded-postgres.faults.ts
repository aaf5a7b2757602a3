import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { eventually } from '../testing/eventually.js';
import { locateBinaries } from './binaries.js';
import { rotateLog } from './data-folder.js';
import { terminate } from './postmaster.js';
import { ask, clusterOf, EmbeddedPostgresHarness, serverPid } from './test/harness.js';

const root = process.getuid?.() === 0;
const NOBODY = { uid: 65534, gid: 65534 };

describe('When the platform or its PostgreSQL is killed', () => {
  const harness = new EmbeddedPostgresHarness();
  const strays: ChildProcess[] = [];
  afterEach(() => harness.stopAll());
  afterAll(async () => {
    strays.forEach((stray) => stray.kill('SIGKILL'));
    await harness.clear();
  });

  it('the next platform takes over the server that kill -9 left running', async () => {
    const dataDir = await harness.dataDir();
    const killed = harness.spawnPlatform(dataDir);
    const { url } = await killed.saw('ready');
    await ask(url, 'CREATE TABLE job_openings AS SELECT 1 AS id');
    const pid = await serverPid(dataDir);
    await killed.end('kill -9');
    expect(await ask(url, 'SELECT id FROM job_openings')).toEqual({ id: 1 });

    const next = harness.spawnPlatform(dataDir);
    expect((await next.saw('ready')).url).toBe(url);
    expect(await serverPid(dataDir)).toBe(pid);
    await next.end('stop');
    await expect(ask(url, 'SELECT 1')).rejects.toThrow();
  });

  it('a second platform on the same folder is refused while the first one runs', async () => {
    const dataDir = await harness.dataDir();
    const first = harness.spawnPlatform(dataDir);
    const { url } = await first.saw('ready');
    const second = harness.spawnPlatform(dataDir);
    const refusal = await second.saw('ready', 'error');
    expect(refusal.code).toBe('embedded-postgres.second-instance');
    expect(refusal.message).toContain(`process ${first.child.pid}`);
    expect(await ask(url, 'SELECT 1 AS one')).toEqual({ one: 1 });
  });

  it('a server that was left running but hangs is stopped and started anew', async () => {
    const dataDir = await harness.dataDir();
    const killed = harness.spawnPlatform(dataDir);
    const { url } = await killed.saw('ready');
    const pid = await serverPid(dataDir);
    await killed.end('kill -9');
    process.kill(pid, 'SIGSTOP');
    const server = await harness.start(dataDir);
    expect(await serverPid(dataDir)).not.toBe(pid);
    expect(await server.ensureDatabase('openings', 'openings')).toBe(url);
  });

  it('kill -9 in the middle of initdb leaves nothing that the next start does not clear', async () => {
    for (const afterMs of [30, 150, 300, 450]) {
      const dataDir = await harness.emptyDataDir();
      const killed = harness.spawnPlatform(dataDir);
      await eventually(
        async () => (await readdir(join(dataDir, 'postgres'))).some((name) => name.startsWith('cluster')),
        {
          intervalMs: 5,
        },
      );
      await delay(afterMs);
      await killed.end('kill -9');
      const server = await harness.start(dataDir);
      expect(await ask(server.superuserUrl, 'SELECT 1 AS one')).toEqual({ one: 1 });
      expect(
        (await readdir(join(dataDir, 'postgres'))).filter((name) => name.startsWith('cluster.new')),
      ).toEqual([]);
      await server.stop();
    }
  });

  it('an interrupt of the whole process group does not stop PostgreSQL before the platform says so', async () => {
    const dataDir = await harness.dataDir();
    const platform = harness.spawnPlatform(dataDir);
    const { url } = await platform.saw('ready');
    process.kill(-platform.child.pid!, 'SIGINT');
    await platform.saw('interrupted');
    await delay(300);
    expect(await ask(url, 'SELECT 1 AS one')).toEqual({ one: 1 });
    await platform.end('stop');
    await expect(ask(url, 'SELECT 1')).rejects.toThrow();
  });

  it('a pid file whose number now belongs to another program does not hinder the start', async () => {
    const dataDir = await harness.dataDir();
    await (await harness.start(dataDir)).stop();
    const stray = spawn('sleep', ['60'], { ...(root && NOBODY), stdio: 'ignore' });
    strays.push(stray);
    const lines = [stray.pid, clusterOf(dataDir), 1, 20_000, '', '127.0.0.1', '1 1', 'ready', ''];
    await writeFile(join(clusterOf(dataDir), 'postmaster.pid'), lines.join('\n'));
    const server = await harness.start(dataDir);
    expect(await ask(server.superuserUrl, 'SELECT 1 AS one')).toEqual({ one: 1 });
  });

  it.each(['kill -9', 'pg_ctl stop'])(
    'PostgreSQL ended by %s under load is back by itself with every acknowledged row',
    async (how) => {
      const dataDir = await harness.dataDir();
      const server = await harness.start(dataDir, { shared_buffers: '32MB' });
      const url = await server.ensureDatabase('openings', 'openings');
      await ask(url, 'DROP TABLE IF EXISTS job_openings');
      await ask(url, 'CREATE TABLE job_openings (id int PRIMARY KEY)');
      let deaths = 0;
      server.onExit(() => deaths++);
      const pool = new pg.Pool({ connectionString: url, max: 4 });
      pool.on('error', () => undefined);
      const acknowledged: number[] = [];
      let next = 0;
      let working = true;
      const writers = Array.from({ length: 4 }, async () => {
        while (working) {
          const id = next++;
          await pool
            .query('INSERT INTO job_openings VALUES ($1)', [id])
            .then(() => acknowledged.push(id))
            .catch(() => delay(10));
        }
      });
      await eventually(() => acknowledged.length > 200);

      const before = await serverPid(dataDir);
      const killedAt = Date.now();
      if (how === 'kill -9') process.kill(before, 'SIGKILL');
      else await terminate(clusterOf(dataDir), await locateBinaries(), { fastMs: 5_000, immediateMs: 1_000 });
      const rows = acknowledged.length;
      await eventually(() => acknowledged.length > rows + 100, { timeoutMs: 15_000 });
      expect(Date.now() - killedAt).toBeLessThan(10_000);
      working = false;
      await Promise.all(writers);
      await pool.end();

      expect(deaths).toBe(1);
      expect(await serverPid(dataDir)).not.toBe(before);
      const { kept } = (await ask(url, 'SELECT array_agg(id) AS kept FROM job_openings'))!;
      const present = new Set(kept as number[]);
      expect(acknowledged.filter((id) => !present.has(id))).toEqual([]);
    },
  );

  it('a data folder that cannot be written is named in one sentence', async () => {
    const dataDir = await harness.emptyDataDir();
    await writeFile(join(dataDir, 'postgres'), 'a file where the folder should be');
    await expect(harness.start(dataDir)).rejects.toMatchObject({
      code: 'embedded-postgres.folder-not-writable',
      message: expect.stringContaining(`The data folder ${join(dataDir, 'postgres')} cannot be written`),
    });
  });

  if (root)
    it('a folder out of reach of the unprivileged user is named in one sentence', async () => {
      const dataDir = join(await harness.emptyDataDir(), 'closed', 'data');
      await mkdir(join(dataDir, '..'), { mode: 0o700 });
      await expect(harness.start(dataDir)).rejects.toMatchObject({
        code: 'embedded-postgres.folder-out-of-reach',
        message: expect.stringContaining(`who may not enter ${join(dataDir, '..')} on the way to`),
      });
    });

  it('the log is copied and emptied when it has grown', async () => {
    const file = join(await harness.emptyDataDir(), 'postgres.log');
    await writeFile(file, 'a'.repeat(2000));
    await rotateLog(file, 1000);
    expect((await stat(file)).size).toBe(0);
    expect((await readFile(`${file}.1`, 'utf8')).length).toBe(2000);
  });
});
