import { fold, tidy } from '../text/index.js';
import { MAX_FIELD_LENGTH, parsed, refused, type Parsed } from './parsed.js';
import { amountsIn, type Amount } from './pay-amounts.js';

/**
 * Pay as it was written. Amounts are whole minor units of the currency (VND has no decimals: 10 triệu = 10000000;
 * USD has two: 1,000 USD = 100000) for one unit of the period that `kind` names. Nothing is converted; `null` is
 * unknown, never 0. A single amount is both ends; "Từ" leaves the upper end open, "Tới" the lower.
 */
export interface Pay {
  kind: 'monthly' | 'daily' | 'hourly' | 'negotiable' | 'commission';
  min: number | null;
  max: number | null;
  /** ISO 4217; null when there is no amount. */
  currency: string | null;
  /** As written, tidied. */
  text: string;
}

/** A price per hour, day or month: after a slash or a word such as "mỗi", or right behind the amount's unit. */
const period = (words: string): RegExp =>
  new RegExp(
    `(?:\\/ ?|\\b(?:per|moi|mot|theo|a|luong) |\\b1 |\\d ?(?:k|tr|trieu|nghin|ngan|vnd|d|dong|usd|\\$) ?)(?:1 )?(?:${words})\\b|\\b(?:${words}) ?:`,
  );
const PERIODS: [Pay['kind'] | 'unsupported', RegExp][] = [
  ['hourly', new RegExp(`${period('gio|h|hr|hour|tieng').source}|\\bhourly\\b`)],
  ['daily', new RegExp(`${period('ngay|ngay cong|cong|day').source}|\\bdaily\\b`)],
  ['monthly', new RegExp(`${period('thang|month|mth|th|mo').source}|\\bmonthly\\b`)],
  ['unsupported', period('nam|year|annum|tuan|week|ca|shift|buoi|tiet|san pham|sp|don|chuyen|km|m2|bai')],
];
const NEGOTIABLE =
  /thoa thuan|thuong luong|canh tranh|trao doi|theo nang luc|deal|negotia|competitive|attractive|hap dan|\btt\b|khong tiet lo|dang nhap de xem|you'?ll love it|phong van/;
const COMMISSION = /hoa hong|commission/;
const AT_MOST = /(\btoi|\bden|\bupto|\bup to|\bduoi|\btoi da|\bmax|\bkhong qua|<=?|≤)(?: muc)? ?:? ?$/;
const AT_LEAST = /(\btu|\btren|\bhon|\btoi thieu|\bit nhat|\bfrom|\bmin|\bover|>=?|≥)(?: muc)? ?:? ?$/;
const OR_MORE = /^ ?(\+|tro len|or more|and up)/;
const UNKNOWN = { min: null, max: null, currency: null };
/**
 * Below this an amount of dong cannot be told to be a month's, a day's or an hour's, unless it is in millions, in
 * which only monthly pay is told ("0.2 - 0.3 triệu").
 */
const LEAST_MONTHLY_VND = 500_000;

/**
 * Reads "10 - 15 triệu", "Từ 10 triệu", "Tới 20 triệu", "Thỏa thuận", "1,000 - 2,000 USD", "30 k - 50 k /giờ",
 * "7.000.000 đ/tháng", "500k/ngày". Without a period amounts are monthly, as the field is on the forms.
 */
export function parsePay(text: string): Parsed<Pay> {
  const shown = tidy(text.slice(0, MAX_FIELD_LENGTH));
  const folded = fold(shown);
  if (!folded) return refused('empty', 'No pay is given.');
  const found = amountsIn(folded);
  if (!found.ok) return found;
  const amounts = found.value;
  if (!amounts.length) return withoutAmount(folded, shown);
  if (amounts.length > 2) return refused('several-amounts', `"${shown}" has more than two amounts.`);

  const [first, second] = amounts as [Amount, Amount?];
  if (second && first.currency !== second.currency) {
    return refused('mixed-currencies', `"${shown}" mixes ${first.currency} and ${second.currency}.`);
  }
  const ends = second ? rangeEnds(folded, first, second) : singleEnds(folded, first);
  if (!ends) return refused('several-amounts', `"${shown}" has two amounts that are no range.`);
  if (ends.min !== null && ends.max !== null && ends.min > ends.max) {
    return refused('min-above-max', `"${shown}" begins above its end.`);
  }
  // Sources print "0.0 - 0.0 triệu" for what they do not know or have rounded away.
  if ((ends.max ?? ends.min) === 0) return parsed({ kind: 'negotiable', ...UNKNOWN, text: shown });

  const named = PERIODS.find(([, pattern]) => pattern.test(folded))?.[0];
  if (named === 'unsupported')
    return refused('unsupported-period', `"${shown}" is not per month, day or hour.`);
  const isSmall = first.currency === 'VND' && (ends.max ?? ends.min)! < LEAST_MONTHLY_VND;
  if (!named && isSmall && !/trieu|\dtr/.test(folded)) {
    return refused('missing-period', `"${shown}" does not say whether per hour, day or month.`);
  }
  return parsed({ kind: named ?? 'monthly', ...ends, currency: first.currency, text: shown });
}

function withoutAmount(folded: string, text: string): Parsed<Pay> {
  if (COMMISSION.test(folded)) return parsed({ kind: 'commission', ...UNKNOWN, text });
  if (NEGOTIABLE.test(folded)) return parsed({ kind: 'negotiable', ...UNKNOWN, text });
  return refused('unreadable-pay', `"${text}" is no pay such as "10 - 15 triệu" or "Thỏa thuận".`);
}

function singleEnds(folded: string, amount: Amount): { min: number | null; max: number | null } {
  const before = folded.slice(0, amount.start);
  const after = folded.slice(amount.end);
  if (AT_MOST.test(before)) return { min: null, max: amount.minor };
  if (AT_LEAST.test(before) || OR_MORE.test(after)) return { min: amount.minor, max: null };
  return { min: amount.minor, max: amount.minor };
}

function rangeEnds(folded: string, first: Amount, second: Amount): { min: number; max: number } | undefined {
  const between = folded.slice(first.end, second.start).trim();
  const isRange = /^(-|~|->|→|den|toi|to|\/ ?(gio|h|ngay|thang|month|hour|day) ?-)$/.test(between);
  return isRange ? { min: first.minor, max: second.minor } : undefined;
}
