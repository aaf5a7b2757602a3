import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { createTestDatabase, eventually, type TestDatabase } from '#platform/testing';
import { migrateItems, silent } from '../../test/item-service.js';
import type { EventLogDriver, OutgoingRecord } from '../driver.js';
import { Relay, type RelayOptions } from './relay.js';

describe('The relay', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let relays: Relay[] = [];
  let published: OutgoingRecord[][] = [];
  let publish: (records: OutgoingRecord[], signal?: AbortSignal) => Promise<void>;
  const warnings: string[] = [];
  const driver = {
    publish: async (records: OutgoingRecord[], signal?: AbortSignal) => {
      await publish(records, signal);
      published.push(records);
    },
  } as unknown as EventLogDriver;

  beforeEach(async () => {
    database = await createTestDatabase('relay');
    await migrateItems(database.url);
    dataSource = new DataSource({ type: 'postgres', url: database.url });
    await dataSource.initialize();
    [published, relays, warnings.length] = [[], [], 0];
    publish = () => Promise.resolve();
  });
  afterEach(async () => {
    await Promise.all(relays.map((relay) => relay.stop()));
    await dataSource.destroy();
    await database.drop();
  });

  const relay = (options: Partial<RelayOptions> = {}): Relay => {
    const logger = { ...silent, warn: (_: object, message: string) => warnings.push(message) };
    const made = new Relay(dataSource, driver, { service: 'items', logger, ...options });
    relays.push(made);
    return made;
  };
  const write = (n: number, value: string | null = '{}'): Promise<unknown> =>
    dataSource.query(
      `INSERT INTO outbox (topic, key, event_id, headers, value)
       SELECT 't', i::text, gen_random_uuid(), '{"ce_id": "x"}', $2 FROM generate_series(1, $1) i`,
      [n, value],
    );
  const keys = (): number[] => published.flat().map(({ key }) => Number(key));
  const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);

  it('publishes in the order of the outbox, in batches, and leaves nothing behind', async () => {
    await write(25);
    const one = relay({ batch: 10 });
    expect((await one.backlog()).events).toBe(25);
    one.start();
    await eventually(async () => (await one.backlog()).events === 0);
    expect(published.map((records) => records.length)).toEqual([10, 10, 5]);
    expect(keys()).toEqual(upTo(25));
    expect(published[0]?.[0]).toMatchObject({ topic: 't', key: '1', headers: { ce_id: 'x' }, value: '{}' });
  });

  it('ends a batch when it is large, and takes an event that is larger than a batch alone', async () => {
    await write(7, JSON.stringify('x'.repeat(3_000_000)));
    const one = relay();
    one.start();
    await eventually(async () => (await one.backlog()).events === 0, { timeoutMs: 15_000 });
    expect(published.map((records) => records.length)).toEqual([3, 3, 1]);
    expect(keys()).toEqual(upTo(7));
  });

  it('keeps the events while the log refuses them, tells it once, and goes on in order', async () => {
    let away = true;
    let tries = 0;
    publish = () => {
      tries++;
      return away ? Promise.reject(new Error('the log is away')) : Promise.resolve();
    };
    const one = relay();
    one.start();
    await write(3);
    await eventually(() => tries >= 2);
    expect((await one.backlog()).events).toBe(3);
    const before = tries;
    // Commits do not make it hammer on a log that is away.
    for (let n = 0; n < 50; n++) one.wake();
    await sleep(20);
    expect(tries - before).toBeLessThanOrEqual(1);
    away = false;
    await write(1, null);
    await eventually(async () => (await one.backlog()).events === 0);
    expect(keys()).toEqual([1, 2, 3, 1]);
    expect(warnings).toEqual([expect.stringContaining('events wait in the outbox')]);
  });

  it('is not two: instances take turns and never publish at a time', async () => {
    let at = 0;
    let most = 0;
    publish = async () => {
      most = Math.max(most, ++at);
      await sleep(5);
      at--;
    };
    const both = [relay({ batch: 3, pollMs: 1 }), relay({ batch: 3, pollMs: 1 })];
    both.forEach((one) => one.start());
    await write(60);
    await eventually(async () => (await both[0]!.backlog()).events === 0);
    expect(most).toBe(1);
    expect(keys()).toEqual(upTo(60));
  });

  it('holds no connection while there is nothing to do, so that a pool of one is enough', async () => {
    const narrow = new DataSource({ type: 'postgres', url: database.url, extra: { max: 1 } });
    await narrow.initialize();
    const one = new Relay(narrow, driver, { service: 'items', logger: silent });
    one.start();
    await narrow.query('INSERT INTO outbox (topic, key, event_id, headers) VALUES ($1, $2, $3, $4)', [
      ...['t', '1', randomUUID(), '{}'],
    ]);
    one.wake();
    await eventually(() => keys().length === 1);
    await one.stop();
    await narrow.destroy();
  });

  it('calls a publish off when its connection is lost: the lock that kept others from it is lost too', async () => {
    let calledOff: unknown;
    publish = (_, signal) =>
      new Promise((_, reject) => {
        signal?.addEventListener('abort', () => {
          calledOff = signal.reason;
          publish = () => Promise.resolve();
          reject(new Error('called off'));
        });
        void dataSource.query(
          'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()',
          [database.name],
        );
      });
    await write(3);
    const one = relay();
    one.start();
    await eventually(async () => (await one.backlog()).events === 0);
    expect(String(calledOff)).toContain('the connection that holds the outbox is lost');
    expect(keys()).toEqual(upTo(3));
  });

  it('calls a publish off when the database says nothing any more, as a host without power', async () => {
    let calledOff: unknown;
    let halted = 0;
    publish = async (_, signal) => {
      const [backend] = await dataSource.query<{ pid: number }[]>(
        `SELECT pid FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE locktype = 'advisory' AND datname = $1`,
        [database.name],
      );
      halted = backend?.pid ?? 0;
      process.kill(halted, 'SIGSTOP');
      await new Promise((resolve) => signal?.addEventListener('abort', resolve));
      calledOff = signal?.reason;
      publish = () => Promise.resolve();
      process.kill(halted, 'SIGCONT');
      throw new Error('called off');
    };
    await write(3);
    const one = relay();
    one.start();
    try {
      await eventually(() => calledOff !== undefined, { timeoutMs: 20_000 });
    } finally {
      if (halted > 0) process.kill(halted, 'SIGCONT');
    }
    await eventually(async () => (await one.backlog()).events === 0);
    expect(String(calledOff)).toContain('has said nothing for 3000 ms');
    expect(keys()).toEqual(upTo(3));
  }, 60_000);

  it('publishes what is committed before it stops, and stops at once when the log is away', async () => {
    const one = relay({ pollMs: 60_000 });
    one.start();
    await sleep(50);
    await write(5);
    await one.stop();
    expect(keys()).toEqual(upTo(5));
    publish = () => Promise.reject(new Error('away'));
    const two = relay();
    await write(1);
    two.start();
    await eventually(() => warnings.length > 0);
    const began = Date.now();
    await two.stop();
    expect(Date.now() - began).toBeLessThan(1_000);
    expect((await two.backlog()).events).toBe(1);
  });
});
