import { beforeEach, describe, expect, it } from '@jest/globals';
import type { VersionPage } from '#platform';
import { compareLists, type Drift, type IndexList, type OwnerList } from './compare-lists.js';
import type { Kept } from './judge.js';

const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const PAGE = 3;

/** The owner's list, the read model, and events between the two. */
let owned: Map<string, number>;
let kept: Map<string, number | null>;
let unsent: Set<string>;
/** What happens at each look that the consumer takes at the log. */
let caughtUp: () => void;
let largestPage: number;

beforeEach(() => {
  owned = new Map();
  kept = new Map();
  unsent = new Set();
  caughtUp = () => undefined;
  largestPage = 0;
});

const pageOf = <V>(
  map: ReadonlyMap<string, V>,
  after: string,
): { items: { id: string; version: V }[]; next?: string } => {
  const items = [...map]
    .map(([key, version]) => ({ id: key, version }))
    .filter((item) => item.id > after)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .slice(0, PAGE);
  largestPage = Math.max(largestPage, items.length);
  return { items, next: items.length === PAGE ? items.at(-1)?.id : undefined };
};
const owner: OwnerList = {
  page: (after) => {
    const page: VersionPage = { ...pageOf(owned, after), unsent: [...unsent] };
    return Promise.resolve(page);
  },
};
const index: IndexList = {
  page: (after) => Promise.resolve(pageOf(kept, after)),
  of: (ids) =>
    Promise.resolve(
      ids.flatMap((key): Kept[] => (kept.has(key) ? [{ id: key, version: kept.get(key)! }] : [])),
    ),
};
const compare = (settleMs = 2_000): Promise<Drift> =>
  compareLists(owner, index, { caughtUp: () => Promise.resolve(caughtUp()), settleMs });

/** Both have the openings `from` to `to` in their first version. */
function alike(from: number, to: number): void {
  for (let n = from; n <= to; n++) {
    owned.set(id(n), 1);
    kept.set(id(n), 1);
  }
}

describe('A read model and its owner', () => {
  it('agree when both have the same, however many pages it is', async () => {
    alike(1, 10);
    expect(await compare()).toMatchObject({
      owner: 10,
      index: 10,
      differing: { missing: 0, stale: 0, extra: 0 },
      inFlight: 0,
    });
    expect(largestPage).toBe(PAGE);
  });

  it('differ by what is missing, stale, or too much, wherever the pages end', async () => {
    alike(1, 20);
    for (const n of [1, 8, 20]) kept.delete(id(n));
    for (const n of [3, 12]) owned.set(id(n), 2);
    for (const n of [5, 6, 7, 19]) owned.delete(id(n));
    kept.set(id(30), 1);
    expect(await compare()).toEqual({
      owner: 16,
      index: 18,
      differing: { missing: 3, stale: 2, extra: 5 },
      missing: [id(1), id(8), id(20)],
      stale: [id(3), id(12)],
      extra: [id(5), id(6), id(7), id(19), id(30)],
      inFlight: 0,
    });
  });

  it('differ also where the read model is ahead, as after an owner’s backup was restored', async () => {
    alike(1, 2);
    kept.set(id(2), 7);
    expect((await compare()).stale).toEqual([id(2)]);
  });

  it('differ where only a part of an opening is there, or parts of two versions', async () => {
    alike(1, 3);
    kept.set(id(1), null);
    kept.set(id(2), 0);
    kept.set(id(9), null);
    expect(await compare()).toMatchObject({
      index: 2,
      missing: [id(1)],
      stale: [id(2)],
      extra: [id(9)],
    });
  });

  it('name twenty of each kind and count them all', async () => {
    for (let n = 1; n <= 50; n++) owned.set(id(n), 1);
    const drift = await compare();
    expect(drift.missing).toEqual(Array.from({ length: 20 }, (_, i) => id(i + 1)));
    expect(drift.differing.missing).toBe(50);
  });
});

describe('What is on its way', () => {
  it('from the log is no drift: it is looked at again when the consumer has caught up', async () => {
    alike(1, 5);
    owned.set(id(2), 2).set(id(6), 1).delete(id(4));
    caughtUp = () => kept.set(id(2), 2).set(id(6), 1).delete(id(4));
    const drift = await compare();
    expect(drift.differing).toEqual({ missing: 0, stale: 0, extra: 0 });
    expect(drift.inFlight).toBe(0);
  });

  it('to the log is no drift, though the consumer has seen all that is in it', async () => {
    alike(1, 5);
    owned.set(id(2), 2);
    unsent.add(id(2));
    let looks = 0;
    caughtUp = () => {
      looks += 1;
      if (looks === 2) unsent.clear();
      if (looks === 3) kept.set(id(2), 2);
    };
    expect(await compare()).toMatchObject({ differing: { stale: 0 }, inFlight: 0 });
    expect(looks).toBe(3);
  });

  it('is said to be in flight when it does not come to rest', async () => {
    alike(1, 5);
    owned.set(id(2), 2);
    unsent.add(id(2));
    let version = 2;
    owned.delete(id(3));
    caughtUp = () => void owned.set(id(4), (version += 1));
    owned.set(id(4), version);
    expect(await compare(100)).toMatchObject({
      differing: { missing: 0, stale: 0, extra: 1 },
      extra: [id(3)],
      inFlight: 2,
    });
  });
});
