import { accentedKey, stripAccents } from '../text/index.js';
import type { TitleWord } from './title-words.js';

/** Ranks and circumstances without a trade of their own: ignored where a part of a title begins or ends. */
const RANKS = new Set(
  [
    'nhân viên',
    'chuyên viên',
    'cán bộ',
    'cộng tác viên',
    'thực tập sinh',
    'thực tập',
    'chuyên gia',
    'senior',
    'junior',
    'middle',
    'mid',
    'fresher',
    'fresh',
    'intern',
    'internship',
    'chính',
    'cao cấp',
    'tập sự',
    'nam',
    'nữ',
    'tuyển gấp',
    'tuyển dụng gấp',
    'cần tuyển',
    'cần',
    'gấp',
    'hot',
    'urgent',
    'sr',
    'jr',
    'vị trí',
    'specialist',
    'staff',
    'officer',
    'executive',
    'freelancer',
    'freelance',
    'remote',
    'parttime',
    'part time',
    'full time',
    'fulltime',
    'bộ phận',
    'mảng',
    'ngành',
    'lĩnh vực',
    'việc làm',
    'new',
    'sinh viên',
    'hiring',
    'trainee',
    'thời vụ',
    'phụ trách',
    'expert',
    'online',
    'offline',
    'collaborator',
    'graduate',
    'principal',
    'experienced',
    'talented',
    'khối',
    'ban',
    'phòng',
    'kiêm',
    'biết',
  ].map((rank) => accentedKey(rank)),
);
const NUMBER = /^(?:x?\d{1,2}|i{1,3})$/;

/** Ranks of those who do the work themselves, whatever they "manage" (nhân viên quản lý kho). */
const WORKERS = new Set(
  ['nhân viên', 'chuyên viên', 'cán bộ', 'cộng tác viên', 'thực tập sinh'].flatMap((rank) => [
    accentedKey(rank),
    stripAccents(accentedKey(rank)),
  ]),
);

/** Without accents only the longer ones can be told: "phong" and "chinh" belong to trades too. */
const RANKS_WITHOUT_ACCENTS = new Set([...RANKS].filter((rank) => rank.includes(' ')).map(stripAccents));

const isRank = (words: readonly TitleWord[], at: number, size: number): boolean =>
  RANKS.has(normalKeyOf(words, at, size)) ||
  (size > 1 && RANKS_WITHOUT_ACCENTS.has(normalKeyOf(words, at, size))) ||
  (size === 1 && NUMBER.test(words[at]!.folded));

/** Where the words of substance begin, ranks skipped. */
export function skipRanks(words: readonly TitleWord[]): number {
  let at = 0;
  for (;;) {
    const size = [3, 2, 1].find((n) => at + n < words.length && isRank(words, at, n));
    if (size === undefined) return at;
    at += size;
  }
}

/** Where they end (exclusive), ranks at the end skipped ("marketing executive", "pha chế part time"). */
export function dropTrailingRanks(words: readonly TitleWord[], from: number): number {
  let end = words.length;
  for (;;) {
    const size = [3, 2, 1].find((n) => end - n > from && isRank(words, end - n, n));
    if (size === undefined) return end;
    end -= size;
  }
}

/** Whether the title begins with the rank of somebody who leads nobody. */
export const beginsWithWorkerRank = (words: readonly TitleWord[]): boolean =>
  [3, 2].some((size) => words.length > size && WORKERS.has(normalKeyOf(words, 0, size)));

const normalKeyOf = (words: readonly TitleWord[], at: number, length: number): string =>
  words
    .slice(at, at + length)
    .map((word) => word.normal)
    .join(' ');

/** Words between a trade and its field. */
const FILLERS = new Set(['ngành', 'mảng', 'lĩnh vực', 'dòng', 'khối'].map((word) => accentedKey(word)));

/** The words without fillers such as "ngành" inside ("kinh doanh ngành nội thất"); the same list when there are none. */
export function withoutFillers(words: readonly TitleWord[]): readonly TitleWord[] {
  const isFiller = (at: number): boolean => {
    const two = normalKeyOf(words, at, 2);
    const before = at > 0 ? normalKeyOf(words, at - 1, 2) : '';
    if (FILLERS.has(two) || FILLERS.has(before)) return true;
    return FILLERS.has(words[at]!.normal) && words[at + 1]?.normal !== 'hàng';
  };
  const kept = words.filter((_, at) => at === 0 || !isFiller(at));
  return kept.length === words.length ? words : kept;
}
