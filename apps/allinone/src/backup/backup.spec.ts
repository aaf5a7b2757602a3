import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#embedded-postgres';
import { eventually } from '#platform/testing';
import { createBackup } from './create-backup.js';
import { restoreBackup } from './restore-backup.js';

const QUICK = { fsync: false, shared_buffers: '32MB' };
const TITLE = 'Thợ hàn 6G';

let root: string;
let dataDir: string;
let keysDir: string;
let server: EmbeddedPostgres | undefined;
let backups = 0;

beforeAll(async () => {
  root = await mkdtemp(join(process.env.NOIVIEC_TEST_RUN_DIR ?? '/tmp', 'backup-'));
  await chmod(root, 0o711);
  dataDir = join(root, 'data');
  keysDir = join(root, 'keys');
  server = await startEmbeddedPostgres({ dataDir, settings: QUICK });
  await ask(
    await server.ensureDatabase('openings', 'openings'),
    `CREATE TABLE job AS SELECT '${TITLE}' AS title`,
  );
  await ask(await server.ensureDatabase('matching', 'matching'), 'CREATE TABLE seen AS SELECT 7 AS n');
  await mkdir(keysDir, { mode: 0o700 });
  await writeFile(join(keysDir, 'field.key'), randomBytes(32).toString('base64'), { mode: 0o600 });
  await writeFile(join(dataDir, 'demo.json'), '{"demo":"empty"}');
});

afterAll(async () => {
  await server?.stop();
  await rm(root, { recursive: true, force: true, maxRetries: 5 });
});

async function ask(connectionString: string, sql: string): Promise<Record<string, unknown> | undefined> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows[0];
  } finally {
    await client.end();
  }
}

const newFile = (): string => join(root, `backup-${++backups}`);
const backup = (options: Partial<Parameters<typeof createBackup>[0]> = {}): ReturnType<typeof createBackup> =>
  createBackup({ dataDir, keysDir, file: newFile(), ...options });
const into = (): { dataDir: string; keysDir: string } => {
  const folder = newFile();
  return { dataDir: join(folder, 'data'), keysDir: join(folder, 'keys') };
};
const leftovers = async (): Promise<string[]> =>
  (await readdir(root)).filter((name) => name.includes('unfinished'));

/** Starts PostgreSQL on a restored folder and reads what both databases hold. */
async function contentsOf(folder: string): Promise<unknown[]> {
  const restored = await startEmbeddedPostgres({ dataDir: folder, settings: QUICK });
  try {
    return [
      await ask(restored.url('openings'), 'SELECT title FROM job'),
      await ask(restored.url('matching'), 'SELECT n FROM seen'),
      await ask(restored.superuserUrl, 'SELECT count(*)::int AS slots FROM pg_replication_slots'),
    ];
  } finally {
    await restored.stop();
  }
}
const CONTENTS = [{ title: TITLE }, { n: 7 }, { slots: 0 }];

