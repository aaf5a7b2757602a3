// Opens the event log of a fault test: in the test itself, on the sources, and in its processes, on the build.
import { createKafkaLog, PostgresLogDriver } from '#events';

const logger = { debug() {}, info() {}, warn() {}, error() {} };

/** See open-log.d.mts. The dead are found dead quickly, so that a test with many deaths ends. */
export async function openLog(address) {
  const driver =
    'kafka' in address
      ? await createKafkaLog({
          ...{
            brokers: address.kafka,
            clientId: 'faults',
            logger,
            sessionTimeoutMs: 1_500,
            heartbeatMs: 300,
          },
        })
      : new PostgresLogDriver({ url: address.postgres, logger, poolSize: 4, leaseMs: 1_000, pollMs: 20 });
  await driver.start();
  return driver;
}
