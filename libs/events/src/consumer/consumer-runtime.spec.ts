import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createTestDatabase, eventually, type TestDatabase } from '#platform/testing';
import { type InstanceOptions, ItemInstance, migrateItems, silent } from '../../test/item-service.js';
import { itemTopic } from '../../test/items.js';
import type { EventLogDriver } from '../driver.js';
import { PostgresLogDriver } from '../drivers/postgres/postgres-log.driver.js';
import { partitionOf } from '../partitioner.js';
import { loadPosition } from './positions.js';
import type { RebuildTarget } from './rebuild.js';

describe('The consumers of a service', () => {
  const topic = itemTopic(1);
  let database: TestDatabase;
  let log: TestDatabase;
  let driver: PostgresLogDriver;
  let service: ItemInstance | undefined;

  beforeEach(async () => {
    [database, log] = [await createTestDatabase('items'), await createTestDatabase('event_log')];
    await migrateItems(database.url);
    driver = new PostgresLogDriver({ url: log.url, logger: silent, pollMs: 20 });
    await driver.start();
  });
  afterEach(async () => {
    await service?.stop();
    await driver.close();
    await database.drop();
    await log.drop();
  });

  const start = async (options: Partial<InstanceOptions> & { consume?: boolean } = {}) =>
    (service = await ItemInstance.start(database.url, { driver, topic, ...options }));
  const target = (): RebuildTarget => ({
    schema: 'rebuilt',
    prepare: async () => {
      await service?.dataSource.query(
        'DROP SCHEMA IF EXISTS rebuilt CASCADE; CREATE SCHEMA rebuilt; CREATE TABLE rebuilt.item_view (LIKE item_view INCLUDING ALL)',
      );
    },
    swap: async (tx) => {
      await tx.query('DROP TABLE item_view; ALTER TABLE rebuilt.item_view SET SCHEMA public');
    },
  });

  it('start without the log and follow when it is there', async () => {
    let away = true;
    const messages: string[] = [];
    const flaky = Object.create(driver, {
      subscribe: {
        value: (...args: Parameters<EventLogDriver['subscribe']>) =>
          away ? Promise.reject(new Error('no broker')) : driver.subscribe(...args),
      },
    }) as EventLogDriver;
    const logger = { ...silent, error: (_: object, message: string) => messages.push(message) };
    await start({ driver: flaky, logger });
    expect(messages[0]).toContain('cannot be reached');
    await service!.write(randomUUID(), 'x');
    away = false;
    await eventually(async () => (await service!.view()).length === 1);
  });

  it('stop while they still look for the log', async () => {
    const never = Object.create(driver, {
      subscribe: { value: () => Promise.reject(new Error('no broker')) },
    }) as EventLogDriver;
    const began = Date.now();
    await start({ driver: never });
    await service!.stop();
    service = undefined;
    expect(Date.now() - began).toBeLessThan(2_000);
  });

  it('tell how far they are behind', async () => {
    await start({ consume: false, onEffect: async () => {} });
    for (let n = 0; n < 3; n++) await service!.write(randomUUID(), 'x');
    await eventually(async () => (await service!.relay.backlog()).events === 0);
    expect(await service!.runtime.lag()).toEqual([
      { group: 'items', topic: topic.name, partition: 0, position: 0, lag: 3, state: 'in-log' },
      { group: 'items.effects', topic: topic.name, partition: 0, position: 0, lag: 3, state: 'in-log' },
    ]);
    await expect(service!.runtime.caughtUp(50)).rejects.toThrow('items did not catch up in time');
    await service!.runtime.start();
    await service!.runtime.caughtUp();
    expect((await service!.runtime.lag()).map(({ lag }) => lag)).toEqual([0, 0]);
  });

  it('catch up over a tail of tombstones that compaction has removed', async () => {
    await start({ consume: false });
    for (let n = 0; n < 3; n++) {
      const id = randomUUID();
      await service!.write(id, 'x');
      await service!.write(id, null);
    }
    await eventually(async () => (await service!.relay.backlog()).events === 0);
    await service!.dataSource.query('SELECT 1');
    const old = new PostgresLogDriver({ url: log.url, logger: silent, compactAfterMs: -40 * 86_400_000 });
    expect(await old.compact()).toBe(6);
    await old.close();
    await service!.runtime.start();
    await service!.runtime.caughtUp();
    expect(await loadPosition(service!.dataSource, 'items', topic.name, 0)).toBe(6);
    await service!.write(randomUUID(), 'goes on');
    await eventually(async () => (await service!.view()).length === 1);
  });

  it('give up a rebuild in which nothing moves, say where, and leave the read model as it was', async () => {
    let stuck = false;
    await start({
      rebuildStuckAfterMs: 2_000,
      onProjection: async (_, tx) => {
        const [row] = await tx.query<{ path: string }[]>(`SELECT current_setting('search_path') AS path`);
        if (stuck && row?.path.includes('rebuilt')) throw Object.assign(new Error('away'), { code: '57P03' });
      },
    });
    const id = randomUUID();
    await service!.write(id, 'x');
    await service!.settled();
    stuck = true;
    await expect(service!.runtime.rebuild(target())).rejects.toThrow(
      `1 are left in ${topic.name}/0; the read model is as it was`,
    );
    expect(await service!.view()).toHaveLength(1);
    stuck = false;
    expect(await service!.runtime.rebuild(target())).toMatchObject({ events: 1 });
    const groups = await service!.dataSource.query('SELECT DISTINCT group_id FROM consumer_position');
    expect(groups).toEqual([{ group_id: 'items' }]);
  });

  it('lose no event that is the first of its partition and comes in the middle of a swap', async () => {
    const wide = itemTopic(2);
    const keyIn = (partition: number): string => {
      for (;;) {
        const id = randomUUID();
        if (partitionOf(id, 2) === partition) return id;
      }
    };
    await start({ topic: wide });
    await service!.write(keyIn(0), 'before');
    await service!.settled();
    const first = keyIn(1);
    const usual = target();
    await service!.runtime.rebuild({
      ...usual,
      swap: async (tx) => {
        await service!.write(first, 'in the middle');
        await sleep(300);
        await usual.swap(tx);
      },
    });
    await service!.settled();
    expect((await service!.view()).map(({ id }) => id)).toContain(first);
  });

  describe('when the log was lost and is a new one', () => {
    beforeEach(async () => {
      await start({ onEffect: async () => {} });
      for (let n = 0; n < 5; n++) await service!.write(randomUUID(), 'old');
      await service!.settled();
      await service!.stop();
      await driver.close();
      await log.drop();
      log = await createTestDatabase('event_log');
      driver = new PostgresLogDriver({ url: log.url, logger: silent, pollMs: 20 });
      await driver.start();
      await start({ onEffect: async () => {} });
    });
    /** What the owner says again: all items but this many. */
    const saidAgain = async (without = 0): Promise<void> => {
      for (const { id } of (await service!.items()).slice(without)) await service!.write(id, 'again');
      await eventually(async () => (await service!.relay.backlog()).events === 0);
    };
    const lost = `items has read beyond the end of ${topic.name}/0`;

    it('say so, and refuse a rebuild, which would lose what that log lacks', async () => {
      expect(await service!.runtime.lag()).toMatchObject([
        { group: 'items', position: 5, lag: 0, state: 'beyond-end' },
        { group: 'items.effects', position: 5, lag: 0, state: 'beyond-end' },
      ]);
      await expect(service!.runtime.caughtUp()).rejects.toThrow(lost);
      await saidAgain(2);
      await expect(service!.runtime.rebuild(target())).rejects.toThrow(lost);
      expect(await service!.view()).toHaveLength(5);
    });

    it('read it from its start once their owners have said all again, and a rebuild has everything', async () => {
      await saidAgain(1);
      expect(await service!.runtime.readAnew(['another.topic'])).toBe(0);
      await expect(service!.runtime.rebuild(target())).rejects.toThrow(lost);
      // Read on so far that the fifth event does not bring it back into the log.
      await service!.dataSource.query('UPDATE consumer_position SET next_offset = 100');
      await service!.write((await service!.items())[0]!.id, 'again, too');
      expect(await service!.runtime.readAnew([topic.name])).toBe(2);
      await service!.settled();
      expect(await service!.view()).toEqual(await service!.items());
      expect(await service!.runtime.rebuild(target())).toMatchObject({ events: 5 });
      expect(await service!.view()).toEqual(await service!.items());
      expect(await service!.runtime.lag()).toMatchObject([
        { position: 5, state: 'in-log' },
        { position: 5, state: 'in-log' },
      ]);
      await service!.runtime.caughtUp();
    });

    it('find their place again by a rebuild that is forced, with what that log has', async () => {
      await saidAgain(4);
      expect(await service!.runtime.rebuild(target(), { force: true })).toMatchObject({ events: 1 });
      expect(await service!.view()).toMatchObject([{ label: 'again' }]);
      expect(await loadPosition(service!.dataSource, 'items', topic.name, 0)).toBe(1);
      const [{ id = '' } = {}] = await service!.view();
      await service!.write(id, 'goes on');
      await eventually(async () => (await service!.view())[0]?.label === 'goes on');
    });
  });

  it('refuse a second rebuild beside a running one, from any instance', async () => {
    await start();
    await service!.write(randomUUID(), 'x');
    await service!.settled();
    let second: unknown;
    const running = target();
    await service!.runtime.rebuild({
      ...running,
      prepare: async () => {
        await running.prepare();
        second = await service!.runtime.rebuild(target()).catch((error: unknown) => error);
      },
    });
    expect(second).toMatchObject({
      name: 'RebuildError',
      message: 'a rebuild of items is already running',
    });
  });

  it('show what a rebuild could not handle as dead letters of the live projection', async () => {
    let broken = false;
    await start({
      onProjection: async (events) => {
        await Promise.resolve();
        if (broken && events.some((event) => event.state?.label === 'poison')) throw new Error('poison');
      },
    });
    for (const label of ['a', 'poison', 'b']) await service!.write(randomUUID(), label);
    await service!.settled();
    broken = true;
    await service!.runtime.rebuild(target());
    expect(await service!.view()).toHaveLength(2);
    const [letter] = await service!.deadLetters.list();
    expect(letter).toMatchObject({ group: 'items', offset: 1 });
    broken = false;
    await service!.runtime.replay(letter!.id);
    expect(await service!.view()).toEqual(await service!.items());
  });
});
