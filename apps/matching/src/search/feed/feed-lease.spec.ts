import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '#platform/testing';
import { changeQueueSchema, changesAfter, noteChanges, REFUSED_SCHEMA, strikeOut } from './change-queue.js';
import { FEED_SCHEMA, FeedLease, LeaseLostError } from './feed-lease.js';

const LEASE_MS = 600;
const [first, second, third] = [1, 2, 3].map((n) => `00000000-0000-4000-8000-00000000000${n}`) as [
  string,
  string,
  string,
];

let database: TestDatabase;
let dataSource: DataSource;

beforeAll(async () => {
  database = await createTestDatabase('search_feed');
  dataSource = await new DataSource({ type: 'postgres', url: database.url }).initialize();
  for (const statement of [...changeQueueSchema('public'), ...FEED_SCHEMA, ...REFUSED_SCHEMA])
    await dataSource.query(statement);
});
afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
});

describe('The right to feed the index', () => {
  it('is one instance’s, which keeps it; another has it when the first gives it back', async () => {
    const [one, other] = [new FeedLease(dataSource), new FeedLease(dataSource)];
    expect([await one.hold(), await other.hold(), await one.hold()]).toEqual([true, false, true]);
    await one.release();
    expect([await other.hold(), await one.hold()]).toEqual([true, false]);
    await other.release();
  });

  it('is lost by one that was away too long: it writes nothing any more, though it was never told', async () => {
    const [away, next] = [new FeedLease(dataSource, LEASE_MS), new FeedLease(dataSource)];
    await away.hold();
    await sleep(LEASE_MS * 1.1);
    expect(away.isHeld).toBe(false);
    expect(() => away.assertHeld()).toThrow(LeaseLostError);
    expect(await next.hold()).toBe(true);
    await noteChanges(dataSource, [first]);
    const changes = await changesAfter(dataSource, '0', 10);
    await expect(away.guarded((tx) => strikeOut(tx, changes))).rejects.toThrow(LeaseLostError);
    expect(await changesAfter(dataSource, '0', 10)).toEqual(changes);
    await next.guarded((tx) => strikeOut(tx, changes));
    expect(await changesAfter(dataSource, '0', 10)).toEqual([]);
    await next.release();
  });
});

describe('The queue of changes', () => {
  it('keeps what changes again while it is fed', async () => {
    await noteChanges(dataSource, [first, second]);
    const fed = await changesAfter(dataSource, '0', 10);
    await noteChanges(dataSource, [first]);
    await strikeOut(dataSource, fed);
    expect((await changesAfter(dataSource, '0', 10)).map(({ id }) => id)).toEqual([first]);
    await strikeOut(dataSource, await changesAfter(dataSource, '0', 10));
  });

  it('has what commits late, though later changes were fed before', async () => {
    const late = dataSource.createQueryRunner();
    await late.startTransaction();
    await noteChanges(late.manager, [first]);
    await noteChanges(dataSource, [second, third]);
    const fed = await changesAfter(dataSource, '0', 10);
    expect(fed.map(({ id }) => id)).toEqual([second, third]);
    await strikeOut(dataSource, fed);
    await late.commitTransaction();
    await late.release();
    expect((await changesAfter(dataSource, '0', 10)).map(({ id }) => id)).toEqual([first]);
  });
});
