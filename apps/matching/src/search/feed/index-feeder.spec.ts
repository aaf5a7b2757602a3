import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '#platform/testing';
import type { IndexDocument } from '../meilisearch/index-document.js';
import type { MeilisearchIndexes } from '../meilisearch/meilisearch-index.js';
import type { OpeningDoc } from '../opening-doc.js';
import { MeilisearchTaskError } from '../meilisearch/meilisearch-server.js';
import {
  backlogOf,
  changeQueueSchema,
  changesAfter,
  noteChanges,
  noteChangesForOthers,
  REFUSED_SCHEMA,
} from './change-queue.js';
import { FEED_SCHEMA, FeedLease } from './feed-lease.js';
import { IndexFeeder } from './index-feeder.js';

const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const DOCUMENT_AT_FAULT = { code: 'internal', type: 'internal' };
const DISK_FULL = { code: 'no_space_left_on_device', type: 'system' };

/** A server that fails every task with an opening of a given title in it, or every task. */
class FailingServer {
  readonly held = new Set<string>();
  fullDisk = false;
  tasks = 0;
  private readonly failed = new Map<number, { code: string; type: string }>();

  send(documents: readonly IndexDocument[]): Promise<number[]> {
    const uid = ++this.tasks;
    if (this.fullDisk) this.failed.set(uid, DISK_FULL);
    else if (documents.some(({ title }) => title === 'refused')) this.failed.set(uid, DOCUMENT_AT_FAULT);
    else for (const document of documents) this.held.add(document.id);
    return Promise.resolve([uid]);
  }

  discard(ids: readonly string[]): Promise<number> {
    for (const one of ids) this.held.delete(one);
    return Promise.resolve(++this.tasks);
  }

  readonly server = {
    assertGoing: (): void => undefined,
    finished: (uids: readonly number[]): Promise<void> => {
      const reason = uids.map((uid) => this.failed.get(uid)).find(Boolean);
      return reason ? Promise.reject(new MeilisearchTaskError(reason.code, reason)) : Promise.resolve();
    },
  };
}

describe('Feeding a server that refuses', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let lease: FeedLease;
  let server: FailingServer;
  let feeder: IndexFeeder;
  let logged: object[];

  const changed = async (n: number, title: string): Promise<void> => {
    const doc: OpeningDoc = {
      ...{ id: id(n), version: 1, title, publishedAt: '2026-11-21T00:00:00Z', workplaces: [] },
      otherPlacesCount: 0,
      pay: { kind: 'negotiable', min: null, max: null, currency: null },
      experience: { minMonths: null, maxMonths: null },
    };
    await dataSource.query(
      `INSERT INTO openings (id, version, status, doc) VALUES ($1, 1, 'published', $2)
       ON CONFLICT (id) DO UPDATE SET doc = $2`,
      [id(n), JSON.stringify(doc)],
    );
    await noteChanges(dataSource, [id(n)]);
  };
  const waiting = async (): Promise<string[]> =>
    (await changesAfter(dataSource, '0', 100)).map((change) => change.id);

  beforeAll(async () => {
    database = await createTestDatabase('index_feeder');
    dataSource = await new DataSource({ type: 'postgres', url: database.url }).initialize();
    for (const statement of [
      ...changeQueueSchema('public'),
      ...FEED_SCHEMA,
      ...REFUSED_SCHEMA,
      'CREATE TABLE openings (id uuid PRIMARY KEY, version integer, status text, doc jsonb)',
    ])
      await dataSource.query(statement);
    lease = new FeedLease(dataSource, 600_000);
    await lease.hold();
  });
  beforeEach(async () => {
    await dataSource.query('TRUNCATE openings, search_changes, search_refused');
    [server, logged] = [new FailingServer(), []];
    const log = (context: object): void => void logged.push(context);
    const indexes = server as unknown as MeilisearchIndexes;
    feeder = new IndexFeeder(dataSource, indexes, lease, { info: log, warn: log, error: log });
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  it('puts the one document at fault aside, says which, and feeds all others', async () => {
    for (let n = 1; n <= 9; n++) await changed(n, n === 4 ? 'refused' : 'Thợ Hàn');
    expect(await feeder.feedChanges()).toBe(9);
    expect([...server.held].sort()).toEqual([1, 2, 3, 5, 6, 7, 8, 9].map(id));
    expect(await waiting()).toEqual([]);
    expect(await backlogOf(dataSource)).toEqual({ isEmpty: true, oldestSeconds: 0, refused: 1 });
    expect(logged).toEqual([{ opening: id(4), cause: 'internal' }]);
  });

  it('tries it again when it changes', async () => {
    await changed(1, 'refused');
    await changed(2, 'Đầu Bếp');
    await feeder.feedChanges();
    await changed(1, 'Thợ Hàn');
    expect(await feeder.feedChanges()).toBe(1);
    expect(server.held).toEqual(new Set([id(1), id(2)]));
    expect((await backlogOf(dataSource)).refused).toBe(0);
  });

  it('puts nothing aside while the server’s disk is full, nor while it can write nothing at all', async () => {
    for (let n = 1; n <= 4; n++) await changed(n, 'Thợ Hàn');
    server.fullDisk = true;
    await expect(feeder.feedChanges()).rejects.toThrow('no_space_left_on_device');
    expect(server.tasks).toBe(1);
    server.fullDisk = false;
    for (let n = 1; n <= 4; n++) await changed(n, 'refused');
    await expect(feeder.feedChanges()).rejects.toThrow('internal');
    expect(await waiting()).toHaveLength(4);
    expect((await backlogOf(dataSource)).refused).toBe(0);
  });

  it('hears of changes from an instance without Meilisearch only while somebody feeds or the index is whole', async () => {
    await noteChangesForOthers(dataSource, [id(2), id(1)]);
    expect(await waiting()).toEqual([id(1), id(2)]);
    await dataSource.query('TRUNCATE search_changes');
    await lease.release();
    await noteChangesForOthers(dataSource, [id(1)]);
    expect(await waiting()).toEqual([]);
    await lease.hold();
  });
});
