import { setImmediate as turn } from 'node:timers/promises';
import { type EntityManager, In } from 'typeorm';
import type { Outbox, OutgoingRecord } from '#events';
import { Slices } from '#platform';
import { recordInFeed } from '../feed/feed.js';
import { blankOpening } from '../job-opening/blank-opening.js';
import { JobOpening } from '../job-opening/job-opening.entity.js';
import { openingEvent } from '../job-opening/job-opening.events.js';
import { completeDetails } from '../job-opening/opening-fields.js';
import type { OpeningRecord } from './opening-row.js';

/** The further fields of Mẫu 01, of which the mapping knows none. */
const DETAILS = completeDetails({});

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
    ].includes(column),
);

/**
 * What the clock has ended comes back when the source shows it again; what waits for an officer since it came
 * in is published once its source is trusted. What an officer or a hire has ended stays ended.
 */
const FOLLOWS_SOURCE = `(job_opening.status = 'expired'
      OR (job_opening.status = 'pending' AND job_opening.return_reason IS NULL
          AND job_opening.close_reason IS NULL AND job_opening.published_at IS NULL))`;

/** What an officer has published and a source that is not trusted then changes is looked at again. */
const WAITS_AGAIN = `(job_opening.status = 'published' AND excluded.status = 'pending'
      AND job_opening.content_hash <> excluded.content_hash)`;
const MOVES = `(${FOLLOWS_SOURCE} OR ${WAITS_AGAIN})`;

const UPSERT = `
  INSERT INTO job_opening (${COLUMNS.join(', ')}, details, version, created_by)
  SELECT ${COLUMNS.join(', ')}, $3::jsonb, 1, $2
  FROM json_to_recordset($1::json) AS r(${COLUMNS.map((column) => `${column} ${TYPES[column]}`).join(', ')})
  ORDER BY source_id
  ON CONFLICT (source, source_id) DO UPDATE SET
    ${REFRESHED.map((column) => `${column} = excluded.${column}`).join(', ')},
    last_seen_on = greatest(job_opening.last_seen_on, excluded.last_seen_on),
    expires_on = greatest(job_opening.expires_on, excluded.expires_on),
    status = CASE WHEN ${MOVES} THEN excluded.status ELSE job_opening.status END,
    published_at = CASE WHEN ${MOVES} AND excluded.status = 'pending' THEN NULL
                        WHEN ${MOVES} THEN coalesce(job_opening.published_at, excluded.published_at)
                        ELSE job_opening.published_at END,
    ended_at = CASE WHEN ${MOVES} THEN excluded.ended_at ELSE job_opening.ended_at END,
    version = job_opening.version + 1,
    updated_at = now()
  WHERE excluded.last_seen_on >= job_opening.last_seen_on
    AND (job_opening.content_hash <> excluded.content_hash OR excluded.last_seen_on > job_opening.last_seen_on)
    AND ($4::text[] @> '{*}' OR job_opening.area_province_code = ANY($4))
  RETURNING id, old.status AS status_before`;

const ELSEWHERE = `
  SELECT source_id FROM job_opening
  WHERE source = $1 AND source_id = ANY($2) AND (area_province_code = ANY($3)) IS NOT TRUE
  ORDER BY source_id`;

export interface Importer {
  createdBy: string;
  /** Provinces whose postings may be made and changed; `*` is every province. */
  areas: readonly string[];
}

export interface StoredOpenings {
  created: number;
  updated: number;
  unchanged: number;
  /** The source's ids of what belongs to another area and was left as it is. */
  elsewhere: string[];
}

/**
 * Writes imported postings with their events, set by set. A posting is known by source and the source's id: the
 * same content seen on the same day again changes nothing and publishes nothing.
 */
