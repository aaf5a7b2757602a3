import type { Sql } from '../sql.js';

/**
 * The queue of a read model's generation: ids of openings whose rows have changed since they were fed to the index.
 * A row is written in the transaction that changes the opening, and stays until that very change was fed: what
 * commits late is in the queue when it commits. What the server would not take stays in it, and waits no more
 * (`REFUSED_SCHEMA`).
 */
export function changeQueueSchema(schema: string): string[] {
  return [
    `CREATE TABLE IF NOT EXISTS ${schema}.search_changes (
       id uuid PRIMARY KEY,
       change bigint GENERATED ALWAYS AS IDENTITY,
       changed_at timestamptz NOT NULL DEFAULT clock_timestamp()
     )`,
    `CREATE INDEX IF NOT EXISTS search_changes_order ON ${schema}.search_changes (change)`,
  ];
}

/**
 * Changes that the server refused, with its words. The next change of the opening has another number, and is tried.
 * Not of a generation: a read model that an older release has built knows no such table.
 */
export const REFUSED_SCHEMA = [
  `CREATE TABLE public.search_refused (id uuid PRIMARY KEY, change bigint NOT NULL, cause text NOT NULL)`,
];

const IS_REFUSED = `EXISTS (SELECT FROM public.search_refused r WHERE r.id = c.id AND r.change = c.change)`;

export interface Change {
  id: string;
  change: string;
}

/** Notes that these openings have changed. */
export function noteChanges(sql: Sql, ids: readonly string[]): Promise<void> {
  return note(sql, ids, '');
}

/** The same, of an instance without an index outside: only when another one feeds it, or it is known to be whole. */
export function noteChangesForOthers(sql: Sql, ids: readonly string[]): Promise<void> {
  return note(
    sql,
    ids,
    'WHERE EXISTS (SELECT FROM public.search_feed WHERE holder IS NOT NULL OR read_model IS NOT NULL)',
  );
}

/** In the order of the ids, as everywhere here: two that do so at once do not wait for each other. */
async function note(sql: Sql, ids: readonly string[], where: string): Promise<void> {
  if (!ids.length) return;
  await sql.query(
    `INSERT INTO search_changes (id) SELECT DISTINCT id FROM unnest($1::uuid[]) AS changed(id) ${where} ORDER BY id
     ON CONFLICT (id) DO UPDATE SET change = DEFAULT`,
    [ids],
  );
}

/** The oldest changes after one; `0` is before all of them. */
export function changesAfter(sql: Sql, change: string, limit: number): Promise<Change[]> {
  return sql.query<Change>(
    `SELECT id, change FROM search_changes c WHERE change > $1::bigint AND NOT ${IS_REFUSED} ORDER BY change LIMIT $2`,
    [change, limit],
  );
}

/** Now, by the database's clock, to the microsecond. */
export async function queueTime(sql: Sql): Promise<string> {
  const [row] = await sql.query<{ time: string }>('SELECT clock_timestamp()::text AS time');
  return row!.time;
}

/** Whether an opening that has changed by then has not been fed since: it keeps its time when it changes again. */
export async function isWaiting(sql: Sql, by: string): Promise<boolean> {
  const [row] = await sql.query<{ any: boolean }>(
    `SELECT EXISTS (SELECT FROM search_changes c WHERE changed_at <= $1::timestamptz AND NOT ${IS_REFUSED}) AS any`,
    [by],
  );
  return row?.any ?? false;
}

/** Strikes out what was fed, unless it has changed again. */
export async function strikeOut(sql: Sql, changes: readonly Change[]): Promise<void> {
  await sql.query(
    `DELETE FROM search_changes WHERE id IN (
       SELECT c.id FROM search_changes c JOIN unnest($1::uuid[], $2::bigint[]) AS fed(id, change)
         ON c.id = fed.id AND c.change = fed.change
       ORDER BY c.id FOR UPDATE OF c)`,
    [changes.map(({ id }) => id), changes.map(({ change }) => change)],
  );
  await sql.query('DELETE FROM public.search_refused WHERE id = ANY($1::uuid[])', [
    changes.map(({ id }) => id),
  ]);
}

/** Puts changes aside that the server refused. One without a number was not in the queue; if it is now, it is tried. */
export async function putAside(
  sql: Sql,
  refused: readonly { id: string; change?: string; cause: string }[],
): Promise<void> {
  for (const { id, change, cause } of refused) {
    const [queued] = change
      ? [{ change }]
      : await sql.query<{ change: string }>(
          'INSERT INTO search_changes (id) VALUES ($1) ON CONFLICT DO NOTHING RETURNING change',
          [id],
        );
    if (!queued) continue;
    await sql.query(
      `INSERT INTO public.search_refused (id, change, cause) VALUES ($1, $2, $3)
       ON CONFLICT (id) DO UPDATE SET change = excluded.change, cause = excluded.cause`,
      [id, queued.change, cause],
    );
  }
}

/** Nothing waits and nothing is refused: whoever says so reads the whole read model afterwards. */
export async function emptyQueue(sql: Sql): Promise<void> {
  await sql.query('DELETE FROM search_changes');
  await sql.query('DELETE FROM public.search_refused');
}

/** Whether no change waits, how long the next one has waited (s), and how many openings the server has refused. */
export async function backlogOf(
  sql: Sql,
): Promise<{ isEmpty: boolean; oldestSeconds: number; refused: number }> {
  const [row] = await sql.query<{ oldest: number | null; refused: number }>(
    `SELECT (SELECT extract(epoch FROM clock_timestamp() - changed_at)::float8 FROM search_changes c
             WHERE NOT ${IS_REFUSED} ORDER BY change LIMIT 1) AS oldest,
            (SELECT count(*)::int FROM public.search_refused JOIN search_changes USING (id, change)) AS refused`,
  );
  const oldest = row?.oldest ?? null;
  return { isEmpty: oldest === null, oldestSeconds: Math.max(0, oldest ?? 0), refused: row?.refused ?? 0 };
}
