import { createHash } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import type { JobOpeningState } from '#contracts';
import {
  addDays,
  findPersonalData,
  isFreeOfPersonalData,
  fold,
  type ImportColumn,
  type LocalDate,
  parseExperience,
  parsePay,
  parsePlaces,
  parsePostedAgo,
  proposeOccupation,
  startOfLocalDate,
  tidy,
} from '#reference';

export type RawRow = Partial<Record<ImportColumn, string>>;

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
  /** Provinces of who hands the file in; `*` is every province. */
  areas: readonly string[];
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
  last_seen_on: LocalDate;
  content_hash: string;
}

const PROPOSALS = 3;
/** Below this share of right proposals a guess costs the officer who confirms it more than it helps. */
const LEAST_CONFIDENCE = 0.2;
const CONTROL = /[^\P{Cc}\t\r\n]/gu;

/** Reads the rows of one file, or says column by column why one is left out. */
export type RowReader = (row: RawRow) => OpeningRecord | RowRejection[];

/**
 * A reader of rows of the supported mapping. What the source does not say stays unknown; what it says and cannot
 * be read rejects the row, naming the column.
 */
export function openingRowReader(context: ImportContext): RowReader {
  const parsers = {
    locations: remembered(impersonal(parsePlaces)),
    salary_text: remembered(impersonal(parsePay)),
    experience_text: remembered(impersonal(parseExperience)),
    posted_ago: remembered(impersonal((text) => parsePostedAgo(text, context.asOf))),
  };
  const expiresOn = addDays(context.asOf, context.keepDays);
  const over = expiresOn < context.today;

  return (row) => {
    const rejections: RowRejection[] = [];
    const reject = (field: ImportColumn, code: string, reason: string): undefined => {
      const value = row[field] === undefined ? null : shown(row[field]);
      rejections.push({ field, code, reason, value });
      return undefined;
    };
    // Sources' own software leaves control characters in texts; a database does not take all of them.
    const text = (field: ImportColumn): string => tidy((row[field] ?? '').replaceAll(CONTROL, ' '));
    const read = <F extends keyof typeof parsers>(field: F): ValueOf<(typeof parsers)[F]> | undefined => {
      const given = text(field);
      if (given === '') return undefined;
      const result = parsers[field](given);
      return result.ok
        ? (result.value as ValueOf<(typeof parsers)[F]>)
        : reject(field, result.code, REASONS[result.code] ?? result.reason);
    };

    const sourceId = text('source_id');
    if (!/^[\x21-\x7e]{1,100}$/.test(sourceId))
      reject('source_id', 'required', 'cần mã của tin ở nguồn, không có khoảng trắng');
    else if (findPersonalData(sourceId).length > 0)
      reject('source_id', 'personal-data', 'có số điện thoại, thư điện tử hoặc số định danh');
    const title = text('title');
    if (rejections.every(({ field }) => field !== 'title')) {
      if (title.length < 2) reject('title', 'required', 'thiếu chức danh');
      else if (title.length > 500) reject('title', 'too-long', 'chức danh dài quá 500 ký tự');
      else if (!isFreeOfPersonalData(title)) reject('title', 'personal-data', REASONS['personal-data'] ?? '');
    }
    const employerKey = text('employer_key').slice(0, 200);
    const places = read('locations');
    const pay = read('salary_text');
    const experience = read('experience_text');
    const postedOn = read('posted_ago');
    const workplaces = (places?.workplaces ?? []).map(({ provinceCode, communeCode, text: written }) => ({
      provinceCode: provinceCode ?? null,
      communeCode: communeCode ?? null,
      text: written ?? null,
    }));
    const everywhere = context.areas.includes('*');
    // What says no place is for the officers who brought it, not for everybody's.
    const area = workplaces[0]?.provinceCode ?? (everywhere ? null : (context.areas[0] ?? null));
    if (!everywhere && (area === null || !context.areas.includes(area)))
      reject('locations', 'outside-area', 'nơi làm việc ngoài địa bàn của người nhập');
    if (rejections.length > 0) return rejections;

    const facts = {
      employer_key: employerKey === '' ? null : opaque(employerKey),
      title,
      title_folded: fold(title),
      workplaces,
      other_places_count: places?.otherPlacesCount ?? 0,
      pay_kind: pay?.kind ?? null,
      pay_min: pay?.min ?? null,
      pay_max: pay?.max ?? null,
      pay_currency: pay?.currency ?? null,
      pay_text: pay?.text ?? null,
      experience_min_months: experience?.minMonths ?? null,
      experience_max_months: experience?.maxMonths ?? null,
    };
    return {
      id: uuidv7(),
      status: !context.trusted ? 'pending' : over ? 'expired' : 'published',
      source: context.source,
      source_id: sourceId,
      ...facts,
      // Not a fact of the source: a better proposal alone is no change of the posting.
      occupation_proposals: proposeOccupation(title)
        .slice(0, PROPOSALS)
        .filter(({ confidence }) => confidence >= LEAST_CONFIDENCE)
        .map(({ code, confidence }) => ({ code, confidence: Math.round(confidence * 100) / 100 })),
      expires_on: expiresOn,
      published_at: context.trusted ? startOfLocalDate(postedOn ?? context.asOf).toISOString() : null,
      ended_at: context.trusted && over ? startOfLocalDate(addDays(expiresOn, 1)).toISOString() : null,
      area_province_code: area,
      last_seen_on: context.asOf,
      content_hash: createHash('sha256').update(JSON.stringify(facts)).digest('base64url'),
    };
  };
}

