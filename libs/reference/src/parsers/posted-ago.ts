import { fold } from '../text/index.js';
import { addDays, addMonths, isLocalDate, type LocalDate } from './local-date.js';
import { MAX_FIELD_LENGTH, parsed, refused, type Parsed } from './parsed.js';

const WORDS: Record<string, number> = {
  ...{
    mot: 1,
    hai: 2,
    ba: 3,
    bon: 4,
    nam: 5,
    sau: 6,
    bay: 7,
    tam: 8,
    chin: 9,
    muoi: 10,
    a: 1,
    an: 1,
    one: 1,
  },
};
const UNITS: [RegExp, 'none' | 'days' | 'weeks' | 'months' | 'years'][] = [
  [/^(giay|phut|gio|tieng|seconds?|minutes?|hours?)$/, 'none'],
  [/^(ngay|hom|days?)$/, 'days'],
  [/^(tuan|weeks?)$/, 'weeks'],
  [/^(thang|months?)$/, 'months'],
  [/^(nam|years?)$/, 'years'],
];
const DIRECT: Record<string, number> = {
  ...{ 'hom nay': 0, 'vua xong': 0, 'moi day': 0, 'vua dang': 0, 'bay gio': 0, today: 0, 'just now': 0 },
  ...{ 'hom qua': 1, yesterday: 1, 'hom kia': 2 },
};

/** Before this nothing was posted: such a date is a slip of the pen or of the reader. */
export const EARLIEST_POSTING: LocalDate = '2000-01-01';

/**
 * The day on which something was posted, from "3 ngày trước" as read on `asOf` (a day of Asia/Ho_Chi_Minh). Weeks are
 * seven days, months calendar months; hours and minutes count as the day itself, since the clock time is unknown.
 * Dates as such (2025-06-30, 30/06/2025) are taken too, unless after `asOf`; no day before 2000 is.
 */
export function parsePostedAgo(text: string, asOf: LocalDate): Parsed<LocalDate> {
  if (!isLocalDate(asOf) || asOf < EARLIEST_POSTING) {
    return refused('invalid-as-of', `"${asOf}" is no date since ${EARLIEST_POSTING} of the form YYYY-MM-DD.`);
  }
  const folded = fold(text.slice(0, MAX_FIELD_LENGTH))
    .replace(/^(dang|cap nhat|posted)( tu)?:? /, '')
    .replace(/[.!]$/, '');
  if (!folded) return refused('empty', 'No time is given.');
  const direct = ownValue(DIRECT, folded);
  if (direct !== undefined) return notTooLongAgo(addDays(asOf, -direct));

  const date = writtenDate(folded);
  if (date) return date <= asOf ? notTooLongAgo(date) : refused('in-the-future', `${date} is after ${asOf}.`);

  const match = /^(?:khoang |hon |about |over )?(\d{1,4}|[a-z]+) ?([a-z]+)(?: (?:truoc|ago|qua))?$/.exec(
    folded,
  );
  const count = match && (/^\d/.test(match[1]!) ? Number(match[1]) : ownValue(WORDS, match[1]!));
  const unit = match && UNITS.find(([pattern]) => pattern.test(match[2]!))?.[1];
  if (count === undefined || count === null || !unit) {
    return refused('unreadable-time', `"${text}" is no time such as "3 ngày trước".`);
  }
  if (unit === 'none') return parsed(asOf);
  if (unit === 'days') return notTooLongAgo(addDays(asOf, -count));
  if (unit === 'weeks') return notTooLongAgo(addDays(asOf, -7 * count));
  return notTooLongAgo(addMonths(asOf, -count * (unit === 'years' ? 12 : 1)));
}

/** Texts are anything: "constructor" is no word of these lists. */
function ownValue(words: Readonly<Record<string, number>>, word: string): number | undefined {
  return Object.hasOwn(words, word) ? words[word] : undefined;
}

/** Years before 0 are written with a sign, which sorts before every digit. */
function notTooLongAgo(date: LocalDate): Parsed<LocalDate> {
  return date >= EARLIEST_POSTING
    ? parsed(date)
    : refused('too-long-ago', `${date} is before ${EARLIEST_POSTING}.`);
}

function writtenDate(text: string): LocalDate | undefined {
  const iso = /^(\d{4}-\d{2}-\d{2})(?:t.*)?$/.exec(text)?.[1];
  const local = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text);
  const date = iso ?? (local && `${local[3]}-${local[2]!.padStart(2, '0')}-${local[1]!.padStart(2, '0')}`);
  return date && isLocalDate(date) ? date : undefined;
}
