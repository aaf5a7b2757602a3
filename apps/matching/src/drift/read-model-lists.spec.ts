import { describe, expect, it } from '@jest/globals';
import type { VersionedIndex } from '../search/search-engine.js';
import { inAll } from './read-model-lists.js';

const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

function place(versions: Record<number, number>): VersionedIndex {
  const rows = Object.entries(versions).map(([n, version]) => ({ id: id(Number(n)), version }));
  return {
    versionsAfter: (after, limit) =>
      Promise.resolve(
        rows
          .filter((row) => row.id > after)
          .sort((a, b) => (a.id < b.id ? -1 : 1))
          .slice(0, limit),
      ),
    versionsOf: (ids) => Promise.resolve(rows.filter((row) => ids.includes(row.id))),
  };
}

describe('What several places hold together', () => {
  const list = inAll([place({ 1: 4, 2: 5, 3: 1, 5: 1, 6: 1 }), place({ 1: 4, 2: 6, 4: 1, 5: 1, 6: 1 })], 3);

  it('has a version where all have the same, none of it where one lacks it, 0 where they differ', async () => {
    expect(await list.of([id(1), id(2), id(3), id(4)])).toEqual([
      { id: id(1), version: 4 },
      { id: id(2), version: 0 },
      { id: id(3), version: null },
      { id: id(4), version: null },
    ]);
  });

  it('comes in pages that end where the shortest of them does', async () => {
    const seen: (readonly [string, number | null])[] = [];
    let after: string | undefined = id(0);
    while (after !== undefined) {
      const page: Awaited<ReturnType<typeof list.page>> = await list.page(after);
      seen.push(...page.items.map((item) => [item.id, item.version] as const));
      after = page.next;
    }
    expect(new Map(seen)).toEqual(
      new Map([
        [id(1), 4],
        [id(2), 0],
        [id(3), null],
        [id(4), null],
        [id(5), 1],
        [id(6), 1],
      ]),
    );
    expect(seen).toHaveLength(6);
  });
});