/** A rejected cell as the report tells it: short, and without the data of a person that it was rejected for. */
export function shown(cell: string): string {
  const masked = findPersonalData(cell).reduceRight(
    (text, { start, end }) => `${text.slice(0, start)}***${text.slice(end)}`,
    cell,
  );
  return masked.replaceAll(CONTROL, ' ').slice(0, 200);
}

type Parse<T> = (text: string) => { ok: true; value: T } | { ok: false; code: string; reason: string };
type ValueOf<P> = P extends Parse<infer T> ? T : never;

/** What is told of a place, of pay or of time has no room for the data of a person. */
function impersonal<T>(parse: Parse<T>): Parse<T> {
  return (text) =>
    !isFreeOfPersonalData(text) ? { ok: false, code: 'personal-data', reason: '' } : parse(text);
}

/** A source may know its employers by phone or e-mail: then only a hash of it is kept, which groups as well. */
function opaque(key: string): string {
  return isFreeOfPersonalData(key) ? key : `sha256:${createHash('sha256').update(key).digest('base64url')}`;
}

/** A file says the same few places, amounts and times again and again. */
function remembered<T>(parse: Parse<T>): Parse<T> {
  const known = new Map<string, ReturnType<Parse<T>>>();
  return (text) => {
    let result = known.get(text);
    if (!result) {
      result = parse(text);
      if (known.size < REMEMBERED) known.set(text, result);
    }
    return result;
  };
}
const REMEMBERED = 10_000;

/** The parsers' refusals in the words of those who correct the file; others are told as they are. */
const REASONS: Record<string, string> = {
  'personal-data': 'có số điện thoại, thư điện tử hoặc số định danh',
  'amount-too-large': 'số tiền quá lớn',
  'experience-too-long': 'số năm kinh nghiệm quá lớn',
  'in-the-future': 'ngày đăng sau ngày lấy tệp',
  'min-above-max': 'mức đầu lớn hơn mức cuối',
  'missing-period': 'không rõ lương theo giờ, ngày hay tháng',
  'missing-unit': 'số tiền thiếu đơn vị',
  'mixed-currencies': 'hai loại tiền trong một mức lương',
  'several-amounts': 'có nhiều hơn một khoảng lương',
  'unreadable-experience': 'không đọc được kinh nghiệm; ví dụ đúng: "2 năm", "Dưới 1 năm"',
  'unreadable-pay': 'không đọc được mức lương; ví dụ đúng: "10 - 15 triệu", "Thỏa thuận"',
  'unreadable-time': 'không đọc được ngày đăng; ví dụ đúng: "3 ngày trước"',
  'unsupported-period': 'lương không theo tháng, ngày hoặc giờ',
};
