import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { TopicDefinition } from '#contracts';
import { type EventLogDriver, type LogRecord, type OutgoingRecord, partitionOf } from '#events';
import { createTestDatabase, eventually, type TestDatabase, testServerUrl } from '#platform/testing';
import { encodeEvent } from '../src/event.js';
import { type Handle, type InstanceOptions, ItemInstance, migrateItems } from './item-service.js';
import { type Item, itemTopic } from './items.js';

/** What a driver's spec brings: the same suite runs over every event log. */
export interface LogHarness {
  /** A started driver with connections of its own, as another process would have it. The suite closes it. */
  driver(): Promise<EventLogDriver>;
  /** Ends a driver's consumers as a crash would: without a word to the log. */
  die(driver: EventLogDriver): Promise<void>;
  /** How long at most until the partitions of a member that died are read by others (ms). */
  takeOverMs: number;
  /** Has the log compact itself now, as if every record were old enough; resolves when it is done. */
  compact(topic: string): Promise<void>;
  /** Opens a transaction in the log's own store that stays open until the returned function is called. */
  longTransaction?(): Promise<() => Promise<void>>;
  /** Cuts every connection to the log, as a restart of it would. */
  cutConnections?(): Promise<void>;
  stop(): Promise<void>;
}

const WAIT = { timeoutMs: 20_000 };

