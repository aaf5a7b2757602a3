import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '#platform/testing';
import { silent } from '../meilisearch/test/meili-bed.js';
import { backlogOf } from './change-queue.js';
import { FeedLease, LeaseLostError, UNKNOWN } from './feed-lease.js';
import { IndexFeeder } from './index-feeder.js';
import { ReadyLines } from './ready-lines.js';
import { type Delays, FakeIndexes } from './test/fake-indexes.js';
import { FeedBed, id } from './test/feed-bed.js';

const LEASE_MS = 600_000;
/** Documents of a request. */
const BATCH = 2;

describe('A new index', () => {
  let bed: FeedBed;
  let server: FakeIndexes;
  let logged: object[];
  /** Time that has gone by without anybody renewing a lease (ms). */
  let gone: number;

  beforeAll(async () => {
    bed = await FeedBed.start();
  });
  beforeEach(async () => {
    await bed.empty();
    [server, logged, gone] = [new FakeIndexes(), [], 0];
  });
  afterAll(() => bed.clear());

  interface Instance {
    lease: FeedLease;
    feeder: IndexFeeder;
  }
  /** An instance that may feed, if nobody else does. */
  const instance = (delays?: Delays): Instance => {
    const lease = new FeedLease(bed.dataSource, LEASE_MS, () => Date.now() + gone);
    const logger = { ...silent, error: (context: object): void => void logged.push(context) };
    return {
      lease,
      feeder: new IndexFeeder(bed.dataSource, server.reached(delays), lease, logger, new ReadyLines(), BATCH),
    };
  };
  const holder = async (delays?: Delays): Promise<Instance> => {
    const one = instance(delays);
    expect(await one.lease.hold()).toBe(true);
    return one;
  };
  /** Whoever feeds is away for so long that its lease ends, and another instance takes over. */
  const takeOver = async (by: Instance): Promise<void> => {
    gone += LEASE_MS;
    await bed.dataSource.query(`UPDATE search_feed SET expires_at = '-infinity'`);
    expect(await by.lease.hold()).toBe(true);
  };
  const published = async (...titles: string[]): Promise<void> => {
    for (const [n, title] of titles.entries()) await bed.changed(n + 1, title);
  };
  const titles = (entries: Record<number, string>): Record<string, string> =>
    Object.fromEntries(Object.entries(entries).map(([n, title]) => [id(Number(n)), title]));

  describe('while the server refuses a document', () => {
    it('has all others, says which is left out, and is whole without it until it changes', async () => {
      await published('Thợ Hàn', 'Thợ Nề', 'refused', 'Thợ Mộc', 'Thợ Sơn');
      const { feeder } = await holder();
      await feeder.rebuild();
      expect(server.titles()).toEqual(titles({ 1: 'Thợ Hàn', 2: 'Thợ Nề', 4: 'Thợ Mộc', 5: 'Thợ Sơn' }));
      expect(logged).toEqual([{ opening: id(3), cause: 'internal' }]);
      expect(await backlogOf(bed.dataSource)).toEqual({ isEmpty: true, oldestSeconds: 0, refused: 1 });
      expect(await feeder.isAstray(true)).toBe(false);
      expect(await feeder.feedChanges()).toBe(0);
      await bed.changed(3, 'Thợ Tiện');
      expect(await feeder.feedChanges()).toBe(1);
      expect(server.titles()).toMatchObject(titles({ 3: 'Thợ Tiện' }));
      expect(await feeder.isAstray(true)).toBe(false);
    });

    it('is made also when that document is alone in the last batch: the batches before went in', async () => {
      await published('Thợ Hàn', 'Thợ Nề', 'refused');
      const { feeder } = await holder();
      await feeder.rebuild();
      expect(server.titles()).toEqual(titles({ 1: 'Thợ Hàn', 2: 'Thợ Nề' }));
      expect((await backlogOf(bed.dataSource)).refused).toBe(1);
      expect(await feeder.isAstray(true)).toBe(false);
    });

    it('is made when such documents stand side by side after others that went in', async () => {
      await published('Thợ Hàn', 'Thợ Nề', 'refused', 'refused');
      const { feeder } = await holder();
      await feeder.rebuild();
      expect(server.titles()).toEqual(titles({ 1: 'Thợ Hàn', 2: 'Thợ Nề' }));
      expect((await backlogOf(bed.dataSource)).refused).toBe(2);
    });

    it('keeps what a later batch has written of an opening that an earlier one could not write', async () => {
      await published('Thợ Hàn', 'Thợ Nề', 'Thợ Mộc');
      let began = false;
      const { feeder } = await holder({
        beforeSend: async (documents) => {
          const opening = documents.find((one) => one.id === id(1));
          // Refused at first and alone; written with the third one, in the later batch.
          if (!began || !opening || documents.some((one) => one.id === id(3))) return;
          opening.title = 'refused';
          if (documents.length === 2) await bed.changed(1, 'Thợ Tiện');
        },
      });
      await feeder.rebuild();
      began = true;
      for (const [n, title] of ['cũ', 'Thợ Nề giỏi', 'Thợ Mộc giỏi'].entries())
        await bed.changed(n + 1, title);
      await feeder.feedChanges();
      expect(server.titles()).toEqual(titles({ 1: 'Thợ Tiện', 2: 'Thợ Nề giỏi', 3: 'Thợ Mộc giỏi' }));
      expect(await bed.waiting()).toEqual([]);
    });

    it('gets that document when it changes while the index is built', async () => {
      await published('refused', 'Thợ Nề', 'Thợ Mộc');
      let changed = false;
      const { feeder } = await holder({
        beforeSend: async (documents) => {
          if (changed || documents[0]?.id !== id(3)) return;
          changed = true;
          await bed.changed(1, 'Thợ Hàn');
        },
      });
      await feeder.rebuild();
      expect(await bed.waiting()).toEqual([id(1)]);
      await feeder.feedChanges();
      expect(server.titles()).toEqual(titles({ 1: 'Thợ Hàn', 2: 'Thợ Nề', 3: 'Thợ Mộc' }));
      expect(await backlogOf(bed.dataSource)).toMatchObject({ isEmpty: true, refused: 0 });
    });

    it('is not made while it refuses all of them, or its disk is full: the one before stays', async () => {
      await published('Thợ Hàn');
      const { lease, feeder } = await holder();
      await feeder.rebuild();
      await published('refused', 'refused', 'refused');
      await expect(feeder.rebuild()).rejects.toThrow('internal');
      expect(server.titles()).toEqual(titles({ 1: 'Thợ Hàn' }));
      await published('Thợ Nề');
      server.fullDisk = true;
      await expect(feeder.rebuild()).rejects.toThrow('no_space_left_on_device');
      expect(server.titles()).toEqual(titles({ 1: 'Thợ Hàn' }));
      // Nobody trusts it: PostgreSQL answers until one is whole.
      expect(await lease.state()).toEqual(UNKNOWN);
      expect(await feeder.isAstray(false)).toBe(true);
      expect((await backlogOf(bed.dataSource)).refused).toBe(0);
    });
  });

  describe('whose builder loses the lease in the middle', () => {
    it('is not swapped in; the next instance builds a whole one', async () => {
      await published('Thợ Hàn', 'Thợ Nề', 'Thợ Mộc', 'Thợ Sơn');
      const next = instance();
      let sent = 0;
      const { feeder } = await holder({
        beforeSend: async () => {
          if (++sent === 2) await takeOver(next);
        },
      });
      await expect(feeder.rebuild()).rejects.toThrow(LeaseLostError);
      expect(server.titles()).toEqual({});
      expect(await next.lease.state()).toEqual(UNKNOWN);
      await next.feeder.rebuild();
      expect(Object.keys(server.titles())).toEqual([1, 2, 3, 4].map(id));
      expect(await next.feeder.isAstray(true)).toBe(false);
      await expect(feeder.feedChanges()).rejects.toThrow(LeaseLostError);
    });

    it('is given up before it touches what the next instance builds', async () => {
      await published('Thợ Hàn', 'Thợ Nề', 'Thợ Mộc');
      const next = instance();
      const late = await holder();
      await takeOver(next);
      let cancellations = 0;
      const building = instance({
        beforeSend: async (documents) => {
          if (documents[0]?.id !== id(3)) return;
          cancellations = server.cancellations;
          await expect(late.feeder.rebuild()).rejects.toThrow(LeaseLostError);
          expect(server.cancellations).toBe(cancellations);
        },
      });
      await takeOver(building);
      await building.feeder.rebuild();
      expect(cancellations).toBe(1);
      expect(Object.keys(server.titles())).toEqual([1, 2, 3].map(id));
      expect(server.all.get('live')?.hasSettings).toBe(true);
    });

    it('is given up too when the builder has got the lease back meanwhile', async () => {
      await published('Thợ Hàn', 'Thợ Nề', 'Thợ Mộc');
      const next = instance();
      const one = await holder({
        beforeSend: async (documents) => {
          if (documents[0]?.id !== id(3)) return;
          await takeOver(next);
          await bed.changed(1, 'Thợ Tiện');
          await next.feeder.rebuild();
          await next.lease.release();
          expect(await one.lease.hold()).toBe(true);
        },
      });
      await expect(one.feeder.rebuild()).rejects.toThrow(LeaseLostError);
      expect(await one.feeder.isAstray(true)).toBe(false);
      expect(server.all.get('live')?.hasSettings).toBe(true);
      expect(server.titles()).toMatchObject(titles({ 1: 'Thợ Tiện' }));
    });

    it('has nobody in it who was sent late and is listed no more', async () => {
      await published('Thợ Hàn', 'Thợ Nề');
      const landing: { done?: Promise<void> } = {};
      let began = (): void => undefined;
      const next = instance({
        // Its new index is there; it has not looked into the read model yet.
        afterEnsure: async () => {
          await bed.closed(1);
          began();
          await landing.done;
        },
      });
      let built: Promise<void> | undefined;
      const { feeder } = await holder({
        beforeSend: async () => {
          await takeOver(next);
          const begun = new Promise<void>((resolve) => (began = resolve));
          built = next.feeder.rebuild();
          await begun;
        },
      });
      landing.done = expect(feeder.rebuild()).rejects.toThrow(LeaseLostError);
      await landing.done;
      await built;
      await next.feeder.feedChanges();
      expect(server.titles()).toEqual(titles({ 2: 'Thợ Nề' }));
    });

    it('after it was swapped in leaves alone what the next instance builds beside it', async () => {
      await published('Thợ Hàn', 'Thợ Nề');
      let swapped = false;
      const building = instance({
        beforeSend: () => eventually(() => swapped).then(() => undefined),
      });
      let built: Promise<void> | undefined;
      const { feeder } = await holder({
        afterSwap: async () => {
          await takeOver(building);
          built = building.feeder.rebuild();
          // It has made its index, and is about to send the first documents into it.
          await eventually(() => server.all.get('next')?.hasSettings && server.cancellations === 2);
        },
      });
      await expect(feeder.rebuild()).rejects.toThrow(LeaseLostError);
      swapped = true;
      await built;
      expect(server.all.get('live')?.hasSettings).toBe(true);
      expect(Object.keys(server.titles())).toEqual([1, 2].map(id));
    });

    it('leaves nothing old: what was on its way then is fed once more', async () => {
      await published('cũ', 'cũ', 'Thợ Mộc');
      const landing: { done?: Promise<void> } = {};
      let inTime = (): void => undefined;
      const next = instance({
        beforeSend: async (documents) => {
          // Newer ones are in the new index when the older ones come.
          if (documents[0]?.id !== id(3)) return;
          inTime();
          await landing.done;
        },
      });
      let built: Promise<void> | undefined;
      const { feeder } = await holder({
        beforeSend: async () => {
          await takeOver(next);
          for (const n of [1, 2]) await bed.changed(n, 'mới');
          const release = new Promise<void>((resolve) => (inTime = resolve));
          built = next.feeder.rebuild();
          await release;
        },
      });
      landing.done = expect(feeder.rebuild()).rejects.toThrow(LeaseLostError);
      await landing.done;
      await built;
      await next.feeder.feedChanges();
      expect(server.titles()).toEqual(titles({ 1: 'mới', 2: 'mới', 3: 'Thợ Mộc' }));
      expect(await bed.waiting()).toEqual([]);
    });

    it('leaves nothing old either when it was looking for a document that the server refuses', async () => {
      await published('refused', 'cũ', 'Thợ Mộc', 'Thợ Sơn', 'Thợ Tiện');
      let built: Promise<void> | undefined;
      const landing: { done?: Promise<void> } = {};
      let inTime = (): void => undefined;
      const next = instance({
        beforeSend: async (documents) => {
          if (documents[0]?.id !== id(5)) return;
          inTime();
          await landing.done;
        },
      });
      const { feeder } = await holder({
        beforeSend: async (documents) => {
          if (documents.length !== 1 || documents[0]?.id !== id(2)) return;
          await takeOver(next);
          for (const n of [1, 2]) await bed.changed(n, 'mới');
          const release = new Promise<void>((resolve) => (inTime = resolve));
          built = next.feeder.rebuild();
          await release;
        },
      });
      landing.done = expect(feeder.rebuild()).rejects.toThrow(LeaseLostError);
      await landing.done;
      await built;
      await next.feeder.feedChanges();
      expect(server.titles()).toMatchObject(titles({ 1: 'mới', 2: 'mới' }));
      expect(await bed.waiting()).toEqual([]);
    });
  });

  it('that is live has nothing old either when only the database knows that the lease is lost', async () => {
    await published('cũ', 'cũ', 'cũ');
    const next = instance();
    let requests = 0;
    const { feeder } = await holder({
      beforeSend: async () => {
        if (++requests !== 1) return;
        // Our clock goes on as if nothing had happened.
        await bed.dataSource.query(`UPDATE search_feed SET expires_at = '-infinity'`);
        expect(await next.lease.hold()).toBe(true);
        for (const n of [1, 2]) await bed.changed(n, 'mới');
        await next.feeder.feedChanges();
      },
    });
    await expect(feeder.feedChanges()).rejects.toThrow(LeaseLostError);
    await expect(feeder.feedChanges()).rejects.toThrow(LeaseLostError);
    await next.feeder.feedChanges();
    expect(server.titles()).toEqual(titles({ 1: 'mới', 2: 'mới', 3: 'cũ' }));
  });

  it('that is live has nothing old either when the lease is lost between two batches of changes', async () => {
    await published('cũ', 'cũ');
    const next = instance();
    const { feeder } = await holder({
      beforeSend: async () => {
        await takeOver(next);
        for (const n of [1, 2]) await bed.changed(n, 'mới');
        await next.feeder.feedChanges();
        await bed.changed(3, 'Thợ Mộc');
      },
    });
    await expect(feeder.feedChanges()).rejects.toThrow(LeaseLostError);
    await next.feeder.feedChanges();
    expect(server.titles()).toEqual(titles({ 1: 'mới', 2: 'mới', 3: 'Thợ Mộc' }));
  });
});
