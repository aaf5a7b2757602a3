import { fold } from '../text/index.js';
import { MAX_FIELD_LENGTH, parsed, refused, type Parsed } from './parsed.js';

/**
 * Experience asked for, in months, half open: at least `minMonths`, less than `maxMonths`. `maxMonths: null` means
 * that no upper end is stated, which is how a plain "2 năm" is read (two years or more): a bound that nobody wrote
 * is not invented. "Không yêu cầu" is {0, null}, "Dưới 1 năm" {0, 12}, "2-3 năm" {24, 36}, "Trên 5 năm" {60, null}.
 */
export interface Experience {
  minMonths: number;
  maxMonths: number | null;
}

/** The bands of Mẫu 01 (item on experience), half-open views of the range. */
export type ExperienceBand = 'none' | '<1' | '1-2' | '2-5' | '>5';

/** The band that a range falls into by its lower end; nothing asked for is `none`. */
export function experienceBand({ minMonths, maxMonths }: Experience): ExperienceBand {
  if (minMonths >= 60) return '>5';
  if (minMonths >= 24) return '2-5';
  if (minMonths >= 12) return '1-2';
  return minMonths > 0 || (maxMonths !== null && maxMonths > 0) ? '<1' : 'none';
}

const NONE =
  /^(khong|chua|ko|k)( can)?( yeu cau| doi hoi| can| co)?( kinh nghiem| kn)?$|^(mien|no experience( required)?|none|not required|khong yeu cau.*|chua co kinh nghiem.*)$/;
const UNIT = '(nam|thang|years?|yrs?|months?)';
const COUNT = '(\\d{1,3}(?:[.,]\\d)?|nua|mot|hai|ba|bon)';
const RANGE = new RegExp(`${COUNT} ?${UNIT}? ?(?:-|den|toi|to) ?${COUNT} ?${UNIT}`);
const SINGLE = new RegExp(`(\\+?)${COUNT} ?(\\+?) ?${UNIT}( ?\\+| ruoi| tro len| or more)?`);
const WORDS: Record<string, number> = { nua: 0.5, mot: 1, hai: 2, ba: 3, bon: 4 };
const MAX_MONTHS = 50 * 12;

/** Reads "Không yêu cầu", "Dưới 1 năm", "1 năm", "2-3 năm", "6 tháng", "Trên 5 năm", "ít nhất 2 năm kinh nghiệm". */
export function parseExperience(text: string): Parsed<Experience> {
  const folded = fold(text.slice(0, MAX_FIELD_LENGTH)).replace(/[.,;!]+$/, '');
  if (!folded) return refused('empty', 'No experience is given.');
  if (NONE.test(folded)) return parsed({ minMonths: 0, maxMonths: null });

  const range = RANGE.exec(folded);
  if (range) {
    const from = months(range[1]!, range[2] ?? range[4]!);
    const to = months(range[3]!, range[4]!);
    if (from > to) return refused('min-above-max', `"${text}" begins above its end.`);
    return checked(text, from, from === to ? null : to);
  }
  const single = SINGLE.exec(folded);
  if (!single) return refused('unreadable-experience', `"${text}" is no experience such as "2 năm".`);
  const amount = months(single[2]!, single[4]!) + (single[5] === ' ruoi' ? 6 : 0);
  const before = folded.slice(0, single.index);
  if (/(duoi|toi da|khong qua|it hon|chua den|under|less than|up to|max|<) ?$/.test(before)) {
    if (!amount) return refused('unreadable-experience', `"${text}" asks for less than nothing.`);
    return checked(text, 0, amount);
  }
  return checked(text, amount, null);
}

function months(count: string, unit: string): number {
  const value = WORDS[count] ?? Number(count.replace(',', '.'));
  return Math.round(value * (/^(nam|y)/.test(unit) ? 12 : 1));
}

function checked(text: string, minMonths: number, maxMonths: number | null): Parsed<Experience> {
  if (Math.max(minMonths, maxMonths ?? 0) > MAX_MONTHS) {
    return refused('experience-too-long', `"${text}" is more than a working life.`);
  }
  return parsed({ minMonths, maxMonths });
}