/** Every promise that the platform makes about its event log, over any driver. */
export function describeDriver(name: string, makeHarness: () => Promise<LogHarness>): void {
  describe(`The event log on ${name}`, () => {
    let harness: LogHarness;
    let database: TestDatabase;
    let topic: TopicDefinition<Item>;
    /** Groups are of one test, too: a member that died in one holds up no other. */
    let group: string;
    let instances: ItemInstance[] = [];
    let drivers: EventLogDriver[] = [];

    beforeAll(async () => {
      harness = await makeHarness();
    }, 120_000);
    afterAll(() => harness.stop());
    beforeEach(async () => {
      database = await createTestDatabase('items');
      await migrateItems(database.url);
      topic = itemTopic();
      group = `items-${randomUUID().slice(0, 8)}`;
    });
    afterEach(async () => {
      await Promise.all(instances.map((instance) => instance.stop()));
      await Promise.all(drivers.map((driver) => driver.close().catch(() => undefined)));
      [instances, drivers] = [[], []];
      await database.drop();
    });

    const newDriver = async (): Promise<EventLogDriver> => {
      const driver = await harness.driver();
      drivers.push(driver);
      return driver;
    };
    const start = async (
      options: Partial<InstanceOptions> & { consume?: boolean } = {},
      url = database.url,
    ): Promise<ItemInstance> => {
      const driver = options.driver ?? (await newDriver());
      const instance = await ItemInstance.start(url, { topic, service: group, ...options, driver });
      instances.push(instance);
      return instance;
    };
    const ids = (n: number): string[] => Array.from({ length: n }, () => randomUUID());
    /** A key of each of the first `n` partitions. */
    const keyIn = (partition: number): string => {
      for (;;) {
        const id = randomUUID();
        if (partitionOf(id, topic.partitions) === partition) return id;
      }
    };
    const nothing: Handle = async () => {};
    /** Versions per key never go down and none is left out; returns how many events there were. */
    const expectOrder = (rows: readonly { key: string; version: number | null }[]): void => {
      const last = new Map<string, number>();
      for (const { key, version } of rows) {
        expect(version).toBe((last.get(key) ?? 0) + 1);
        last.set(key, version ?? 0);
      }
    };
    const outgoing = (state: Item, happening = 'made'): OutgoingRecord =>
      encodeEvent({ topic, happening, key: state.id, state }, {});
    const raw = (key: string, value: string | null, headers: Record<string, string> = {}): OutgoingRecord => {
      const record = outgoing({ id: key, version: 1, label: '' });
      return { ...record, headers: { ...record.headers, ...headers }, value };
    };

    it('delivers what was written, in the order of each key, to the projection and the effect', async () => {
      const service = await start({ onEffect: nothing });
      const keys = ids(12);
      for (let round = 0; round < 8; round++) {
        await Promise.all(keys.map((id) => service.write(id, `round ${round}`)));
      }
      await eventually(async () => (await service.handled('effect')).length === 96, WAIT);
      await eventually(async () => (await service.handled('projection')).length === 96, WAIT);
      expectOrder(await service.handled('projection'));
      expectOrder(await service.handled('effect'));
      expect(await service.view()).toEqual(await service.items());
    });

    it('shows nothing before the commit and nothing after a rollback', async () => {
      const service = await start();
      const [kept = '', dropped = '', later = ''] = ids(3);
      const runner = service.dataSource.createQueryRunner();
      await runner.startTransaction();
      await service.writeIn(runner.manager, kept, 'not yet');
      await expect(
        service.outbox.transaction(async (tx) => {
          await service.writeIn(tx, dropped, 'never');
          throw new Error('refused');
        }),
      ).rejects.toThrow('refused');
      await service.write(later, 'now');
      await eventually(async () => (await service.view()).length === 1, WAIT);
      await sleep(200);
      expect((await service.view()).map(({ id }) => id)).toEqual([later]);
      await runner.commitTransaction();
      await runner.release();
      await eventually(async () => (await service.view()).length === 2, WAIT);
      expect((await service.view()).map(({ id }) => id).sort()).toEqual([kept, later].sort());
    });

    it('does not lose a row that is committed after younger ones have been published', async () => {
      const service = await start();
      const [late = '', ...others] = ids(21);
      const runner = service.dataSource.createQueryRunner();
      await runner.startTransaction();
      await service.writeIn(runner.manager, late, 'late');
      for (const id of others) await service.write(id, 'early');
      await eventually(async () => (await service.view()).length === 20, WAIT);
      await runner.commitTransaction();
      await runner.release();
      await eventually(async () => (await service.view()).length === 21, WAIT);
    });

    it('does not stall while a transaction elsewhere stays open', async () => {
      const elsewhere = new pg.Client({ connectionString: await testServerUrl() });
      await elsewhere.connect();
      await elsewhere.query('BEGIN; CREATE TEMP TABLE open_work (x int); INSERT INTO open_work VALUES (1)');
      const inLog = await harness.longTransaction?.();
      const service = await start();
      const here = service.dataSource.createQueryRunner();
      await here.startTransaction('REPEATABLE READ');
      await here.query(`INSERT INTO item VALUES ('${randomUUID()}', 1, 'of an open transaction')`);
      for (const id of ids(10)) await service.write(id, 'goes on');
      await eventually(async () => (await service.view()).length === 10, { timeoutMs: 5_000 });
      await here.rollbackTransaction();
      await here.release();
      await inLog?.();
      await elsewhere.end();
    });

    it('does an effect once although the same events are delivered and published again', async () => {
      let failures = 2;
      const service = await start({
        onEffect: async (events, tx) => {
          await tx.query('SELECT 1');
          if (failures-- > 0) throw Object.assign(new Error('mail server away'), { code: 'ECONNREFUSED' });
        },
      });
      const driver = await newDriver();
      const records = ids(5).map((id) => outgoing({ id, version: 1, label: 'x' }));
      await driver.publish(records);
      await driver.publish([...records, ...records.slice(0, 2)]);
      await service.settled();
      await eventually(async () => (await service.handled('effect')).length === 5, WAIT);
      const mailed = await service.handled('effect');
      expect(new Set(mailed.map((row) => row.event_id)).size).toBe(5);
      expect(await service.deadLetters.count()).toBe(0);
      expect(failures).toBeLessThan(0);
    });

    it('lets two consumers of a group share the work, and one take over what the other leaves', async () => {
      const one = await start({ onEffect: nothing });
      for (const id of ids(30)) await one.write(id, 'alone');
      await one.settled();
      const two = await start({ onEffect: nothing });
      await eventually(
        async () => {
          for (const id of ids(6)) await one.write(id, 'shared');
          await one.settled();
          const workers = new Set((await one.handled('effect')).slice(-6).map((row) => row.handler));
          return workers.size === 2;
        },
        { timeoutMs: 30_000 },
      );
      instances = instances.filter((instance) => instance !== two);
      await two.stop();
      for (const id of ids(30)) await one.write(id, 'alone again');
      await one.settled();
      const [mails, items] = [await one.handled('effect'), await one.items()];
      expect(mails.length).toBe(items.length);
      expect(new Set(mails.map((row) => row.event_id)).size).toBe(items.length);
      expect(await one.view()).toEqual(items);
    }, 60_000);

    it('gives the partitions of a member that died without a word to the others', async () => {
      const dying = await newDriver();
      const dead = await start({ driver: dying, onEffect: nothing, relay: false });
      const alive = await start({ onEffect: nothing });
      await eventually(
        async () => {
          for (const id of ids(6)) await alive.write(id, 'shared');
          await alive.settled();
          return new Set((await alive.handled('effect')).slice(-6).map((row) => row.handler)).size === 2;
        },
        { timeoutMs: 30_000 },
      );
      await harness.die(dying);
      instances = instances.filter((instance) => instance !== dead);
      for (const id of ids(30)) await alive.write(id, 'after the death');
      await alive.settled(harness.takeOverMs + 20_000);
      const mails = await alive.handled('effect');
      expect(mails.length).toBe((await alive.items()).length);
      expect(new Set(mails.map((row) => row.event_id)).size).toBe(mails.length);
      await dead.stop();
    }, 90_000);

    it('lets a new group read from the start', async () => {
      const first = await start();
      for (const id of ids(20)) await first.write(id, 'old');
      await first.settled();
      const other = await createTestDatabase('other');
      await migrateItems(other.url);
      const newcomer = await start({ service: `${group}-newcomer` }, other.url);
      await eventually(async () => (await newcomer.view()).length === 20, WAIT);
      expect(await newcomer.view()).toEqual(await first.items());
      await newcomer.stop();
      instances = [first];
      await other.drop();
    });

    it('puts a message that cannot be handled into the dead letters, goes on, and replays it later', async () => {
      let broken = true;
      const batches: number[] = [];
      const service = await start({
        consume: false,
        onProjection: async (events) => {
          batches.push(events.length);
          await sleep(0);
          if (broken && events.some((event) => event.state?.label === 'poison')) {
            throw new TypeError('cannot read the label');
          }
        },
      });
      const all = Array.from({ length: 40 }, () => keyIn(1));
      for (const [n, id] of all.entries()) await service.write(id, n === 17 ? 'poison' : 'wholesome');
      await service.runtime.start();
      await service.settled();
      expect((await service.view()).length).toBe(39);
      expect(await service.deadLetters.count()).toBe(1);
      const [letter] = await service.deadLetters.list();
      expect(letter).toMatchObject({
        group,
        topic: topic.name,
        partition: 1,
        key: all[17],
        cause: 'TypeError: cannot read the label',
      });
      expect(letter?.offset).toBeGreaterThanOrEqual(17);
      expect(batches.length).toBeLessThan(40);
      await expect(service.runtime.replay(letter?.id ?? '')).rejects.toThrow('cannot read the label');
      broken = false;
      expect(await service.runtime.replay(letter?.id ?? '')).toBe(true);
      expect(await service.runtime.replay(letter?.id ?? '')).toBe(false);
      expect(await service.view()).toEqual(await service.items());
      expect(await service.deadLetters.count()).toBe(0);
    });

    it('keeps a poison effect from holding up the projections', async () => {
      const service = await start({
        onEffect: async (events) => {
          await sleep(0);
          if (events.some((event) => event.state?.label === 'poison')) throw new Error('cannot mail');
        },
      });
      for (const [n, id] of ids(9).entries()) await service.write(id, n === 4 ? 'poison' : 'wholesome');
      await service.settled();
      expect((await service.view()).length).toBe(9);
      expect((await service.handled('effect')).length).toBe(8);
      const letters = await service.deadLetters.list();
      expect(letters.map((letter) => letter.group)).toEqual([`${group}.effects`]);
    });

    it('puts malformed events into the dead letters with what is wrong, and the rest flows', async () => {
      const service = await start({ onEffect: nothing });
      const driver = await newDriver();
      const key = (): string => keyIn(0);
      const state = (id: string, more: object = {}): string =>
        JSON.stringify({ id, version: 1, label: 'x', ...more });
      const [a, b, c, d, e, f] = [key(), key(), key(), key(), key(), key()];
      await driver.publish([
        raw(key(), 'no JSON'),
        raw(a, state(a, { version: 0 })),
        raw(b, state(randomUUID())),
        raw(c, state(c), { ce_id: 'no-uuid' }),
        raw(d, state(d), { ce_type: 'vn.other.thing.made.v1' }),
        raw(e, state(e), { ce_specversion: '0.3' }),
        raw(f, state(f), { ce_type: `vn.${topic.name}.come-later.v1` }),
        outgoing({ id: key(), version: 1, label: 'good' }),
      ]);
      await service.settled();
      const causes = (await service.deadLetters.list('0', 100))
        .filter((letter) => letter.group === group)
        .map(({ cause }) => cause);
      expect(causes).toEqual([
        expect.stringContaining('not JSON'),
        expect.stringContaining('version'),
        expect.stringContaining('is not the key'),
        expect.stringContaining('not a UUID'),
        expect.stringContaining('is no event of'),
        expect.stringContaining('0.3 is not 1.0'),
      ]);
      expect((await service.view()).map(({ label }) => label).sort()).toEqual(['good', 'x']);
      expect(await service.deadLetters.count()).toBe(12);
    });

    it('is not held up by one slow partition', async () => {
      const slow = keyIn(0);
      let release: () => void = () => {};
      const held = new Promise<void>((resolve) => (release = resolve));
      const service = await start({
        onProjection: async (events) => {
          if (events.some(({ key }) => key === slow)) await held;
        },
      });
      await service.write(slow, 'slow');
      const quick = [keyIn(1), keyIn(2)];
      for (let round = 1; round <= 3; round++) {
        for (const id of quick) await service.write(id, `round ${round}`);
        await eventually(async () => (await service.view()).every((row) => row.version === round), WAIT);
      }
      release();
      await eventually(async () => (await service.view()).length === 3, WAIT);
    });

    it('keeps the last state of each key when compacted, and a new group reads just that', async () => {
      const service = await start();
      const keys = ids(10);
      for (let round = 1; round <= 5; round++) {
        for (const id of keys) await service.write(id, `round ${round}`);
      }
      await service.settled();
      await harness.compact(topic.name);
      const read = await readAll(topic.name);
      for (const id of keys) {
        const own = read.filter((record) => record.key === id);
        expect(JSON.parse(own.at(-1)?.value ?? '')).toEqual({ id, version: 5, label: 'round 5' });
      }
      expect(read.length).toBeLessThan(50);
      await service.write(keys[0] ?? '', 'goes on');
      await service.settled();
      expect(await service.view()).toEqual(await service.items());
    }, 120_000);

    it('erases by a tombstone, also for who comes later, and no replay brings the erased back', async () => {
      let broken = true;
      const service = await start({
        onProjection: async (events) => {
          await sleep(0);
          if (broken && events.some((event) => event.state?.label === 'poison')) throw new Error('poison');
        },
      });
      const [erased = '', kept = ''] = ids(2);
      await service.write(erased, 'to be erased');
      await service.write(erased, 'poison');
      await service.write(kept, 'kept');
      await service.settled();
      const [letter] = await service.deadLetters.list();
      await service.write(erased, null);
      await eventually(async () => (await service.view()).length === 1, WAIT);
      await service.settled();
      broken = false;
      expect(await service.runtime.replay(letter?.id ?? '')).toBe(false);
      await harness.compact(topic.name);
      const left = (await readAll(topic.name)).filter((record) => record.key === erased);
      expect(left.every((record) => record.value === null)).toBe(true);
      const other = await createTestDatabase('other');
      await migrateItems(other.url);
      const newcomer = await start({ service: `${group}-newcomer` }, other.url);
      await newcomer.settled();
      expect(await newcomer.view()).toEqual([{ id: kept, version: 1, label: 'kept' }]);
      await newcomer.stop();
      instances = [service];
      await other.drop();
    }, 120_000);

    it('rebuilds beside the live projection without effects, and loses nothing while writes go on', async () => {
      const service = await start({ onEffect: nothing });
      const { dataSource } = service;
      const keys = ids(40);
      for (const id of keys) await service.write(id, 'before');
      await service.settled();
      // What the live tables have lost, the log gives back.
      await dataSource.query('DELETE FROM item_view WHERE id = ANY($1)', [keys.slice(0, 20)]);
      let writing = true;
      const writer = (async () => {
        for (let n = 0; writing; n++) {
          await service.write(n % 3 === 0 ? randomUUID() : (keys[n % 40] ?? ''), `write ${n}`);
        }
      })();
      const remaining: number[] = [];
      const report = await service.runtime.rebuild({
        schema: 'rebuilt',
        prepare: async () => {
          await dataSource.query(
            'DROP SCHEMA IF EXISTS rebuilt CASCADE; CREATE SCHEMA rebuilt; CREATE TABLE rebuilt.item_view (LIKE item_view INCLUDING ALL)',
          );
        },
        swap: async (tx) => {
          await tx.query(
            'DROP TABLE public.item_view; ALTER TABLE rebuilt.item_view SET SCHEMA public; DROP SCHEMA rebuilt',
          );
        },
        progress: (left) => remaining.push(left),
      });
      await sleep(200);
      writing = false;
      await writer;
      expect(report.events).toBeGreaterThanOrEqual(40);
      expect(remaining.at(-1)).toBe(0);
      await eventually(async () => {
        await service.settled();
        const [events] = await dataSource.query<{ n: number }[]>(
          'SELECT coalesce(sum(version), 0)::int AS n FROM item',
        );
        expect((await service.handled('effect')).length).toBe(events?.n);
        return true;
      }, WAIT);
      expect(await service.view()).toEqual(await service.items());
      const effects = await service.handled('effect');
      expect(new Set(effects.map((row) => row.event_id)).size).toBe(effects.length);
      const groups = await dataSource.query<{ group_id: string }[]>(
        'SELECT DISTINCT group_id FROM consumer_position ORDER BY 1',
      );
      expect(groups.map((row) => row.group_id)).toEqual([group, `${group}.effects`]);
    }, 60_000);

    it('passes the relay on to another instance when one ends, in order and without a double', async () => {
      const consumer = await start({ onEffect: nothing, relay: false });
      const [one, two] = [await start({ consume: false }), await start({ consume: false })];
      const keys = ids(6);
      for (let round = 0; round < 20; round++) {
        if (round === 10) {
          instances = instances.filter((instance) => instance !== one);
          await one.stop();
        }
        await Promise.all(keys.map((id, n) => (n % 2 && round < 10 ? one : two).write(id, `round ${round}`)));
      }
      await eventually(async () => (await consumer.handled('effect')).length === 120, WAIT);
      await sleep(200);
      const mails = await consumer.handled('effect');
      expect(mails.length).toBe(120);
      expectOrder(mails);
      expect((await two.relay.backlog()).events).toBe(0);
    });

    it('buries nothing and loses nothing when connections to the database and the log are cut under load', async () => {
      const service = await start({ onEffect: nothing });
      const admin = new pg.Client({ connectionString: await testServerUrl() });
      await admin.connect();
      const keys = ids(10);
      let accepted = 0;
      const end = Date.now() + 3_000;
      const writers = keys.map(async (id) => {
        while (Date.now() < end) {
          // A client that was cut off does not know whether its write was accepted; the database does.
          await service.write(id, `write ${accepted++}`).catch(() => sleep(20));
        }
      });
      for (let cut = 0; cut < 6; cut++) {
        await sleep(400);
        await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [
          database.name,
        ]);
        await harness.cutConnections?.();
      }
      await Promise.all(writers);
      await admin.end();
      const items = await eventually(() => service.items(), WAIT);
      const events = items.reduce((sum, { version }) => sum + version, 0);
      await eventually(async () => (await service.handled('effect')).length === events, WAIT);
      await service.settled();
      expect(events).toBeGreaterThan(50);
      expect(await service.deadLetters.count()).toBe(0);
      const mails = await service.handled('effect');
      expect(mails.length).toBe(events);
      expectOrder(mails);
      expect(await service.view()).toEqual(items);
    }, 60_000);

    /** Every record of a topic, read by a group of its own. */
    async function readAll(name: string): Promise<LogRecord[]> {
      const driver = await newDriver();
      const records: LogRecord[] = [];
      const read = new Map<number, number>();
      const subscription = await driver.subscribe({
        group: `reader-${randomUUID()}`,
        topics: [name],
        position: async (_, partition) => read.get(partition) ?? 0,
        handle: async (batch) => {
          records.push(...batch.records);
          const last = batch.records.at(-1)?.offset ?? -1;
          read.set(batch.partition, Math.max(batch.next ?? 0, last + 1));
          await sleep(0);
        },
      });
      await eventually(
        async () =>
          (await driver.ends([name])).every(({ partition, end }) => (read.get(partition) ?? 0) >= end),
        WAIT,
      );
      await subscription.stop();
      return records;
    }
  });
}
