import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createTestDatabase, type LocalKafka, startOwnKafka } from '#platform/testing';
import { ItemInstance, migrateItems } from './item-service.js';
import { expectExactlyOnce, ItemWriters } from './item-writers.js';
import { itemTopic, randomOf } from './items.js';
import { describeKills } from './kill.suite.js';
import { openLog } from './open-log.mjs';

let kafka: LocalKafka;
beforeAll(async () => {
  kafka = await startOwnKafka(1);
}, 120_000);
afterAll(() => kafka.stop(), 30_000);

const address = () => ({ kafka: kafka.bootstrap.split(',') });

describeKills('Apache Kafka', {
  log: () => Promise.resolve({ address: address(), drop: () => Promise.resolve() }),
  kills: 50,
  apartMs: 3_000,
});

const JOIN_OR_LEAVE_MS = 5_000;
const CHANGES = 24;

describe('Consumers that join and leave their groups on Apache Kafka', () => {
  it(`lose nothing and do each effect once, with a change every ${JOIN_OR_LEAVE_MS / 1000} s`, async () => {
    const random = randomOf(jest.getSeed());
    const database = await createTestDatabase('items');
    await migrateItems(database.url);
    const topic = itemTopic(6);
    const driver = await openLog(address());
    const nothing = (): Promise<void> => Promise.resolve();
    const writer = await ItemInstance.start(database.url, {
      ...{ driver, topic, consume: false, onEffect: nothing },
    });
    const consumers: { leave(): Promise<void> }[] = [];
    const join = async (): Promise<void> => {
      const own = await openLog(address());
      const onEffect = (): Promise<void> => sleep(random() * 5);
      const options = { driver: own, topic, onEffect, onProjection: onEffect, relay: false };
      const instance = await ItemInstance.start(database.url, options);
      consumers.push({ leave: () => instance.stop().then(() => own.close()) });
    };
    const leave = async (): Promise<void> => {
      const [one] = consumers.splice(Math.floor(random() * consumers.length), 1);
      await one?.leave();
    };
    const writers = new ItemWriters(writer, random);
    try {
      await join();
      for (let n = 0; n < CHANGES; n++) {
        await sleep(JOIN_OR_LEAVE_MS);
        const few = consumers.length === 1;
        await (few || (consumers.length < 4 && random() < 0.5) ? join() : leave());
      }
      const count = await writers.stop();
      expect(count).toBeGreaterThan(CHANGES * 50);
      await writer.settled(60_000);
      for (const kind of ['projection', 'effect'] as const)
        expectExactlyOnce(await writer.handled(kind), count);
      expect(await writer.view()).toEqual(await writer.items());
      expect(await writer.deadLetters.count()).toBe(0);
      const names = new Set((await writer.handled('effect')).map((row) => row.handler));
      console.log(`${CHANGES} joins and leaves, ${names.size} consumers, ${count} events: each handled once`);
    } finally {
      await writers.stop().catch(() => undefined);
      while (consumers.length > 0) await leave();
      await writer.stop();
      await driver.close();
      await database.drop();
    }
  }, 300_000);
});
