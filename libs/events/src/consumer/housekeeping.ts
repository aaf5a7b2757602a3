import type { DataSource } from 'typeorm';

/** How long what is no longer needed is kept (days). */
export interface Retention {
  /**
   * Events in the inbox: as long as a duplicate may still come out of the log. Positions commit with the effects,
   * so only a relay that died between publishing and saying so makes duplicates.
   */
  inboxDays: number;
  /** Dead letters that were replayed; open ones are kept until someone deals with them. */
  replayedDays: number;
}

export const DEFAULT_RETENTION: Retention = { inboxDays: 30, replayedDays: 90 };

const AT_ONCE = 10_000;

/**
 * Removes old rows, a few thousand a statement.
 * @returns the number of removed rows
 */
export async function prune(
  dataSource: DataSource,
  { inboxDays, replayedDays }: Retention = DEFAULT_RETENTION,
): Promise<number> {
  return (
    (await removeOld(dataSource, 'inbox', 'processed_at', inboxDays)) +
    (await removeOld(dataSource, 'dead_letter', 'replayed_at', replayedDays))
  );
}

async function removeOld(
  dataSource: DataSource,
  table: string,
  column: string,
  days: number,
): Promise<number> {
  for (let removed = 0; ;) {
    const [, count] = await dataSource.query<[unknown, number]>(
      `DELETE FROM ${table} WHERE ctid = ANY(ARRAY(
         SELECT ctid FROM ${table} WHERE ${column} < now() - make_interval(days => $1) LIMIT ${AT_ONCE}))`,
      [days],
    );
    removed += count;
    if (count < AT_ONCE) return removed;
  }
}
