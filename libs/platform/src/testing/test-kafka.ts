import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { type LocalKafka, startKafka } from '#kafka-local';

export type { LocalKafka };

/** `host:port` of the broker that all suites on Kafka (`*.cluster.ts`) of this Jest run share. */
export function testBrokers(): string[] {
  const brokers = process.env.NOIVIEC_TEST_KAFKA;
  if (!brokers) throw new Error('Test brokers need Jest with the globalSetup of jest.cluster.config.js.');
  return brokers.split(',');
}

/**
 * Brokers of its own for a test that stops or kills them; a dead consumer may be found dead after one second.
 * They end with the run at the latest.
 */
export function startOwnKafka(brokers: 1 | 3): Promise<LocalKafka> {
  const folder = process.env.NOIVIEC_TEST_RUN_DIR;
  if (!folder) throw new Error('Own brokers need Jest with the globalSetup of jest.base.js.');
  return startKafka({
    brokers,
    dataDir: mkdtempSync(join(folder, 'kafka-')),
    properties: { 'group.min.session.timeout.ms': 1_000 },
  });
}
