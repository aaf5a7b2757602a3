import { join } from 'node:path';
import { startKafka } from '../../../../deploy/kafka-local/kafka-local.mjs';
import { say } from '../../../../scripts/lib/say.mjs';
import makeRunFolder from './jest-run-folder.mjs';

/**
 * Jest's global setup of the suites that need Kafka: one broker for the run, which ends with Jest's own process.
 * Suites find it by `testBrokers()` and share it: their topics and groups have names of their own.
 */
export default async function startTestKafka() {
  makeRunFolder();
  const { bootstrap } = await startKafka({
    dataDir: join(process.env.NOIVIEC_TEST_RUN_DIR, 'kafka'),
    // The cleaner looks every 15 s by default; the tests of compaction wait for it.
    properties: { 'log.cleaner.backoff.ms': 200 },
  });
  process.env.NOIVIEC_TEST_KAFKA = bootstrap;
  say(
    `the platform of *.cluster.ts searches by ${process.env.MEILI_URL ? 'Meilisearch' : 'PostgreSQL, as MEILI_URL names no Meilisearch server'}`,
  );
}
