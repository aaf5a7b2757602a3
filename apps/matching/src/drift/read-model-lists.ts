import type { DataSource } from 'typeorm';
import type { SearchEngine, VersionedIndex } from '../search/search-engine.js';
import type { IndexList } from './compare-lists.js';
import type { Kept } from './judge.js';

/** Rows of a page: as many as an owner gives at once. */
export const PAGE = 5000;

/** Versions by id of the rows of a query, which may end in further conditions. */
const tableOf = (dataSource: DataSource, rows: string): VersionedIndex => ({
  versionsAfter: (id, limit) => dataSource.query(`${rows} AND id > $1 ORDER BY id LIMIT $2`, [id, limit]),
  versionsOf: (ids) => dataSource.query(`${rows} AND id = ANY($1::uuid[])`, [ids]),
});

/**
 * Several places of which each must have everything, as one list: the version where all have the same, 0 where they
 * have different ones, null where one has none. Of all of them the first rows after an id hold the first rows of the
 * whole.
 */
export function inAll(places: readonly VersionedIndex[], pageSize = PAGE): IndexList {
  return {
    async page(after) {
      const pages = await Promise.all(places.map((place) => place.versionsAfter(after, pageSize)));
      const ends = pages.flatMap((items) => (items.length === pageSize ? [items.at(-1)!.id] : []));
      const next = ends.sort()[0];
      const within = pages.map((items) => items.filter(({ id }) => next === undefined || id <= next));
      return { items: together(within), next };
    },
    of: async (ids) => together(await Promise.all(places.map((place) => place.versionsOf(ids)))),
  };
}

function together(lists: readonly (readonly { id: string; version: number | string }[])[]): Kept[] {
  const versions = new Map<string, number[]>();
  for (const list of lists) {
    for (const { id, version } of list) {
      const known = versions.get(id);
      if (known) known.push(Number(version));
      else versions.set(id, [Number(version)]);
    }
  }
  return [...versions].map(([id, found]) => ({
    id,
    version: found.length < lists.length ? null : found.every((one) => one === found[0]) ? found[0]! : 0,
  }));
}

/** What of the openings people find: in the read model, and in every index of the engine. */
export const openingList = (dataSource: DataSource, engine: SearchEngine): IndexList =>
  inAll([
    tableOf(dataSource, `SELECT id, version FROM openings WHERE status = 'published'`),
    ...engine.indexes,
  ]);

/** The people who are matched. */
export const jobseekerList = (dataSource: DataSource): IndexList =>
  inAll([tableOf(dataSource, 'SELECT id, version FROM jobseekers WHERE consent')]);
