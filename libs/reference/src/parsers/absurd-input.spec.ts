import { describe, expect, it } from '@jest/globals';
import {
  findPersonalData,
  isLocalDate,
  parseExperience,
  parsePay,
  parsePlaces,
  parsePostedAgo,
  phoneToE164,
} from './index.js';

const WORDS = [
  ...[
    'năm',
    'tháng',
    'ngày',
    'tuần',
    'trước',
    'ago',
    'triệu',
    'tr',
    'k',
    'tỷ',
    'USD',
    '$',
    'đ',
    'VND',
    'man',
    '¥',
  ],
  ...[
    'từ',
    'đến',
    'tới',
    'trên',
    'dưới',
    'hơn',
    'nửa',
    'rưỡi',
    'hoa hồng',
    '/',
    '/giờ',
    '%',
    '-',
    '–',
    '+',
    ',',
    '.',
  ],
  ...[
    'Hà Nội',
    '& 2 nơi khác',
    ':',
    ';',
    '|',
    'Toàn quốc',
    'Đống Đa',
    'CMND',
    '@',
    'a.vn',
    '(',
    ')',
    '\n',
    '\0',
  ],
  ...[
    'constructor',
    '__proto__',
    'toString',
    '\ud800',
    '🎉',
    'ĐĂNG',
    '0912345678',
    '2026-02-31',
    '00/00/0000',
  ],
];
const NUMBERS = [
  '0',
  '-1',
  '1',
  '2027',
  '9999',
  '99999',
  '1e309',
  '0.0001',
  '1.5.5',
  '9'.repeat(30),
  '0000-01-01',
];

/** The same texts on every run (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const random = generator(91);
const one = (from: readonly string[]): string => from[Math.floor(random() * from.length)]!;
const texts = Array.from({ length: 2000 }, () =>
  Array.from({ length: 1 + Math.floor(random() * 5) }, () => one(random() < 0.4 ? NUMBERS : WORDS)).join(
    random() < 0.7 ? ' ' : '',
  ),
);

/** Those of the texts whose reading is not as it must be; a throw is a fault too. */
const faults = (isRight: (text: string) => boolean): string[] =>
  texts.filter((text) => {
    try {
      return !isRight(text);
    } catch {
      return true;
    }
  });

const isAmount = (amount: number | null): boolean =>
  amount === null || (Number.isSafeInteger(amount) && amount >= 0);
const inOrder = (min: number | null, max: number | null): boolean =>
  min === null || max === null || min <= max;

describe('Whatever stands in a field, parsers answer and answer within bounds', () => {
  it('days of posting are days since 2000 and not after the day of reading', () =>
    expect(
      faults((text) => {
        const read = parsePostedAgo(text, '2026-07-15');
        return (
          !read.ok || (isLocalDate(read.value) && read.value >= '2000-01-01' && read.value <= '2026-07-15')
        );
      }),
    ).toEqual([]));

  it('experience is whole months of a working life', () =>
    expect(
      faults((text) => {
        const read = parseExperience(text);
        if (!read.ok) return true;
        const { minMonths, maxMonths } = read.value;
        return (
          isAmount(minMonths) && isAmount(maxMonths) && inOrder(minMonths, maxMonths) && minMonths <= 600
        );
      }),
    ).toEqual([]));

  it('pay is whole minor units, its lower end below its upper', () =>
    expect(
      faults((text) => {
        const read = parsePay(text);
        if (!read.ok) return true;
        return (
          isAmount(read.value.min) && isAmount(read.value.max) && inOrder(read.value.min, read.value.max)
        );
      }),
    ).toEqual([]));

  it('places are counted', () =>
    expect(
      faults((text) => {
        const read = parsePlaces(text);
        return !read.ok || (isAmount(read.value.otherPlacesCount) && Array.isArray(read.value.workplaces));
      }),
    ).toEqual([]));

  it('findings of personal data are in order, apart and as written', () =>
    expect(
      faults((text) => {
        phoneToE164(text);
        const found = findPersonalData(text);
        return found.every(
          ({ start, end, text: value }, i) =>
            text.slice(start, end) === value && start < end && (found[i - 1]?.end ?? 0) <= start,
        );
      }),
    ).toEqual([]));
});
