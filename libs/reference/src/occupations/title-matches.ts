import { phraseKey } from '../text/index.js';
import { beginsWithWorkerRank } from './title-ranks.js';
import { keyOf, type TitleWord } from './title-words.js';
import { vocabulary, type VocabularyEntry } from './vocabulary.js';

/** A known title within a part of a title. */
export interface Match {
  entry: VocabularyEntry;
  start: number;
  length: number;
}

/** A unit group with the rules' own score (not yet a probability) and the words that it rests on. */
export interface Reading {
  code: string;
  score: number;
  evidence: string;
}

/** The longest known title from each word on, from left to right; one inside another is left out. */
export function longestMatches(words: readonly TitleWord[]): Match[] {
  const strict = words.some((word) => word.accented);
  const { byFolded, longestFrom } = vocabulary();
  const found: Match[] = [];
  for (let start = 0; start < words.length; start++) {
    const longest = longestFrom.get(words[start]!.folded) ?? 0;
    for (let length = Math.min(longest, words.length - start); length > 0; length--) {
      const candidates = byFolded.get(keyOf(words, start, length));
      const fitting = candidates?.filter((entry) => fits(entry, words, start, strict));
      if (!fitting?.length) continue;
      const entry = fitting.reduce((a, b) => (rank(b) < rank(a) ? b : a));
      const inside = found.some((other) => start + length <= other.start + other.length);
      if (!inside) found.push({ entry, start, length });
      break;
    }
  }
  return found;
}

const rank = (entry: VocabularyEntry): number => (entry.market ? 0 : 1) + (entry.rankless ? 2 : 0);

/** A writer who uses accents means a word without them to have none. */
function fits(entry: VocabularyEntry, words: readonly TitleWord[], start: number, strict: boolean): boolean {
  if (entry.acronym && strict && !words[start]!.capitals) return false;
  return entry.words.every((word, i) => {
    const written = words[start + i]!;
    return strict || written.accented ? written.normal === word.normal : written.folded === word.folded;
  });
}

/** Titles so broad that beside unknown words they say little. */
const BROAD = new Set(
  [
    'giám sát',
    'kỹ thuật',
    'vận hành',
    'tư vấn',
    'thiết kế',
    'nghiệp vụ',
    'điều phối',
    'khách hàng',
    'kế hoạch',
    'hồ sơ',
  ]
    .concat([
      'triển khai',
      'phát triển sản phẩm',
      'dự án',
      'thi công',
      'sản xuất',
      'hỗ trợ',
      'giáo viên',
      'hợp đồng',
    ])
    .map((title) => phraseKey(title)),
);

/**
 * What a match says: most when it covers all words of substance (`substance` of them from `from` on), then at the
 * head of the part, least in its middle.
 */
export function readMatch(
  match: Match,
  all: readonly TitleWord[],
  from: number,
  substance: number,
): Reading[] {
  const { entry, start, length } = match;
  const end = from + substance;
  const share = Math.max(0, Math.min(start + length, end) - Math.max(start, from)) / Math.max(1, substance);
  const atHead = start <= from;
  const english = isEnglish(entry);
  const atEnd = english && start + length >= end;
  if (length === 1 && !atHead && !atEnd && all[start]!.folded.length < 4) return [];
  if (
    entry.acronym &&
    entry.words[0]!.folded.length === 2 &&
    share < 1 &&
    !TELLING_ACRONYMS.has(entry.words[0]!.folded)
  ) {
    return [];
  }
  const exact = start < from || from === 0;
  let score = 0.3 + 0.3 * share - (length === 1 ? 0.1 : 0);
  if (share >= 1) score = exact && !entry.rankless ? 0.95 : 0.9;
  else if (atHead) score = (english ? 0.57 : 0.62) + 0.25 * share - (length === 1 && !english ? 0.12 : 0);
  else if (atEnd) score = 0.6 + 0.25 * share;
  const words = all.slice(start, start + length);
  if (LANGUAGE.test(keyOf(words, 0, length))) score *= 0.5;
  const skipped = Math.max(0, from - start);
  if (share < 1 && BROAD.has(keyOf(words, skipped, length - skipped))) score *= 0.75;
  const several = entry.codes.length > 1 ? 0.85 : 1;
  // An employee who "manages" something is no manager.
  if (beginsWithWorkerRank(all) && entry.rankless && entry.codes[0]!.startsWith('1')) score *= 0.7;
  const evidence = keyWords(words);
  return entry.codes.map((code, i) => ({ code, score: score * several * (i === 0 ? 1 : 0.9), evidence }));
}

/** A language alone is a requirement more often than an office job. */
const LANGUAGE = /^(?:nhan vien )?tieng \S+$/;

const SYLLABLE =
  /^(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?$/;
/** Titles in English have their head at the right end. */
const isEnglish = ({ words }: VocabularyEntry): boolean =>
  words.every((word) => !word.accented) && words.some((word) => !SYLLABLE.test(word.folded));

const TELLING_ACRONYMS = new Set(['ba', 'pg', 'qc', 'qa', 'qs', 'it', 'ai', 'hr', 'pr', 'ui', 'ux', 'rm']);

/** Words as evidence. */
export const keyWords = (words: readonly TitleWord[]): string => words.map((word) => word.normal).join(' ');
