import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { EventLogDriver } from '#events';
import { createTestDatabase, type LocalKafka, startOwnKafka, type TestDatabase } from '#platform/testing';
import { ItemInstance, migrateItems, silent } from './item-service.js';
import { expectExactlyOnce, ItemWriters } from './item-writers.js';
import { itemTopic, randomOf } from './items.js';
import { openLog } from './open-log.mjs';
import { lastVersions, readLog } from './read-log.js';

const AWAY_MS = 60_000;
const KILLS = 5;

describe('Kafka under writes', () => {
  let random = randomOf(jest.getSeed());
  let kafka: LocalKafka;
  let database: TestDatabase;
  let driver: EventLogDriver;
  let service: ItemInstance;
  let writers: ItemWriters;
  /** What the relay said. */
  let interruptions: string[];
  const topic = itemTopic(6);

  const start = async (brokers: 1 | 3): Promise<void> => {
    random = randomOf(jest.getSeed());
    kafka = await startOwnKafka(brokers);
    database = await createTestDatabase('items');
    await migrateItems(database.url);
    driver = await openLog({ kafka: kafka.bootstrap.split(',') });
    const onEffect = (): Promise<void> => Promise.resolve();
    interruptions = [];
    const warn = (context: object, message: string): void => {
      interruptions.push(`${message}: ${String((context as { err?: Error }).err)}`);
    };
    const logger = { ...silent, warn };
    service = await ItemInstance.start(database.url, { driver, topic, onEffect, logger });
    writers = new ItemWriters(service, random);
  };
  afterEach(async () => {
    await writers.stop().catch(() => undefined);
    await service.stop();
    await driver.close();
    await database.drop();
    await kafka.stop();
  }, 60_000);

  /** Every accepted write has its event in the log, in order, handled, and took effect once. */
  const expectAllDelivered = async (count: number): Promise<void> => {
    await service.settled(120_000);
    expectExactlyOnce(await service.handled('effect'), count);
    const items = await service.items();
    expect(await service.view()).toEqual(items);
    console.log(`interruptions of the relay: ${interruptions.join('; ') || 'none'}`);
    const logged = lastVersions(await readLog(driver, topic.name));
    expect(logged).toEqual(new Map(items.map(({ id, version }) => [id, version])));
    expect(await service.deadLetters.count()).toBe(0);
  };

  it(
    `a broker that is away for ${AWAY_MS / 1000} s: every write is accepted, and delivered after, in order per key`,
    async () => {
      await start(1);
      await sleep(3_000);
      const [broker] = kafka.brokers;
      await broker?.stop();
      const before = writers.accepted;
      await sleep(AWAY_MS);
      const during = writers.accepted - before;
      const { events: waiting } = await service.relay.backlog();
      expect(during).toBeGreaterThan(AWAY_MS / 100);
      expect(waiting).toBeGreaterThanOrEqual(during);
      await broker?.start();
      await sleep(3_000);
      const count = await writers.stop();
      await expectAllDelivered(count);
      console.log(`${during} of ${count} events written while the broker was away: all delivered`);
    },
    6 * 60_000,
  );

  it(
    `one of three brokers killed -9 and started again, ${KILLS} times: nothing is lost, doubled or out of order`,
    async () => {
      await start(3);
      for (let kill = 0; kill < KILLS; kill++) {
        await sleep(1_000 + random() * 3_000);
        const broker = kafka.brokers[Math.floor(random() * 3)];
        await broker?.kill('SIGKILL');
        await sleep(random() * 10_000);
        await broker?.start();
      }
      await sleep(2_000);
      const count = await writers.stop();
      await expectAllDelivered(count);
      console.log(`${KILLS} kills of a broker, ${count} events: each in the log and handled once`);
    },
    // The most of it is for brokers that start slowly on a busy machine.
    25 * 60_000,
  );
});
