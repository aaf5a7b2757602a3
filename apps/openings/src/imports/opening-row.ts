import { createHash } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import type { JobOpeningState } from '#contracts';
import {
  addDays,
  findPersonalData,
  occupationsTitled,
  fold,
  type LocalDate,
  parseExperience,
  parsePay,
  parsePlaces,
  parsePostedAgo,
  startOfLocalDate,
  tidy,
} from '#reference';
import { completeDetails } from '../job-opening/opening-fields.js';

/** The columns of the supported mapping. */
export const OPENING_COLUMNS = [
  'source_id',
  'title',
  'employer_key',
  'locations',
  'salary_text',
  'experience_text',
  'posted_ago',
] as const;
export type OpeningColumn = (typeof OPENING_COLUMNS)[number];
export type RawRow = Partial<Record<OpeningColumn, string>>;

/** Why a row was left out; `field` is the column's name. */
export interface RowRejection {
  field: string;
  code: string;
  reason: string;
  value: string | null;
}

export interface ImportContext {
  source: string;
  trusted: boolean;
  keepDays: number;
  asOf: LocalDate;
  today: LocalDate;
}

/** A row of `job_opening`, by column name. */
export interface OpeningRecord {
  id: string;
  status: JobOpeningState['status'];
  source: string;
  source_id: string;
  employer_key: string | null;
  title: string;
  title_folded: string;
  occupation_proposals: JobOpeningState['occupationProposals'];
  workplaces: JobOpeningState['workplaces'];
  other_places_count: number;
  pay_kind: JobOpeningState['pay']['kind'];
  pay_min: number | null;
  pay_max: number | null;
  pay_currency: string | null;
  pay_text: string | null;
  experience_min_months: number | null;
  experience_max_months: number | null;
  expires_on: LocalDate;
  published_at: string | null;
  ended_at: string | null;
  area_province_code: string | null;
  details: JobOpeningState['details'];
  last_seen_on: LocalDate;
  content_hash: string;
}

const PROPOSALS = 3;
const DETAILS = completeDetails({});

/**
 * Reads a row of the supported mapping. What the source does not say stays unknown; what it says and cannot be
 * read rejects the row, naming the column.
 */
export function readOpeningRow(row: RawRow, context: ImportContext): OpeningRecord | RowRejection[] {
  const rejections: RowRejection[] = [];
  const reject = (field: OpeningColumn, code: string, reason: string): undefined => {
    rejections.push({ field, code, reason, value: row[field]?.slice(0, 200) ?? null });
    return undefined;
  };
  const read = <T>(
    field: OpeningColumn,
    parse: (text: string) => { ok: true; value: T } | { ok: false; code: string; reason: string },
  ): T | undefined => {
    const text = tidy(row[field] ?? '');
    if (text === '') return undefined;
    const result = parse(text);
    return result.ok ? result.value : reject(field, result.code, result.reason);
  };

  const sourceId = tidy(row.source_id ?? '');
  if (!/^[\x21-\x7e]{1,100}$/.test(sourceId))
    reject('source_id', 'required', 'cần mã của tin ở nguồn, không có khoảng trắng');
  const title = tidy(row.title ?? '');
  if (title.length < 2) reject('title', 'required', 'thiếu chức danh');
  else if (title.length > 500) reject('title', 'too-long', 'chức danh dài quá 500 ký tự');
  else if (findPersonalData(title).length > 0) {
    reject('title', 'personal-data', 'chức danh có số điện thoại, thư điện tử hoặc số định danh');
  }
  const places = read('locations', parsePlaces);
  const pay = read('salary_text', parsePay);
  const experience = read('experience_text', parseExperience);
  const postedOn = read('posted_ago', (text) => parsePostedAgo(text, context.asOf));
  if (rejections.length > 0) return rejections;

  const expiresOn = addDays(context.asOf, context.keepDays);
  const over = expiresOn < context.today;
  const status = !context.trusted ? 'pending' : over ? 'expired' : 'published';
  const published = context.trusted ? startOfLocalDate(postedOn ?? context.asOf).toISOString() : null;
  const facts = {
    employer_key: tidy(row.employer_key ?? '').slice(0, 200) || null,
    title,
    title_folded: fold(title),
    occupation_proposals: occupationsTitled(title)
      .slice(0, PROPOSALS)
      .map((code, _, codes) => ({ code, confidence: Math.round(100 / codes.length) / 100 })),
    workplaces: (places?.workplaces ?? []).map(({ provinceCode, communeCode, text }) => ({
      provinceCode: provinceCode ?? null,
      communeCode: communeCode ?? null,
      text: text ?? null,
    })),
    other_places_count: places?.otherPlacesCount ?? 0,
    pay_kind: pay?.kind ?? ('negotiable' as const),
    pay_min: pay?.min ?? null,
    pay_max: pay?.max ?? null,
    pay_currency: pay?.currency ?? null,
    pay_text: tidy(row.salary_text ?? '') || null,
    experience_min_months: experience?.minMonths ?? null,
    experience_max_months: experience?.maxMonths ?? null,
  };
  return {
    id: uuidv7(),
    status,
    source: context.source,
    source_id: sourceId,
    ...facts,
    expires_on: expiresOn,
    published_at: published,
    ended_at: over ? startOfLocalDate(addDays(expiresOn, 1)).toISOString() : null,
    area_province_code: facts.workplaces[0]?.provinceCode ?? null,
    details: DETAILS,
    last_seen_on: context.asOf,
    content_hash: createHash('sha256').update(JSON.stringify(facts)).digest('base64url'),
  };
}
