import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, freePort, RunningPlatform } from '#platform/testing';

interface BackupAnswer {
  file: string;
  encrypted: boolean;
  error: { code: string; message: string };
}

interface DriftReport {
  openings: { owner: number; index: number };
  jobseekers: { owner: number; index: number };
  inSync: boolean;
}

const CITIZEN_ID = '019095000123';
const CLI = join(import.meta.dirname, '../../../dist/apps/allinone/src/cli/main.js');

describe('A backup of the running platform', () => {
  let folder: string;
  let platform: RunningPlatform;
  /** Openings by the number in their title, as acknowledged. */
  const acknowledged = new Map<number, string>();
  let jobseekerId: string;
  /** The administrator's and an officer's access tokens. */
  let token: string;
  let clerk: string;
  let officer: { email: string; password: string } | undefined;

  const start = async (dataDir: string): Promise<RunningPlatform> =>
    RunningPlatform.start({
      dataDir,
      port: await freePort(),
      adminPort: await freePort(),
      env: { LOG_LEVEL: 'fatal' },
    });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'noi-viec-backup-'));
    chmodSync(folder, 0o711);
    platform = await start(join(folder, 'first'));
    token = await platform.signIn();
    officer = (await platform.demoAccounts()).get('centreOfficer');
    clerk = await platform.signIn(officer);
    const registered = await platform.call<{ id: string }>('POST', '/jobseekers/jobseekers', {
      token: clerk,
      headers: { 'idempotency-key': randomUUID() },
      body: { fullName: 'Nguyễn Thị Mẫu', provinceCode: '19', citizenId: CITIZEN_ID },
    });
    expect(registered.status).toBe(201);
    jobseekerId = registered.body.id;
  }, 180_000);

  afterAll(async () => {
    await platform.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function post(title: string): Promise<string> {
    const { status, body } = await platform.call<{ id: string }>('POST', '/openings/job-openings', {
      token: clerk,
      headers: { 'idempotency-key': randomUUID() },
      body: {
        title,
        quantity: 1,
        workplaces: [{ provinceCode: '19' }],
        pay: { kind: 'negotiable' },
      },
    });
    expect(status).toBe(201);
    for (const action of ['submit', 'approve']) {
      const path = `/openings/job-openings/${body.id}/${action}`;
      expect((await platform.call('POST', path, { token: clerk, body: {} })).status).toBe(200);
    }
    return body.id;
  }
  const maskedNumber = async (): Promise<string> => {
    const { body } = await platform.call<{ citizenId: string }>(
      'GET',
      `/jobseekers/jobseekers/${jobseekerId}`,
      {
        token: clerk,
      },
    );
    return body.citizenId;
  };
  const caughtUp = async (): Promise<void> => {
    expect((await platform.call('POST', '/matching/admin/caught-up', { token })).status).toBe(200);
  };
  const found = async (q: string): Promise<string[]> => {
    const path = `/matching/openings?q=${encodeURIComponent(q)}`;
    return (await platform.call<{ items: { id: string }[] }>('GET', path)).body.items.map(({ id }) => id);
  };
  const answerOf = ({ stdout }: { stdout: string }): BackupAnswer => JSON.parse(stdout) as BackupAnswer;

  it('taken under load and restored into an empty folder has every write acknowledged before it, once, and goes on', async () => {
    let writing = true;
    const writer = (async () => {
      for (let n = 1; writing; n++) acknowledged.set(n, await post(`Thợ hàn số ${n}`));
    })();
    const underLoad = async (): Promise<void> => {
      while (acknowledged.size < 10) await delay(50);
    };
    // A writer that fails ends the wait.
    await Promise.race([underLoad(), writer]);
    const before = new Map(acknowledged);
    const file = join(folder, 'under-load.tar.gz');
    const masked = await maskedNumber();
    expect(masked).toMatch(/\d/);
    const made = await platform.cli('--json', 'backup', file);
    expect(made).toMatchObject({ code: 0, stderr: '' });
    const during = acknowledged.size - before.size;
    writing = false;
    await writer;
    // The load did not pause: the backup was taken while others wrote.
    expect(during).toBeGreaterThan(0);
    await platform.stop();

    const restored = join(folder, 'second');
    expect(await restore(file, restored)).toMatchObject({ code: 0 });
    platform = await start(restored);
    // The same accounts and the same keys: the token of before still opens.
    const self = await platform.call('GET', '/openings/job-openings?limit=1', { token });
    expect(self.status).toBe(200);
    token = await platform.signIn();
    clerk = await platform.signIn(officer);
    for (const id of before.values()) {
      const { status, body } = await platform.call<{ status: string }>(
        'GET',
        `/openings/job-openings/${id}`,
        {
          token,
        },
      );
      expect([status, body.status]).toEqual([200, 'published']);
    }
    // The key of this number is in KEYS_DIR and in the database: both are the same again.
    expect(await maskedNumber()).toBe(masked);

    await caughtUp();
    const drift = (await platform.call<DriftReport>('POST', '/matching/drift', { token })).body;
    expect(drift).toMatchObject({ inSync: true });
    expect(drift.openings.owner).toBeGreaterThanOrEqual(before.size);
    expect(drift.openings.index).toBe(drift.openings.owner);
    for (const service of ['identity', 'openings', 'matching', 'jobseekers']) {
      const letters = await platform.call<{ total: number }>('GET', `/${service}/admin/dead-letters`, {
        token,
      });
      const lag = await platform.call<{ total: number }>('GET', `/${service}/admin/lag`, { token });
      expect([service, letters.body.total, lag.body.total]).toEqual([service, 0, 0]);
    }
    const audit = await platform.call('GET', '/openings/admin/audit/verification', { token });
    expect(audit.body).toMatchObject({ intact: true });

    const next = await post('Thợ lặn sửa giàn khoan');
    await eventually(async () => (await found('thợ lặn giàn khoan')).includes(next), { timeoutMs: 60_000 });
  }, 300_000);

  function restore(file: string, dataDir: string): Promise<{ code: number | null; output: string }> {
    return run(['--json', 'restore', file], { DATA_DIR: dataDir });
  }

  /** The command line as a process of its own, under `sh` with `before` when given. */
  function run(
    args: string[],
    env: Record<string, string>,
    { before = '', interruptAfter }: { before?: string; interruptAfter?: () => boolean } = {},
  ): Promise<{ code: number | null; output: string }> {
    const child = spawn('/bin/sh', ['-c', `${before} exec "$0" "$@"`, process.execPath, CLI, ...args], {
      env: { PATH: process.env.PATH, ...env },
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const watch = setInterval(() => {
      if (!interruptAfter?.()) return;
      clearInterval(watch);
      child.kill('SIGINT');
    }, 5);
    return new Promise((done) =>
      child.once('close', (code) => {
        clearInterval(watch);
        done({ code, output });
      }),
    );
  }

  it('on a disk that gets full, or interrupted, leaves no file and says so in a sentence', async () => {
    const place = mkdtempSync(join(folder, 'place-'));
    const env = { DATA_DIR: platform.dataDir };
    // A limit of one megabyte for each file stands for the full disk: writing beyond it fails likewise.
    const full = await run(['backup', join(place, 'full')], env, { before: 'ulimit -f 2048;' });
    expect(full.code).toBe(1);
    expect(full.output).toMatch(/^Ổ đĩa chứa .* đã đầy .*\.\n$/);
    const interrupted = await run(['backup', join(place, 'cut')], env, {
      interruptAfter: () => readdirSync(place).some((name) => name.includes('unfinished')),
    });
    expect(interrupted).toEqual({ code: 1, output: 'Đã dừng theo yêu cầu, không để lại gì.\n' });
    expect(readdirSync(place)).toEqual([]);
    expect((await platform.cli('--json', 'backup', join(place, 'after'))).code).toBe(0);
  }, 120_000);

  it('is refused in the language of the commands where the data folder cannot be used', async () => {
    const file = join(folder, 'any.tar.gz');
    await platform.cli('--json', 'backup', file);
    const taken = mkdtempSync(join(folder, 'taken-'));
    writeFileSync(join(taken, 'letter.txt'), 'mine');
    for (const [dataDir, sentence] of [
      [taken, `Thư mục dữ liệu ${taken} không trống`],
      [join(taken, 'letter.txt'), 'Không tạo hoặc không ghi được thư mục dữ liệu'],
      ['/proc/nope', 'Không tạo hoặc không ghi được thư mục dữ liệu /proc/nope (E'],
    ] as const) {
      const { code, output } = await run(['restore', file], { DATA_DIR: dataDir });
      expect({ code, lines: output.trim().split('\n').length }).toEqual({ code: 1, lines: 1 });
      expect(output).toContain(sentence);
    }
    const wrong = await run(['restore', file], { DATA_DIR: taken, PORT: 'many' });
    expect(wrong).toEqual({
      code: 1,
      output: expect.stringMatching(/^Biến môi trường không đúng: PORT: .*\n$/),
    });
  });

  it('is refused for a platform whose data lie elsewhere', async () => {
    const env = { DATA_DIR: platform.dataDir };
    const file = join(folder, 'elsewhere');
    const cluster = await run(['--json', 'backup', file], {
      ...env,
      DATABASE_URL: 'postgres://db.example/postgres',
    });
    const remote = await run(['--json', 'restore', file], { ...env, NOIVIEC_URL: 'https://noiviec.example' });
    // As `npm run cluster` begins it: PostgreSQL is in the folder, and the events are not.
    const onKafka = mkdtempSync(join(folder, 'on-kafka-'));
    writeFileSync(join(onKafka, 'event-log'), 'kafka\n');
    mkdirSync(join(onKafka, 'postgres', 'cluster'), { recursive: true });
    const events = await Promise.all(
      ['backup', 'restore'].map((command) => run(['--json', command, file], { DATA_DIR: onKafka })),
    );
    for (const { output } of events) expect(output).toContain('nằm trong Kafka');
    for (const { code, output } of [cluster, remote, ...events]) {
      expect(code).toBe(1);
      expect(answerOf({ stdout: output }).error).toMatchObject({
        code: 'backup.not-embedded',
        message: expect.stringContaining('docs/operations.md'),
      });
    }
  });
});