describe('A backup', () => {
  it('is restored with every database, password and key, closed to others', async () => {
    const made = await backup();
    expect((await stat(made.file)).mode & 0o777).toBe(0o600);
    const target = into();
    const restored = await restoreBackup({ file: made.file, ...target });
    expect(restored).toMatchObject({ files: made.files, manifest: made.manifest });
    expect(await readFile(join(target.keysDir, 'field.key'))).toEqual(
      await readFile(join(keysDir, 'field.key')),
    );
    expect((await stat(join(target.keysDir, 'field.key'))).mode & 0o777).toBe(0o600);
    expect(await readFile(join(target.dataDir, 'demo.json'), 'utf8')).toBe('{"demo":"empty"}');
    expect(await contentsOf(target.dataDir)).toEqual(CONTENTS);
  });

  it('may be encrypted: without the passphrase nothing of it is read', async () => {
    const { file, encrypted } = await backup({ passphrase: 'bốn từ ngẫu nhiên' });
    expect(encrypted).toBe(true);
    expect((await readFile(file)).subarray(0, 21).toString()).toBe('age-encryption.org/v1');
    const target = into();
    await expect(restoreBackup({ file, ...target })).rejects.toMatchObject({
      code: 'backup.passphrase-missing',
    });
    await expect(restoreBackup({ file, ...target, passphrase: 'bốn từ' })).rejects.toMatchObject({
      code: 'backup.passphrase-wrong',
    });
    await expect(readdir(target.dataDir)).rejects.toThrow('ENOENT');
    await restoreBackup({ file, ...target, passphrase: 'bốn từ ngẫu nhiên' });
    expect(await contentsOf(target.dataDir)).toEqual(CONTENTS);
  });

  it('that is interrupted leaves no file, and the server is out of backup mode', async () => {
    const stop = new AbortController();
    const copying = backup({ signal: stop.signal, progress: () => stop.abort() });
    await expect(copying).rejects.toMatchObject({ code: 'backup.interrupted' });
    expect(await leftovers()).toEqual([]);
    await expect(stat(join(root, `backup-${backups}`))).rejects.toThrow('ENOENT');
    await eventually(async () => {
      const state = await ask(
        server!.superuserUrl,
        `SELECT (SELECT count(*) FROM pg_stat_progress_basebackup)::int AS copying,
                (SELECT count(*) FROM pg_replication_slots)::int AS slots`,
      );
      expect(state).toEqual({ copying: 0, slots: 0 });
      return true;
    });
  });

  it('whose server goes away fails with a sentence and leaves no file', async () => {
    let ended = false;
    const copying = backup({
      progress: () => {
        if (ended) return;
        ended = true;
        void ask(
          server!.superuserUrl,
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'walsender'`,
        );
      },
    });
    await expect(copying).rejects.toMatchObject({
      code: 'backup.failed',
      message: expect.stringMatching(/không để lại gì: .*terminat/),
    });
    expect(await leftovers()).toEqual([]);
  });

  it('is refused where it would overwrite, be lost with the data, or copy nothing', async () => {
    const { file } = await backup();
    await expect(backup({ file })).rejects.toMatchObject({ code: 'backup.file-exists' });
    await expect(backup({ file: join(dataDir, 'copy') })).rejects.toMatchObject({
      code: 'backup.file-in-data-folder',
    });
    await expect(backup({ file: join(root, 'no-such-folder', 'copy') })).rejects.toMatchObject({
      code: 'backup.cannot-write',
    });
    await expect(backup({ dataDir: root })).rejects.toMatchObject({ code: 'backup.no-data' });
  });

  it('needs no running platform: it starts the server for itself', async () => {
    await server!.stop();
    server = undefined;
    const { file } = await backup();
    const target = into();
    await restoreBackup({ file, ...target });
    expect(await contentsOf(target.dataDir)).toEqual(CONTENTS);
    server = await startEmbeddedPostgres({ dataDir, settings: QUICK });
  });
});

describe('A restore', () => {
  let file: string;
  let plain: Buffer;
  beforeAll(async () => {
    ({ file } = await backup());
    plain = gunzipSync(await readFile(file));
  });

  /** Refused with this code, and the target is as it was: not there. */
  async function refuses(content: Buffer, code: string): Promise<string> {
    const damaged = newFile();
    await writeFile(damaged, content);
    const target = into();
    const error = await restoreBackup({ file: damaged, ...target }).catch((e: unknown) => e);
    expect(error).toMatchObject({ code });
    await expect(readdir(target.dataDir)).rejects.toThrow('ENOENT');
    await expect(readdir(target.keysDir)).rejects.toThrow('ENOENT');
    return (error as Error).message;
  }
  const changed = (find: string, put: string): Buffer => {
    const at = plain.indexOf(find);
    expect(at).toBeGreaterThan(0);
    const copy = Buffer.from(plain);
    copy.write(put, at);
    return gzipSync(copy, { level: 1 });
  };

  it('refuses a file that is cut off, changed, or no backup at all', async () => {
    const whole = await readFile(file);
    await refuses(whole.subarray(0, whole.length - 100), 'backup.damaged');
    await refuses(whole.subarray(0, whole.length / 2), 'backup.damaged');
    const flipped = Buffer.from(whole);
    flipped[Math.floor(whole.length / 2)]! ^= 1;
    await refuses(flipped, 'backup.damaged');
    await refuses(changed(TITLE, 'Thợ may 6G'), 'backup.damaged');
    await refuses(Buffer.from('PK\u0003\u0004 no backup'), 'backup.not-a-backup');
    await refuses(gzipSync('no tar file'), 'backup.damaged');
  });

  it('of another release, PostgreSQL or system says the way out', async () => {
    const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
    const newer = version.replace(/^./, '9');
    expect(
      await refuses(
        changed(`"platformVersion": "${version}`, `"platformVersion": "${newer}`),
        'backup.other-version',
      ),
    ).toContain(`hãy khôi phục bằng phiên bản ${newer}`);
    expect(
      await refuses(changed('"postgresVersion": "18', '"postgresVersion": "17'), 'backup.other-version'),
    ).toMatch(/PostgreSQL 17.*có PostgreSQL 18: hãy khôi phục bằng phiên bản .*Upgrades/);
    const system = `${process.platform}-`;
    expect(
      await refuses(
        changed(`"system": "${system}`, `"system": "${'x'.repeat(system.length)}`),
        'backup.other-system',
      ),
    ).toContain('hãy khôi phục trên máy');
  });

  it('never goes into a folder that holds something', async () => {
    const target = into();
    await mkdir(target.dataDir, { recursive: true });
    await writeFile(join(target.dataDir, 'letter.txt'), 'mine');
    await expect(restoreBackup({ file, ...target })).rejects.toMatchObject({
      code: 'embedded-postgres.folder-not-empty',
      message: expect.stringContaining('set DATA_DIR to a new folder'),
    });
    expect(await readdir(target.dataDir)).toEqual(['letter.txt']);
    await expect(restoreBackup({ file, dataDir: into().dataDir, keysDir })).rejects.toMatchObject({
      code: 'backup.keys-folder-not-empty',
    });
  });

  it.each([
    ['within the data folder', (folder: string) => join(folder, 'data', 'keys')],
    ['of their own', (folder: string) => join(folder, 'keys')],
  ])(
    'that fails late leaves existing folders empty, with keys %s, and may be tried again',
    async (_, keysOf) => {
      // What a mount point has of its own stands in the way of a file of the same name.
      await writeFile(join(dataDir, 'lost+found'), '');
      const failing = await backup();
      await rm(join(dataDir, 'lost+found'));
      const folder = newFile();
      const target = { dataDir: join(folder, 'data'), keysDir: keysOf(folder) };
      await mkdir(join(target.dataDir, 'lost+found'), { recursive: true });
      await chmod(folder, 0o711);
      const outer = !target.keysDir.startsWith(target.dataDir);
      if (outer) await mkdir(target.keysDir);

      await expect(restoreBackup({ file: failing.file, ...target })).rejects.toMatchObject({
        code: 'backup.failed',
        message: expect.stringContaining('EEXIST'),
      });
      expect(await readdir(target.dataDir)).toEqual(['lost+found']);
      if (outer) expect(await readdir(target.keysDir)).toEqual([]);

      await restoreBackup({ file, ...target });
      expect(await readdir(target.keysDir)).toEqual(['field.key']);
    },
  );

  it('that was cut off is not taken for a database by the next start', async () => {
    const target = into();
    await mkdir(join(target.dataDir, 'postgres', 'restoring'), { recursive: true });
    await chmod(join(target.dataDir, '..'), 0o711);
    await expect(startEmbeddedPostgres({ dataDir: target.dataDir })).rejects.toMatchObject({
      code: 'embedded-postgres.unfinished-restore',
    });
  });
});
