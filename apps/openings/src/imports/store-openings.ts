import { type EntityManager, In } from 'typeorm';
import type { Outbox } from '#events';
import { recordInFeed } from '../feed/feed.js';
import { JobOpening } from '../job-opening/job-opening.entity.js';
import { openingEvent } from '../job-opening/job-opening.events.js';
import type { OpeningRecord } from './opening-row.js';

const TYPES: Record<keyof OpeningRecord, string> = {
  id: 'uuid',
  status: 'text',
  source: 'text',
  source_id: 'text',
  employer_key: 'text',
  title: 'text',
  title_folded: 'text',
  occupation_proposals: 'jsonb',
  workplaces: 'jsonb',
  other_places_count: 'int',
  pay_kind: 'text',
  pay_min: 'bigint',
  pay_max: 'bigint',
  pay_currency: 'text',
  pay_text: 'text',
  experience_min_months: 'int',
  experience_max_months: 'int',
  expires_on: 'date',
  published_at: 'timestamptz',
  ended_at: 'timestamptz',
  area_province_code: 'text',
  details: 'jsonb',
  last_seen_on: 'date',
  content_hash: 'text',
};
const COLUMNS = Object.keys(TYPES) as (keyof OpeningRecord)[];
/** What a later sight of the same posting brings along. The first publication and the officer's decisions stay. */
const REFRESHED = COLUMNS.filter(
  (column) =>
    ![
      'id',
      'source',
      'source_id',
      'status',
      'published_at',
      'ended_at',
      'expires_on',
      'last_seen_on',
      'details',
    ].includes(column),
);

/**
 * What the clock has ended comes back when the source shows it again; what waits for an officer since it came
 * in is published once its source is trusted. What an officer or a hire has ended stays ended.
 */
const FOLLOWS_SOURCE = `(job_opening.status = 'expired'
      OR (job_opening.status = 'pending' AND job_opening.return_reason IS NULL
          AND job_opening.close_reason IS NULL AND job_opening.published_at IS NULL))`;

const UPSERT = `
  INSERT INTO job_opening (${COLUMNS.join(', ')}, version, created_by)
  SELECT ${COLUMNS.join(', ')}, 1, $2
  FROM json_to_recordset($1::json) AS r(${COLUMNS.map((column) => `${column} ${TYPES[column]}`).join(', ')})
  ORDER BY source_id
  ON CONFLICT (source, source_id) DO UPDATE SET
    ${REFRESHED.map((column) => `${column} = excluded.${column}`).join(', ')},
    last_seen_on = greatest(job_opening.last_seen_on, excluded.last_seen_on),
    expires_on = greatest(job_opening.expires_on, excluded.expires_on),
    status = CASE WHEN ${FOLLOWS_SOURCE} THEN excluded.status ELSE job_opening.status END,
    published_at = CASE WHEN ${FOLLOWS_SOURCE} THEN coalesce(job_opening.published_at, excluded.published_at)
                        ELSE job_opening.published_at END,
    ended_at = CASE WHEN ${FOLLOWS_SOURCE} THEN excluded.ended_at ELSE job_opening.ended_at END,
    version = job_opening.version + 1,
    updated_at = now()
  WHERE excluded.last_seen_on >= job_opening.last_seen_on
    AND (job_opening.content_hash <> excluded.content_hash OR excluded.last_seen_on > job_opening.last_seen_on)
  RETURNING id, old.status AS status_before`;

export interface StoredOpenings {
  created: number;
  updated: number;
  unchanged: number;
}

/**
 * Writes imported postings with their events, set by set. A posting is known by source and the source's id: the
 * same content seen on the same day again changes nothing and publishes nothing.
 */
export async function storeOpenings(
  tx: EntityManager,
  outbox: Outbox,
  records: readonly OpeningRecord[],
  createdBy: string,
): Promise<StoredOpenings> {
  if (records.length === 0) return { created: 0, updated: 0, unchanged: 0 };
  const changed = await tx.query<{ id: string; status_before: JobOpening['status'] | null }[]>(UPSERT, [
    JSON.stringify(records),
    createdBy,
  ]);
  const before = new Map(changed.map((row) => [row.id, row.status_before]));
  if (changed.length > 0) {
    const openings = await tx.findBy(JobOpening, { id: In(changed.map((row) => row.id)) });
    await outbox.append(
      tx,
      openings.map((opening) => openingEvent(opening, happeningOf(opening, before.get(opening.id) ?? null))),
    );
    await recordInFeed(tx, openings);
  }
  const created = changed.filter((row) => row.status_before === null).length;
  return { created, updated: changed.length - created, unchanged: records.length - changed.length };
}

function happeningOf({ status }: JobOpening, before: JobOpening['status'] | null): string {
  if (status === before) return 'revised';
  if (status === 'pending') return 'submitted';
  return status === 'expired' ? 'expired' : 'published';
}
