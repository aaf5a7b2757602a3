import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { jobOpeningTopic } from '#contracts';
import type { LogRecord } from '#events';
import {
  eventually,
  type LocalKafka,
  RunningPlatform,
  startOwnKafka,
  temporaryFolder,
} from '#platform/testing';
import { multipliedCsv } from '../../../bench/openings/openings-csv.js';
import { seeded } from '../../../bench/support/seeded.js';
import { openLog } from '../../../libs/events/test/open-log.mjs';
import { lastVersions, readLog } from '../../../libs/events/test/read-log.js';
import { expectSameOpenings, finished, jobOf, MINUTES, upload } from './import-job.js';

/** IMPORT_ROWS=100000 for the count that the platform is meant to hold. */
const ROWS = Number(process.env.IMPORT_ROWS ?? 20_000);
/** On a machine that does nothing else it takes a tenth of this. */
const PATIENCE_MS = 10 * MINUTES + ROWS * 10;

describe('An import with the event log on three Kafka brokers', () => {
  const random = seeded(jest.getSeed());
  let dataDir: string;
  let kafka: LocalKafka;
  let platform: RunningPlatform | undefined;

  beforeEach(async () => {
    dataDir = await temporaryFolder();
    kafka = await startOwnKafka(3);
    const env = { LOG_LEVEL: 'fatal', EVENTS: 'kafka', KAFKA_BROKERS: kafka.bootstrap };
    platform = await RunningPlatform.start({ args: ['--empty'], dataDir, env });
  }, 10 * MINUTES);
  afterEach(async () => {
    await platform?.stop();
    await kafka.stop();
  }, MINUTES);

  it(
    `of ${ROWS} openings, while one is killed -9 and started again: each opening's last version is in the log and found`,
    async () => {
      const on = platform as RunningPlatform;
      const token = await on.signIn();
      const id = await upload(on, token, multipliedCsv(ROWS));
      const killAt = ROWS * (0.1 + random() * 0.5);
      await eventually(async () => (await jobOf(on, token, id)).progress.read > killAt, {
        ...{ timeoutMs: PATIENCE_MS, intervalMs: 50 },
      });
      const broker = kafka.brokers[Math.floor(random() * 3)];
      await broker?.kill('SIGKILL');
      const { progress: atTheKill } = await jobOf(on, token, id);
      await delay(5_000 + random() * 10_000);
      await broker?.start();
      const { status, failure, progress } = await finished(on, token, id, PATIENCE_MS);
      expect({ status, failure }).toEqual({ status: 'done', failure: null });
      expect(progress.created + progress.rejected).toBe(ROWS);
      await eventually(
        async () => (await on.call('POST', '/matching/admin/caught-up', { token })).status === 200,
        { timeoutMs: PATIENCE_MS },
      );
      const search = await on.call<{ total: number }>('GET', '/matching/openings?limit=1');
      expect(search.body.total).toBe(progress.created);
      await on.stop();
      platform = undefined;

      const driver = await openLog({ kafka: kafka.bootstrap.split(',') });
      const records = await readLog(driver, jobOpeningTopic.name, PATIENCE_MS).finally(() => driver.close());
      lastVersions(records);
      await expectSameOpenings(dataDir, progress.created, () => Promise.resolve(lastFacts(records)));
      console.log(
        `broker ${broker?.id} killed at row ${atTheKill.read} of ${ROWS}: ${progress.created} openings, ${records.length} records in the log`,
      );
    },
    3 * PATIENCE_MS,
  );
});

/** The last state of each opening in the log, as `id v3 published`. */
function lastFacts(records: readonly LogRecord[]): string[] {
  const facts = new Map<string, string>();
  for (const { key, value } of records) {
    const { version, status } = JSON.parse(value ?? '{}') as { version: number; status: string };
    facts.set(key, `${key} v${version} ${status}`);
  }
  return [...facts.values()].sort();
}
