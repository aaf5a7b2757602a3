import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { eventually, freePort, RunningPlatform, temporaryFolder } from '#platform/testing';
import { multipliedCsv } from '../../../bench/openings/openings-csv.js';
import { seeded } from '../../../bench/support/seeded.js';
import { expectSameOpenings, finished, jobOf, MINUTES, upload } from './import-job.js';

const ROWS = 20_000;
const KILLS = 3;

describe('An import on the built platform, when something dies', () => {
  let dataDir: string;
  let start: () => Promise<RunningPlatform>;
  let platform: RunningPlatform | undefined;
  const random = seeded(jest.getSeed());

  beforeEach(async () => {
    dataDir = await temporaryFolder();
    const [port, adminPort] = [await freePort(), await freePort()];
    start = () =>
      RunningPlatform.start({ args: ['--empty'], dataDir, port, adminPort, env: { LOG_LEVEL: 'fatal' } });
  });
  afterEach(async () => {
    await platform?.stop();
  });

  /** Stops the platform and looks into its databases: openings, log and read model have the same, each once. */
  const expectSame = async (created: number): Promise<void> => {
    await platform?.stop();
    platform = undefined;
    await expectSameOpenings(dataDir, created, (rows) =>
      rows(
        'events',
        `SELECT r.key || ' v' || (r.value::json->>'version') || ' ' || (r.value::json->>'status') AS fact
         FROM log_record r JOIN log_topic t ON t.id = r.topic_id WHERE t.name = 'openings.job-opening' ORDER BY 1`,
      ),
    );
  };

  it(
    'kill -9 of the platform in the middle, again and again: the next start finishes, nothing is lost or doubled',
    async () => {
      platform = await start();
      let token = await platform.signIn();
      const id = await upload(platform, token, multipliedCsv(ROWS));
      for (let kill = 1; kill <= KILLS; kill++) {
        const least = (ROWS * (kill - 1)) / (KILLS + 1);
        await eventually(
          async () => {
            const { progress, status } = await jobOf(platform as RunningPlatform, token, id);
            return progress.read > least || status === 'done';
          },
          { timeoutMs: 3 * MINUTES, intervalMs: 20 },
        );
        await delay(random() * 300);
        await platform.kill();
        platform = await start();
        token = await platform.signIn();
      }
      const { status, progress } = await finished(platform, token, id);
      expect({ status, progress }).toMatchObject({
        status: 'done',
        progress: { read: ROWS, total: ROWS, updated: 0 },
      });
      expect(progress.created + progress.rejected).toBe(ROWS);
      const caughtUp = await platform.call('POST', '/matching/admin/caught-up', { token });
      expect(caughtUp.status).toBe(200);
      const search = await platform.call<{ total: number }>('GET', '/matching/openings?limit=1');
      expect(search.body.total).toBe(progress.created);
      await expectSame(progress.created);
    },
    8 * MINUTES,
  );

  it(
    'PostgreSQL stopped and started under load: the platform recovers by itself and keeps what it acknowledged',
    async () => {
      const on = (platform = await start());
      const token = await on.signIn();
      const id = await upload(on, token, multipliedCsv(ROWS / 4));
      const acknowledged: string[] = [];
      let writing = true;
      const writer = (async () => {
        for (let n = 0; writing; n++) {
          const answer = await on
            .call<{ id: string }>('POST', '/openings/job-openings', { token, body: openingForm(n) })
            .catch(() => undefined);
          if (answer?.status === 201) acknowledged.push(answer.body.id);
          else await delay(100);
        }
      })();
      await eventually(async () => (await jobOf(on, token, id)).progress.read > 0, { timeoutMs: MINUTES });
      for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
        await delay(500 + random() * 500);
        process.kill(
          Number.parseInt(readFileSync(join(dataDir, 'postgres/cluster/postmaster.pid'), 'utf8'), 10),
          signal,
        );
        await eventually(async () => (await fetch(`${on.url}/health/ready`)).ok, {
          timeoutMs: MINUTES,
          intervalMs: 100,
        });
      }
      const before = acknowledged.length;
      await eventually(() => acknowledged.length > before, { timeoutMs: MINUTES });
      const { progress, status } = await finished(on, token, id);
      writing = false;
      await writer;
      expect(status).toBe('done');
      expect(progress.created + progress.rejected).toBe(ROWS / 4);
      for (const one of acknowledged) {
        expect((await on.call('GET', `/openings/job-openings/${one}`, { token })).status).toBe(200);
      }
      await eventually(
        async () => (await on.call('POST', '/matching/admin/caught-up', { token })).status === 200,
        {
          timeoutMs: MINUTES,
        },
      );
      const search = await on.call<{ total: number }>('GET', '/matching/openings?limit=1');
      expect(search.body.total).toBe(progress.created);
    },
    8 * MINUTES,
  );
});

function openingForm(n: number): object {
  return {
    title: `Thợ hàn số ${n}`,
    quantity: 1,
    workplaces: [{ provinceCode: '01' }],
    pay: { kind: 'negotiable' },
  };
}