export async function storeOpenings(
  tx: EntityManager,
  outbox: Outbox,
  records: readonly OpeningRecord[],
  { createdBy, areas }: Importer,
): Promise<StoredOpenings> {
  if (records.length === 0) return { created: 0, updated: 0, unchanged: 0, elsewhere: [] };
  const [changed, created] = await Promise.all([
    upsert(tx, [JSON.stringify(records), createdBy, JSON.stringify(DETAILS), areas]),
    asCreated(outbox, records, createdBy),
  ]);
  const before = new Map(changed.map((row) => [row.id, row.status_before]));
  const updated = changed.flatMap((row) => (row.status_before === null ? [] : [row.id]));
  if (changed.length > 0) {
    const news = created.filter(({ opening: { id } }) => before.get(id) === null);
    await outbox.write(
      tx,
      news.map(({ event }) => event),
    );
    const revised = updated.length > 0 ? await tx.findBy(JobOpening, { id: In(updated) }) : [];
    await outbox.append(
      tx,
      revised.map((opening) => openingEvent(opening, happeningOf(opening, before.get(opening.id) ?? null))),
    );
    await recordInFeed(tx, [...news.map(({ opening }) => opening), ...revised]);
  }
  const elsewhere = await foreignOf(tx, records, areas);
  return {
    created: changed.length - updated.length,
    updated: updated.length,
    unchanged: records.length - changed.length - elsewhere.length,
    elsewhere,
  };
}

interface Upserted {
  id: string;
  status_before: JobOpening['status'] | null;
}

/** The part of pg's client that TypeORM does not pass on: statements that PostgreSQL plans once per connection. */
interface PreparingClient {
  query(statement: { name: string; text: string; values: unknown[] }): Promise<{ rows: Upserted[] }>;
}

async function upsert(tx: EntityManager, values: unknown[]): Promise<Upserted[]> {
  const client = (await tx.queryRunner?.connect()) as PreparingClient;
  return (await client.query({ name: 'import-openings', text: UPSERT, values })).rows;
}

/**
 * What the postings and their events are if none of them was there before: made while the database finds out, which
 * is most of a file's first import.
 */
async function asCreated(
  outbox: Outbox,
  records: readonly OpeningRecord[],
  createdBy: string,
): Promise<{ opening: JobOpening; event: OutgoingRecord }[]> {
  // The statement goes out first.
  await turn();
  const slices = new Slices();
  const created = [];
  for (const record of records) {
    const opening = newOpening(record, createdBy);
    created.push({ opening, event: outbox.encode(openingEvent(opening, happeningOf(opening, null))) });
    await slices.next();
  }
  return created;
}

/** After the writing, so that what another import has brought meanwhile is seen: all of the own is in the areas. */
async function foreignOf(
  tx: EntityManager,
  records: readonly OpeningRecord[],
  areas: readonly string[],
): Promise<string[]> {
  if (areas.includes('*')) return [];
  const rows = await tx.query<{ source_id: string }[]>(ELSEWHERE, [
    records[0]?.source,
    records.map((record) => record.source_id),
    areas,
  ]);
  return rows.map((row) => row.source_id);
}

/** What a row that was not there before has become; it need not be read back. */
function newOpening(record: OpeningRecord, createdBy: string): JobOpening {
  const { published_at: published, ended_at: ended } = record;
  return Object.assign(blankOpening(record.id, createdBy), {
    status: record.status,
    source: record.source,
    sourceId: record.source_id,
    employerKey: record.employer_key,
    title: record.title,
    titleFolded: record.title_folded,
    occupationProposals: record.occupation_proposals,
    workplaces: record.workplaces,
    otherPlacesCount: record.other_places_count,
    payKind: record.pay_kind,
    payMin: record.pay_min,
    payMax: record.pay_max,
    payCurrency: record.pay_currency,
    payText: record.pay_text,
    experienceMinMonths: record.experience_min_months,
    experienceMaxMonths: record.experience_max_months,
    expiresOn: record.expires_on,
    publishedAt: published === null ? null : new Date(published),
    endedAt: ended === null ? null : new Date(ended),
    areaProvinceCode: record.area_province_code,
    details: DETAILS,
    lastSeenOn: record.last_seen_on,
  } satisfies Partial<JobOpening>);
}

function happeningOf({ status }: JobOpening, before: JobOpening['status'] | null): string {
  if (status === before) return 'revised';
  if (status === 'pending') return 'submitted';
  return status === 'expired' ? 'expired' : 'published';
}
