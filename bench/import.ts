// 6,123 openings imported, evented and searchable (goal ≤ 6 s); bulk import ÷ save() (≥ 3) and ÷ COPY (≥ 0.2).
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '#platform/testing';
import { bulkAgainstSaveAndCopy } from './openings/bulk-save-copy.js';
import { sampleCsv } from './openings/openings-csv.js';
import { whole } from './support/bench-server.js';

const ROUNDS = 3;
const MAIN = join(import.meta.dirname, '../apps/allinone/src/main.js');
const ADMINISTRATOR = { email: 'admin@bench.example', password: 'mật khẩu của phép đo' };

interface Job {
  status: string;
  relayed: boolean;
  failure: string | null;
  progress: { created: number; rejected: number };
}

console.log(`Load of the machine: ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} processors.`);
await importEndToEnd();
await bulkAgainstSaveAndCopy();

/** The built platform, over HTTP: from the file's upload until the search finds all of it. */
async function importEndToEnd(): Promise<void> {
  const { csv, origin, rows } = sampleCsv();
  const dataDir = mkdtempSync(join(tmpdir(), 'noi-viec-bench-'));
  chmodSync(dataDir, 0o711);
  const port = await freePort();
  const platform = spawn(process.execPath, [MAIN, '--empty'], {
    env: {
      PATH: process.env['PATH'],
      PORT: String(port),
      ADMIN_PORT: String(await freePort()),
      DATA_DIR: dataDir,
      LOG_LEVEL: 'warn',
      ADMIN_EMAIL: ADMINISTRATOR.email,
      ADMIN_PASSWORD: ADMINISTRATOR.password,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise((resolve) => platform.once('exit', resolve));
  try {
    const base = `http://127.0.0.1:${port}`;
    while (
      !(await fetch(`${base}/health/ready`).then(
        ({ ok }) => ok,
        () => false,
      ))
    ) {
      if (platform.exitCode !== null) throw new Error('the platform did not start');
      await delay(50);
    }
    const call = async <T>(path: string, init: RequestInit = {}, token?: string): Promise<T> => {
      const headers = {
        ...(init.headers as Record<string, string>),
        ...(token && { authorization: `Bearer ${token}` }),
      };
      const answer = await fetch(`${base}/api/v1${path}`, { ...init, headers });
      if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
      return (await answer.json()) as T;
    };
    const { accessToken } = await call<{ accessToken: string }>('/identity/tokens', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(ADMINISTRATOR),
    });
    for (let round = 0; round < ROUNDS; round++) {
      const began = performance.now();
      const { id } = await call<{ id: string }>(
        `/openings/imports?source=bench-${round}`,
        { method: 'POST', headers: { 'content-type': 'text/csv' }, body: csv },
        accessToken,
      );
      let job: Job;
      do {
        await delay(20);
        job = await call<Job>(`/openings/imports/${id}`, {}, accessToken);
        if (job.status === 'failed') throw new Error(job.failure ?? 'failed');
      } while (job.status !== 'done' || !job.relayed);
      const relayed = performance.now();
      await call('/matching/admin/caught-up', { method: 'POST' }, accessToken);
      const searchable = performance.now();
      const { total } = await call<{ total: number }>('/matching/openings?limit=1');
      console.log(
        `${whole(job.progress.created)} of ${whole(rows)} rows (${origin}), ${round === 0 ? 'first import of a new platform' : 'again as another source'}: ` +
          `stored and in the log after ${seconds(relayed - began)}, searchable after ${seconds(searchable - began)} ` +
          `(goal ≤ 6 s); the search has ${whole(total)}`,
      );
    }
  } finally {
    platform.kill('SIGTERM');
    await ended;
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}
