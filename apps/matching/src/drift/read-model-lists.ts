import type { DataSource } from 'typeorm';
import type { IndexList } from './compare-lists.js';
import type { Kept } from './judge.js';

/** Rows of a page: as many as an owner gives at once. */
export const PAGE = 5000;

/**
 * Published openings, each of the read model and of the search index, which a person can find only when both have
 * it. Of both the first rows after an id hold the first rows of the two together.
 */
const openings = (of: string): string =>
  `SELECT id, CASE WHEN o.version = i.version THEN o.version
                   WHEN o.version IS NOT NULL AND i.version IS NOT NULL THEN 0 END AS version
   FROM (SELECT id, version FROM openings WHERE status = 'published' AND ${of}) o
   FULL JOIN (SELECT id, version FROM opening_index WHERE ${of}) i USING (id)`;

const jobseekers = (of: string): string => `SELECT id, version FROM jobseekers WHERE consent AND ${of}`;

const listOf = (dataSource: DataSource, rows: (of: string) => string): IndexList => ({
  async page(after) {
    const items = await dataSource.query<Kept[]>(
      `SELECT id, version FROM (${rows('id > $1 ORDER BY id LIMIT $2')}) AS page ORDER BY id LIMIT $2`,
      [after, PAGE],
    );
    return { items, next: items.length === PAGE ? items.at(-1)?.id : undefined };
  },
  of: (ids) => dataSource.query<Kept[]>(rows('id = ANY($1::uuid[])'), [ids]),
});

/** What of the openings people find. */
export const openingList = (dataSource: DataSource): IndexList => listOf(dataSource, openings);

/** The people who are matched. */
export const jobseekerList = (dataSource: DataSource): IndexList => listOf(dataSource, jobseekers);
