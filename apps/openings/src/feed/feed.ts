import type { EntityManager } from 'typeorm';
import type { JobOpening } from '../job-opening/job-opening.entity.js';

/**
 * Notes that what the public sees of these openings has changed: published ones are shown, all others are gone.
 * Numbers are given out under the counter's row lock, held until commit, so that a reader who has seen n never
 * misses a smaller one. An opening has one entry, its latest; one that was never public has none.
 */
export async function recordInFeed(
  tx: EntityManager,
  openings: readonly Pick<JobOpening, 'id' | 'version' | 'status'>[],
): Promise<void> {
  const hidden = openings.filter(({ status }) => status !== 'published').map(({ id }) => id);
  const listed = hidden.length > 0 ? await listedOf(tx, hidden) : new Set();
  const relevant = openings.filter(({ id, status }) => status === 'published' || listed.has(id));
  if (relevant.length === 0) return;
  const [counter] = await tx.query<[{ before: string }[], number]>(
    'UPDATE feed_counter SET last_seq = last_seq + $1 RETURNING last_seq - $1 AS before',
    [relevant.length],
  );
  const before = Number(counter[0]?.before ?? 0);
  await tx.query(
    `INSERT INTO feed_entry (seq, opening_id, version, removed)
     SELECT seq, opening_id, version, removed
     FROM json_to_recordset($1::json) AS r(seq bigint, opening_id uuid, version int, removed boolean)
     ON CONFLICT (opening_id) DO UPDATE
       SET seq = excluded.seq, version = excluded.version, removed = excluded.removed, changed_at = now()`,
    [
      JSON.stringify(
        relevant.map(({ id, version, status }, index) => ({
          seq: before + index + 1,
          opening_id: id,
          version,
          removed: status !== 'published',
        })),
      ),
    ],
  );
}

/** Of these openings, those that the feed shows; their rows are locked by who changes them. */
async function listedOf(tx: EntityManager, ids: readonly string[]): Promise<Set<string>> {
  const rows = await tx.query<{ opening_id: string }[]>(
    'SELECT opening_id FROM feed_entry WHERE opening_id = ANY($1::uuid[]) AND NOT removed',
    [ids],
  );
  return new Set(rows.map((row) => row.opening_id));
}
