import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { EventLogDriver, HandlerKind } from '#events';
import { createTestDatabase, eventually, type TestDatabase } from '#platform/testing';
import { ItemInstance, migrateItems } from './item-service.js';
import { expectExactlyOnce, ItemWriters } from './item-writers.js';
import { itemTopic, randomOf } from './items.js';
import { KilledProcesses } from './killed-processes.js';
import { type LogAddress, openLog } from './open-log.mjs';

const KINDS: readonly HandlerKind[] = ['projection', 'effect'];

export interface KillOptions {
  /** A log of its own, and what removes it. */
  log(): Promise<{ address: LogAddress; drop(): Promise<void> }>;
  kills: number;
  /** The longest time from one kill to the next (ms): a dead consumer's partitions are to be read again in it. */
  apartMs: number;
}

/** The fault tests of every driver: processes die at any point while events flow. */
export function describeKills(name: string, { log: makeLog, kills, apartMs }: KillOptions): void {
  describe(`Processes that are killed -9 at any point while events flow through ${name}`, () => {
    const random = randomOf(jest.getSeed());
    let database: TestDatabase;
    let log: { address: LogAddress; drop(): Promise<void> };
    let driver: EventLogDriver;
    let parent: ItemInstance;
    let children: KilledProcesses;
    let writers: ItemWriters;

    beforeEach(async () => {
      [database, log] = [await createTestDatabase('items'), await makeLog()];
      await migrateItems(database.url);
      driver = await openLog(log.address);
    }, 120_000);
    afterEach(async () => {
      await writers.stop();
      await children.end();
      await parent.stop();
      await driver.close();
      await database.drop();
      await log.drop();
    }, 60_000);

    const processes = (role: 'consumer' | 'relay', topic: { name: string; partitions: number }) =>
      new KilledProcesses({
        ...{ role, url: database.url, log: log.address, topic: topic.name, partitions: topic.partitions },
      });

    const killAgainAndAgain = async (): Promise<void> => {
      for (let n = 0; n < kills && children.wanted; n++) {
        await sleep(50 + random() * apartMs);
        await children.kill(Math.floor(random() * 2));
        await children.add();
      }
    };

    // A process is there again within a second, on a machine with nothing else to do.
    const timeout = 120_000 + kills * (apartMs + 25_000);

    it(
      'do each effect once, in the order of each key, and lose nothing: consumers',
      async () => {
        const topic = itemTopic(6);
        parent = await ItemInstance.start(database.url, { driver, topic, consume: false });
        children = processes('consumer', topic);
        await Promise.all([children.add(), children.add()]);
        writers = new ItemWriters(parent, random);
        await killAgainAndAgain();
        const count = await writers.stop();
        expect(count).toBeGreaterThan(kills * 20);
        for (const kind of KINDS) {
          await eventually(async () => (await parent.handled(kind)).length >= count, { timeoutMs: 60_000 });
          await sleep(500);
          expectExactlyOnce(await parent.handled(kind), count);
        }
        expect(await parent.deadLetters.count()).toBe(0);
        expect(children.complaints).toEqual([]);
        console.log(`${kills} kills of a consumer, ${count} events: each handled once, in order`);
      },
      timeout,
    );

    it(
      'publish each event, in the order of each key, and each takes effect once: relays',
      async () => {
        const topic = itemTopic(6);
        const onEffect = (): Promise<void> => Promise.resolve();
        parent = await ItemInstance.start(database.url, { driver, topic, onEffect, relay: false });
        children = processes('relay', topic);
        await Promise.all([children.add(), children.add()]);
        writers = new ItemWriters(parent, random);
        await killAgainAndAgain();
        const count = await writers.stop();
        await parent.settled(60_000);
        expectExactlyOnce(await parent.handled('effect'), count);
        expect(await parent.view()).toEqual(await parent.items());
        const ends = await driver.ends([topic.name]);
        const published = ends.reduce((sum, { end }) => sum + end, 0);
        expect(published).toBeGreaterThanOrEqual(count);
        // PostgreSQL refuses an event that it has; Kafka takes it again, and the inbox knows it.
        if (driver.name === 'postgres') {
          expect(published).toBe(count);
          expectExactlyOnce(await parent.handled('projection'), count);
        }
        expect(children.complaints).toEqual([]);
        console.log(
          `${kills} kills of a relay, ${count} events published ${published} times: one effect each`,
        );
      },
      timeout,
    );
  });
}
