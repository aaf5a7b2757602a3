import type { Sql } from '../sql.js';

/**
 * The queue of a read model's generation: ids of openings whose rows have changed since they were fed to the index.
 * A row is written in the transaction that changes the opening, and stays until that very change was fed: what
 * commits late is in the queue when it commits.
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

export interface Change {
  id: string;
  change: string;
}

/** Notes that these openings have changed. */
export async function noteChanges(sql: Sql, ids: readonly string[]): Promise<void> {
  if (!ids.length) return;
  await sql.query(
    `INSERT INTO search_changes (id) SELECT DISTINCT unnest($1::uuid[])
     ON CONFLICT (id) DO UPDATE SET change = DEFAULT`,
    [ids],
  );
}

/** The oldest changes after one; `0` is before all of them. */
export function changesAfter(sql: Sql, change: string, limit: number): Promise<Change[]> {
  return sql.query<Change>(
    'SELECT id, change FROM search_changes WHERE change > $1::bigint ORDER BY change LIMIT $2',
    [change, limit],
  );
}

/** The newest change there is; null when none waits. */
export async function lastChange(sql: Sql): Promise<string | null> {
  const [row] = await sql.query<{ last: string | null }>('SELECT max(change) AS last FROM search_changes');
  return row?.last ?? null;
}

/** Whether a change up to this one has not been fed yet. */
export async function isWaiting(sql: Sql, upTo: string | null): Promise<boolean> {
  const [row] = await sql.query<{ any: boolean }>(
    'SELECT EXISTS (SELECT FROM search_changes WHERE change <= $1::bigint) AS any',
    [upTo],
  );
  return row?.any ?? false;
}

/** Strikes out what was fed, unless it has changed again. */
export async function strikeOut(sql: Sql, changes: readonly Change[]): Promise<void> {
  await sql.query(
    `DELETE FROM search_changes c USING unnest($1::uuid[], $2::bigint[]) AS fed(id, change)
     WHERE c.id = fed.id AND c.change = fed.change`,
    [changes.map(({ id }) => id), changes.map(({ change }) => change)],
  );
}

/** How many changes wait, and how long the oldest has waited (s). */
export async function backlogOf(sql: Sql): Promise<{ changes: number; oldestSeconds: number }> {
  const [row] = await sql.query<{ changes: number; oldest: number | null }>(
    `SELECT count(*)::int AS changes, extract(epoch FROM clock_timestamp() - min(changed_at))::float8 AS oldest
     FROM search_changes`,
  );
  return { changes: row?.changes ?? 0, oldestSeconds: row?.oldest ?? 0 };
}
