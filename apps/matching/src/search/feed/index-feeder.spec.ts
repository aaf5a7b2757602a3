import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { docTerms } from '../doc-terms.js';
import { backlogOf, isWaiting, noteChangesForOthers, queueTime } from './change-queue.js';
import { FeedLease } from './feed-lease.js';
import { IndexFeeder } from './index-feeder.js';
import { ReadyLines } from './ready-lines.js';
import { FakeIndexes } from './test/fake-indexes.js';
import { FeedBed, id, opening } from './test/feed-bed.js';

describe('Feeding', () => {
  let bed: FeedBed;
  let lease: FeedLease;
  let server: FakeIndexes;
  let feeder: IndexFeeder;
  let ready: ReadyLines;
  let logged: object[];

  beforeAll(async () => {
    bed = await FeedBed.start();
  });
  beforeEach(async () => {
    await bed.empty();
    lease = new FeedLease(bed.dataSource, 600_000);
    await lease.hold();
    [server, ready, logged] = [new FakeIndexes(), new ReadyLines(), []];
    const log = (context: object): void => void logged.push(context);
    const logger = { info: log, warn: log, error: log };
    feeder = new IndexFeeder(bed.dataSource, server.reached(), lease, logger, ready);
  });
  afterAll(() => bed.clear());

  it('puts the one document at fault aside, says which, and feeds all others', async () => {
    for (let n = 1; n <= 9; n++) await bed.changed(n, n === 4 ? 'refused' : 'Thợ Hàn');
    expect(await feeder.feedChanges()).toBe(9);
    expect(Object.keys(server.titles())).toEqual([1, 2, 3, 5, 6, 7, 8, 9].map(id));
    expect(await bed.waiting()).toEqual([]);
    expect(await backlogOf(bed.dataSource)).toEqual({ isEmpty: true, oldestSeconds: 0, refused: 1 });
    expect(logged).toEqual([{ opening: id(4), cause: 'internal' }]);
  });

  it('tries it again when it changes', async () => {
    await bed.changed(1, 'refused');
    await bed.changed(2, 'Đầu Bếp');
    await feeder.feedChanges();
    await bed.changed(1, 'Thợ Hàn');
    expect(await feeder.feedChanges()).toBe(1);
    expect(Object.keys(server.titles())).toEqual([id(1), id(2)]);
    expect((await backlogOf(bed.dataSource)).refused).toBe(0);
  });

  it('is waited for also when an opening changes again meanwhile, and not for later ones', async () => {
    await bed.changed(1, 'Thợ Hàn');
    const asked = await queueTime(bed.dataSource);
    await bed.changed(1, 'Thợ Tiện');
    expect(await isWaiting(bed.dataSource, asked)).toBe(true);
    await feeder.feedChanges();
    await bed.changed(2, 'Đầu Bếp');
    expect(await isWaiting(bed.dataSource, asked)).toBe(false);
    expect(await isWaiting(bed.dataSource, await queueTime(bed.dataSource))).toBe(true);
  });

  it('puts nothing aside while the server’s disk is full, nor while it can write nothing at all', async () => {
    for (let n = 1; n <= 4; n++) await bed.changed(n, 'Thợ Hàn');
    server.fullDisk = true;
    await expect(feeder.feedChanges()).rejects.toThrow('no_space_left_on_device');
    expect(server.tasks).toBe(1);
    server.fullDisk = false;
    for (let n = 1; n <= 4; n++) await bed.changed(n, 'refused');
    await expect(feeder.feedChanges()).rejects.toThrow('internal');
    expect(await bed.waiting()).toHaveLength(4);
    expect((await backlogOf(bed.dataSource)).refused).toBe(0);
  });

  it('hears of changes from an instance without Meilisearch only while somebody feeds or the index is whole', async () => {
    await noteChangesForOthers(bed.dataSource, [id(2), id(1)]);
    expect(await bed.waiting()).toEqual([id(1), id(2)]);
    await bed.dataSource.query('TRUNCATE search_changes');
    await lease.release();
    await noteChangesForOthers(bed.dataSource, [id(1)]);
    expect(await bed.waiting()).toEqual([]);
  });

  it('sends the line that the projection has made, once, and reads what it has none of', async () => {
    await bed.changed(1, 'as in the row');
    await bed.changed(2, 'as in the row');
    ready.keep([docTerms(opening(1, 'made ready'))]);
    await feeder.feedChanges();
    expect(server.titles()).toEqual({ [id(1)]: 'made ready', [id(2)]: 'as in the row' });
    await bed.changed(1, 'as in the row');
    await feeder.feedChanges();
    expect(server.titles()[id(1)]).toBe('as in the row');
  });

  it('reads the row when the line is of another version, which may never be committed', async () => {
    for (const n of [1, 2]) await bed.changed(n, 'as in the row');
    ready.keep([docTerms({ ...opening(1, 'to come'), version: 2 })]);
    ready.keep([docTerms({ ...opening(2, 'former'), version: 0 })]);
    await feeder.feedChanges();
    expect(server.titles()).toEqual({ [id(1)]: 'as in the row', [id(2)]: 'as in the row' });
  });

  it('sends no line of what is listed no more', async () => {
    await bed.changed(1, 'Thợ Hàn');
    await feeder.feedChanges();
    ready.keep([docTerms(opening(1, 'Thợ Hàn'))]);
    await bed.closed(1);
    await feeder.feedChanges();
    expect(server.titles()).toEqual({});
  });

  it('keeps no more lines than there is room for: the oldest go first', () => {
    const line = JSON.stringify(opening(1, 'Thợ Hàn')).length;
    const few = new ReadyLines(line * 3);
    const ids = [1, 2, 3, 4, 5, 6, 7, 8].map(id);
    for (const n of [1, 2, 3, 4, 5, 6, 7, 8]) few.keep([docTerms(opening(n, 'Thợ Hàn'))]);
    const kept = [...few.take(ids).keys()];
    expect(kept.length).toBeGreaterThan(0);
    expect(kept).toEqual(ids.slice(-kept.length));
    expect(kept.length).toBeLessThan(ids.length);
    expect(few.take(ids).size).toBe(0);
  });
});
