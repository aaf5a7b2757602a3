import type { Sql } from '../sql.js';

/**
 * The queue of a read model's generation: ids of openings whose rows have changed since they were fed to the index.
 * A row is written in the transaction that changes the opening, and stays until that very change was fed: what
 * commits late is in the queue when it commits. A row with `refused` is of an opening that the server would not take,
 * with its words: it is tried again when the opening changes, or the index is built anew.
 */
export function changeQueueSchema(schema: string): string[] {
  return [
    `CREATE TABLE IF NOT EXISTS ${schema}.search_changes (
       id uuid PRIMARY KEY,
       change bigint GENERATED ALWAYS AS IDENTITY,
       changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
       refused text
     )`,
    `CREATE INDEX IF NOT EXISTS search_changes_order ON ${schema}.search_changes (change)`,
    `CREATE INDEX IF NOT EXISTS search_changes_refused ON ${schema}.search_changes (id) WHERE refused IS NOT NULL`,
  ];
}

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
     ON CONFLICT (id) DO UPDATE SET change = DEFAULT, refused = NULL`,
    [ids],
  );
}

/** The oldest changes after one; `0` is before all of them. */
export function changesAfter(sql: Sql, change: string, limit: number): Promise<Change[]> {
  return sql.query<Change>(
    'SELECT id, change FROM search_changes WHERE change > $1::bigint AND refused IS NULL ORDER BY change LIMIT $2',
    [change, limit],
  );
}

/** The newest change there is; null when none waits. */
export async function lastChange(sql: Sql): Promise<string | null> {
  const [row] = await sql.query<{ last: string | null }>(
    'SELECT max(change) AS last FROM search_changes WHERE refused IS NULL',
  );
  return row?.last ?? null;
}

/** Whether a change up to this one has not been fed yet. */
export async function isWaiting(sql: Sql, upTo: string | null): Promise<boolean> {
  const [row] = await sql.query<{ any: boolean }>(
    'SELECT EXISTS (SELECT FROM search_changes WHERE change <= $1::bigint AND refused IS NULL) AS any',
    [upTo],
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
}

/** Puts openings aside that the server refuses, unless they have changed since. */
export async function putAside(
  sql: Sql,
  refused: readonly { id: string; change: string; cause: string }[],
): Promise<void> {
  for (const { id, change, cause } of refused)
    await sql.query('UPDATE search_changes SET refused = $3 WHERE id = $1 AND change = $2', [
      id,
      change,
      cause,
    ]);
}

/** The same of openings that were not in the queue. */
export async function putAsideNew(
  sql: Sql,
  refused: readonly { id: string; cause: string }[],
): Promise<void> {
  for (const { id, cause } of refused)
    await sql.query('INSERT INTO search_changes (id, refused) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING', [
      id,
      cause,
    ]);
}

/** How long the change that is fed next has waited (s), and how many openings the server has refused. */
export async function backlogOf(sql: Sql): Promise<{ oldestSeconds: number; refused: number }> {
  const [row] = await sql.query<{ oldest: number | null; refused: number }>(
    `SELECT (SELECT extract(epoch FROM clock_timestamp() - changed_at)::float8 FROM search_changes
             WHERE refused IS NULL ORDER BY change LIMIT 1) AS oldest,
            (SELECT count(*)::int FROM search_changes WHERE refused IS NOT NULL) AS refused`,
  );
  return { oldestSeconds: Math.max(0, row?.oldest ?? 0), refused: row?.refused ?? 0 };
}
