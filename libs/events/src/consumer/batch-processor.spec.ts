import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource, type EntityManager } from 'typeorm';
import { RESTATED, type TopicDefinition } from '#contracts';
import { createTestDatabase, type TestDatabase } from '#platform/testing';
import { migrateItems, silent } from '../../test/item-service.js';
import { itemTopic } from '../../test/items.js';
import type { LogRecord } from '../driver.js';
import { type DomainEvent, encodeEvent } from '../event.js';
import { BatchProcessor, type ProcessorOptions } from './batch-processor.js';
import { DeadLetters } from './dead-letters.js';
import type { HandlerKind } from './handler.js';
import { prune } from './housekeeping.js';
import { loadPosition, loadPositions } from './positions.js';

describe('A batch of events', () => {
  const topic = itemTopic() as unknown as TopicDefinition;
  let database: TestDatabase;
  let dataSource: DataSource;
  let deadLetters: DeadLetters;
  let handled: string[] = [];
  let calls = 0;
  /** What the handler does about the keys of a batch. */
  let handle: (keys: string[], tx: EntityManager) => Promise<void>;

  beforeAll(async () => {
    database = await createTestDatabase('batches');
    await migrateItems(database.url);
    dataSource = new DataSource({ type: 'postgres', url: database.url });
    await dataSource.initialize();
    deadLetters = new DeadLetters(dataSource);
  });
  beforeEach(() => {
    [handled, calls] = [[], 0];
    handle = () => Promise.resolve();
  });
  afterEach(() => dataSource.query('TRUNCATE inbox, consumer_position, dead_letter, item'));
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  const processor = (kind: HandlerKind = 'projection', options: Partial<ProcessorOptions> = {}) => {
    const run = async (events: DomainEvent[], tx: EntityManager): Promise<void> => {
      calls++;
      const keys = events.map(({ key }) => key);
      await handle(keys, tx);
      handled.push(...keys);
    };
    const handlers = new Map([[topic.name, { topic, kind, run }]]);
    return new BatchProcessor(dataSource, deadLetters, {
      ...{ service: 'items', group: 'g', handlers, logger: silent, backoffMs: 1 },
      ...options,
    });
  };
  const record = (offset: number, changes: Partial<LogRecord> = {}): LogRecord => {
    const id = randomUUID();
    const state = { id, version: 1, label: 'x' };
    const { key, headers, value } = encodeEvent({ topic, happening: 'made', key: id, state }, {});
    return { topic: topic.name, partition: 0, offset, key, headers, value, ...changes };
  };
  const batch = (records: LogRecord[], next?: number) => ({
    ...{ topic: topic.name, partition: 0, records, next },
  });
  const records = (n: number, from = 0): LogRecord[] => Array.from({ length: n }, (_, i) => record(from + i));
  const position = (): Promise<number> => loadPosition(dataSource, 'g', topic.name, 0);
  const keysOf = (list: LogRecord[]): string[] => list.map(({ key }) => key);

  it('is handled with its position in one transaction, and not again when it comes again', async () => {
    const first = records(3);
    handle = async (keys, tx) => {
      await tx.query('INSERT INTO item SELECT unnest($1::uuid[]), 1, $2', [keys, 'x']);
    };
    await processor().process(batch(first));
    expect([await position(), handled]).toEqual([3, keysOf(first)]);
    await processor().process(batch(first));
    expect(calls).toBe(1);
    const more = [...first.slice(2), record(3), record(7)];
    await processor().process(batch(more));
    expect(handled.slice(3)).toEqual(keysOf(more.slice(1)));
    expect(await position()).toBe(8);
    expect((await dataSource.query<unknown[]>('SELECT * FROM item')).length).toBe(5);
  });

  it('without records moves the position over what was compacted away, and never back', async () => {
    await processor().process(batch([], 12));
    expect([await position(), calls]).toEqual([12, 0]);
    await processor().process(batch([], 4));
    expect(await position()).toBe(12);
    await processor().process(batch([record(13)], 20));
    expect(await position()).toBe(20);
  });

  it('is tried again, then halved until the messages at fault are alone in the dead letters', async () => {
    const all = records(64);
    const poison = new Set([all[5]!.key, all[6]!.key, all[40]!.key]);
    handle = async (keys, tx) => {
      await tx.query('INSERT INTO item SELECT unnest($1::uuid[]), 1, $2', [keys, 'x']);
      if (keys.some((key) => poison.has(key))) throw new Error('poison');
    };
    await processor().process(batch(all, 70));
    const rows = await dataSource.query<{ id: string }[]>('SELECT id FROM item');
    expect(rows.map(({ id }) => id).sort()).toEqual(
      keysOf(all)
        .filter((key) => !poison.has(key))
        .sort(),
    );
    expect(await position()).toBe(70);
    const letters = await deadLetters.list();
    expect(letters.map(({ offset, key }) => [offset, key])).toEqual([
      [5, all[5]!.key],
      [6, all[6]!.key],
      [40, all[40]!.key],
    ]);
    expect(letters[0]).toMatchObject({ ...all[5], group: 'g', cause: 'Error: poison', replayedAt: null });
    expect(calls).toBeLessThan(40);
  });

  it('is handled whole when a second try succeeds, and nothing is buried', async () => {
    let failures = 2;
    handle = () => (failures-- > 0 ? Promise.reject(new Error('this time')) : Promise.resolve());
    await processor().process(batch(records(5)));
    expect([calls, await deadLetters.count(), await position()]).toEqual([3, 0, 5]);
  });

  it('goes back to the log when the database is away, and nothing of it is buried, also half-way', async () => {
    const all = records(4);
    const away = Object.assign(new Error('away'), { code: '57P01' });
    handle = () => Promise.reject(away);
    await expect(processor().process(batch(all))).rejects.toBe(away);
    expect([calls, await position()]).toEqual([1, 0]);
    handle = (keys) =>
      Promise.reject(keys.length === 1 && keys[0] === all[1]!.key ? away : new Error('poison'));
    await expect(processor().process(batch(all))).rejects.toBe(away);
    expect(await position()).toBe(1);
    expect(keysOf(await deadLetters.list())).toEqual([all[0]!.key]);
  });

  it('has an effect once per event, whether it comes twice in a batch, in another batch or at another offset', async () => {
    const one = record(0);
    await processor('effect').process(batch([one, { ...one, offset: 1 }]));
    await processor('effect').process(batch([{ ...one, offset: 2 }, record(3)]));
    expect(handled).toHaveLength(2);
    expect(handled[0]).toBe(one.key);
    await processor('effect', { group: 'other' }).process(batch([one]));
    expect(handled).toHaveLength(3);
  });

  it('has no effect of what is only restated, which a projection takes', async () => {
    const restated = (offset: number, value?: null): LogRecord => {
      const id = randomUUID();
      const state = value === null ? null : { id, version: 4, label: 'x' };
      const encoded = encodeEvent({ topic, happening: RESTATED, key: id, state }, {});
      return record(offset, { key: id, headers: encoded.headers, value: encoded.value });
    };
    const all = [restated(0), record(1), restated(2, null)];
    await processor('effect').process(batch(all));
    expect([handled, await position()]).toEqual([[all[1]!.key], 3]);
    await processor('effect').process(batch([restated(3)]));
    expect([calls, await position()]).toEqual([1, 4]);
    await dataSource.transaction(async (tx) => {
      const run = (): Promise<void> => Promise.reject(new Error('acted'));
      await processor('effect').replay({ topic, kind: 'effect', run }, all[0]!, tx);
    });
    await processor('projection', { group: 'other' }).process(batch(all));
    expect(handled.slice(1)).toEqual(keysOf(all));
  });

  it('forgets the inbox of an effect that failed, so that it may happen later', async () => {
    const one = record(0);
    handle = () => Promise.reject(Object.assign(new Error('mail server away'), { code: 'ECONNREFUSED' }));
    await expect(processor('effect').process(batch([one]))).rejects.toThrow('mail server away');
    handle = () => Promise.resolve();
    await processor('effect').process(batch([one]));
    expect(handled).toEqual([one.key]);
  });

  it('is handled by one of two consumers that hold the partition for a moment both', async () => {
    const all = records(10);
    handle = async (keys, tx) => {
      await tx.query('SELECT pg_sleep(0.05)');
      await tx.query('INSERT INTO item SELECT unnest($1::uuid[]), 1, $2', [keys, 'x']);
    };
    await Promise.all([processor().process(batch(all)), processor().process(batch(all))]);
    expect([calls, handled.length, await position()]).toEqual([1, 10, 10]);
  });

  it('may hold bytes that PostgreSQL cannot store: they are dead letters and no dead end', async () => {
    const odd = record(0, { key: 'k\0', value: '{"id":\0}', headers: { 'ce_\0': '\0', n: 5 as never } });
    const good = record(1);
    await processor().process(batch([odd, good]));
    expect(handled).toEqual([good.key]);
    const [letter] = await deadLetters.list();
    expect(letter).toMatchObject({ key: 'k\uFFFD', value: '{"id":\uFFFD}' });
    expect(letter?.headers).toEqual({ 'ce_\uFFFD': '\uFFFD', n: '5' });
  });

  it('buried by a rebuild is the live group’s, and open again when it had been replayed', async () => {
    const one = record(0);
    handle = () => Promise.reject(new Error('poison'));
    await processor().process(batch([one]));
    const [letter] = await deadLetters.list();
    await dataSource.transaction((tx) => deadLetters.markReplayed(tx, letter!.id));
    expect(await deadLetters.count()).toBe(0);
    await processor('projection', { group: 'g.rebuild-1', buryAs: 'g' }).process(batch([one]));
    const [again] = await deadLetters.list();
    expect(again).toMatchObject({ id: letter!.id, group: 'g' });
  });

  it('with a tombstone drops the older dead letters of the erased, and only those', async () => {
    const [a, b] = [record(0), record(1)];
    handle = () => Promise.reject(new Error('poison'));
    await processor().process(batch([a, b]));
    handle = () => Promise.resolve();
    await processor().process(batch([record(2, { key: a.key, value: null })]));
    expect(keysOf(await deadLetters.list())).toEqual([b.key]);
  });

  it('leaves traces that are removed when they are old, open dead letters apart', async () => {
    await processor('effect').process(batch(records(3)));
    handle = () => Promise.reject(new Error('poison'));
    await processor('effect').process(batch(records(2, 3)));
    const [letter] = await deadLetters.list();
    await dataSource.transaction((tx) => deadLetters.markReplayed(tx, letter!.id));
    expect(await prune(dataSource)).toBe(0);
    await dataSource.query(`UPDATE inbox SET processed_at = now() - interval '31 days'`);
    await dataSource.query(
      `UPDATE dead_letter SET replayed_at = replayed_at - interval '91 days', failed_at = failed_at - interval '1 year'`,
    );
    expect(await prune(dataSource)).toBe(4);
    expect(await deadLetters.count()).toBe(1);
    expect((await loadPositions(dataSource, 'g')).of(topic.name, 0)).toBe(5);
  });
});
