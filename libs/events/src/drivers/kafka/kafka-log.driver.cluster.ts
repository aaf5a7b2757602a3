import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import kafkajs from 'kafkajs';
import { eventually, testBrokers } from '#platform/testing';
import { describeDriver, type LogHarness } from '../../../test/driver.suite.js';
import { silent } from '../../../test/item-service.js';
import { readLog } from '../../../test/read-log.js';
import type { EventLogDriver } from '../../driver.js';
import { partitionOf } from '../../partitioner.js';
import { FencedSockets } from './fenced-sockets.js';
import { KafkaLogDriver } from './kafka-log.driver.js';

const brokers = testBrokers();

async function kafkaHarness(): Promise<LogHarness> {
  const sockets = new Map<EventLogDriver, FencedSockets>();
  const make = async (): Promise<KafkaLogDriver> => {
    const own = new FencedSockets();
    const driver = new KafkaLogDriver({
      ...{
        brokers,
        clientId: 'suite',
        logger: silent,
        sessionTimeoutMs: 6_000,
        heartbeatMs: 300,
        sockets: own,
      },
    });
    sockets.set(driver, own);
    await driver.start();
    return driver;
  };
  return {
    driver: make,
    // Its connections end; to the group it is a member until its session runs out.
    die: (driver) => {
      sockets.get(driver)?.cut(new Error('died'));
      return Promise.resolve();
    },
    takeOverMs: 10_000,
    compact: async (topic) => {
      const driver = await make();
      await compactNow(driver, topic);
      await driver.close();
    },
    cutConnections: () => {
      for (const own of sockets.values()) own.drop(new Error('cut'));
      return Promise.resolve();
    },
    stop: () => Promise.resolve(),
  };
}

/** Has the brokers compact everything that is in the topic now, and waits until nothing before it stands twice. */
async function compactNow(driver: KafkaLogDriver, topic: string): Promise<void> {
  const admin = new kafkajs.Kafka({ brokers, logLevel: kafkajs.logLevel.NOTHING }).admin();
  await admin.connect();
  const at = { 'segment.ms': '100', 'min.cleanable.dirty.ratio': '0', 'max.compaction.lag.ms': '100' };
  await admin.alterConfigs({
    validateOnly: false,
    resources: [
      {
        type: kafkajs.ConfigResourceTypes.TOPIC,
        name: topic,
        configEntries: Object.entries({
          'cleanup.policy': 'compact',
          'delete.retention.ms': '86400000',
          ...at,
        }).map(([name, value]) => ({ name, value })),
      },
    ],
  });
  const ends = await driver.ends([topic]);
  await sleep(200);
  // The segment in use is not compacted: these begin new ones.
  await driver.publish(ends.map(({ partition }) => tombstone(topic, partition, ends.length)));
  await eventually(
    async () => {
      const older = (await readLog(driver, topic, 20_000)).filter(
        ({ partition, offset }) => offset < (ends.find((end) => end.partition === partition)?.end ?? 0),
      );
      return new Set(older.map(({ key }) => key)).size === older.length;
    },
    { timeoutMs: 60_000, intervalMs: 1_000 },
  );
  // The settings as they were.
  await driver.ensureTopics([{ name: topic, partitions: ends.length }]);
  await admin.disconnect();
}

function tombstone(topic: string, partition: number, partitions: number) {
  let key = randomUUID();
  while (partitionOf(key, partitions) !== partition) key = randomUUID();
  const eventId = randomUUID();
  const headers = {
    ...{ ce_specversion: '1.0', ce_id: eventId, ce_source: '/suite', ce_type: `vn.${topic}.erased.v1` },
    ce_time: new Date().toISOString(),
  };
  return { topic, key, eventId, headers, value: null };
}

describeDriver('Apache Kafka', kafkaHarness);
