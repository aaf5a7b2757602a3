import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import kafkajs, { type Kafka } from 'kafkajs';
import { createKafkaLog, type EventLogDriver } from '#events';
import { findKafka, startKafka } from '#kafka-local';
import { logger } from './bench-server.js';

export interface BenchKafka {
  /** A started driver; closed at the end. */
  log(): Promise<EventLogDriver>;
  /** `host:port` of its broker. */
  bootstrap: string;
  /** kafkajs itself: the other side of the ratios. */
  raw: Kafka;
}

/** Sizes and limits of a raw send: kafkajs's own best practice, with the durability that the driver has. */
export const RAW_PRODUCER = { idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false };

/**
 * Runs `work` with a broker of its own and removes it. Where Kafka is not installed, one line says that `what` was
 * not measured.
 */
export async function withKafka(what: string, work: (kafka: BenchKafka) => Promise<void>): Promise<void> {
  if (!findKafka(what)) return;
  const dataDir = mkdtempSync(join(tmpdir(), 'noi-viec-bench-kafka-'));
  const kafka = await startKafka({ dataDir });
  const brokers = kafka.bootstrap.split(',');
  const drivers: EventLogDriver[] = [];
  try {
    await work({
      bootstrap: kafka.bootstrap,
      raw: new kafkajs.Kafka({ brokers, clientId: 'raw', logLevel: kafkajs.logLevel.NOTHING }),
      log: async () => {
        const driver = await createKafkaLog({ brokers, clientId: 'bench', logger });
        drivers.push(driver);
        await driver.start();
        return driver;
      },
    });
  } finally {
    for (const driver of drivers) await driver.close();
    await kafka.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
