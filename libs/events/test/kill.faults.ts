import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { PostgresLogDriver } from '#events';
import { createTestDatabase, eventually, type TestDatabase } from '#platform/testing';
import { type HandledRow, ItemInstance, migrateItems, silent } from './item-service.js';
import { itemTopic, randomOf, uuidOf } from './items.js';
import { KilledProcesses } from './killed-processes.js';

const KILLS = 20;
const KEYS = 40;

describe('Processes that are killed -9 at any point while events flow', () => {
  const random = randomOf(jest.getSeed());
  let database: TestDatabase;
  let log: TestDatabase;
  let driver: PostgresLogDriver;
  let parent: ItemInstance;
  let children: KilledProcesses;
  let writing = false;

  beforeEach(async () => {
    [database, log] = [await createTestDatabase('items'), await createTestDatabase('event_log')];
    await migrateItems(database.url);
    driver = new PostgresLogDriver({ url: log.url, logger: silent, leaseMs: 1_000, pollMs: 20 });
    await driver.start();
  });
  afterEach(async () => {
    writing = false;
    await children.end();
    await parent.stop();
    await driver.close();
    await database.drop();
    await log.drop();
  });

  const processes = (role: 'consumer' | 'relay', topic: { name: string; partitions: number }) =>
    new KilledProcesses({
      ...{ role, url: database.url, logUrl: log.url, topic: topic.name, partitions: topic.partitions },
    });

  /** Writes versions of 40 items by four writers until told to stop. */
  const write = (): Promise<unknown> => {
    const keys = Array.from({ length: KEYS }, () => uuidOf(random));
    writing = true;
    return Promise.all(
      [0, 1, 2, 3].map(async (writer) => {
        while (writing) {
          await parent.write(keys[Math.floor(random() * KEYS)] ?? '', `by ${writer}`);
          await sleep(random() * 25);
        }
      }),
    );
  };

  const killAgainAndAgain = async (): Promise<void> => {
    for (let n = 0; n < KILLS; n++) {
      await sleep(50 + random() * 500);
      await children.kill(Math.floor(random() * 2));
      await children.add();
    }
  };

  const events = async (): Promise<number> => {
    const [row] = await parent.dataSource.query<{ n: number }[]>('SELECT sum(version)::int AS n FROM item');
    return row?.n ?? 0;
  };

  /** Each event once, and per key in the order of its versions, without a gap. */
  const expectExactlyOnce = (rows: HandledRow[], count: number): void => {
    expect(new Set(rows.map((row) => row.event_id)).size).toBe(rows.length);
    expect(rows.length).toBe(count);
    const last = new Map<string, number>();
    for (const { key, version } of rows) {
      expect([key, version]).toEqual([key, (last.get(key) ?? 0) + 1]);
      last.set(key, version ?? 0);
    }
  };

  it('do each effect once, in the order of each key, and lose nothing: consumers', async () => {
    const topic = itemTopic(6);
    parent = await ItemInstance.start(database.url, { driver, topic, consume: false });
    children = processes('consumer', topic);
    await Promise.all([children.add(), children.add()]);
    const writers = write();
    await killAgainAndAgain();
    writing = false;
    await writers;
    const count = await events();
    expect(count).toBeGreaterThan(KILLS * 20);
    for (const kind of ['projection', 'effect'] as const) {
      await eventually(async () => (await parent.handled(kind)).length >= count, { timeoutMs: 60_000 });
      await sleep(500);
      expectExactlyOnce(await parent.handled(kind), count);
    }
    expect(await parent.deadLetters.count()).toBe(0);
    expect(children.complaints).toEqual([]);
    console.log(`${KILLS} kills of a consumer, ${count} events: each handled once, in order`);
  });

  it('publish each event once, in the order of each key, and lose nothing: relays', async () => {
    const topic = itemTopic(6);
    const onEffect = (): Promise<void> => Promise.resolve();
    parent = await ItemInstance.start(database.url, { driver, topic, onEffect, relay: false });
    children = processes('relay', topic);
    await Promise.all([children.add(), children.add()]);
    const writers = write();
    await killAgainAndAgain();
    writing = false;
    await writers;
    const count = await events();
    await parent.settled(60_000);
    const ends = await driver.ends([topic.name]);
    expect(ends.reduce((sum, { end }) => sum + end, 0)).toBe(count);
    for (const kind of ['projection', 'effect'] as const)
      expectExactlyOnce(await parent.handled(kind), count);
    expect(await parent.view()).toEqual(await parent.items());
    expect(children.complaints).toEqual([]);
    console.log(`${KILLS} kills of a relay, ${count} events: each published once, in order`);
  });
});
