import { lazy, readDataFile } from '../data/data-file.js';
import { occupations } from './occupations.js';
import { skipRanks } from './title-ranks.js';
import { keyOf, titleWords, type TitleWord } from './title-words.js';

/** A title of the vocabulary in the form in which it is compared. */
export interface VocabularyEntry {
  words: readonly TitleWord[];
  /** Whether a rank ("nhân viên") was left out of it. */
  rankless: boolean;
  /** Unit groups, the likelier first. */
  codes: readonly string[];
  /** Our own list of market titles is preferred to the wider one of the classification. */
  market: boolean;
  /** Written with capitals only (BA, PG): too short to be taken from a text in small letters. */
  acronym: boolean;
}

interface Vocabulary {
  byFolded: ReadonlyMap<string, VocabularyEntry[]>;
  /** Words of the longest title that begins with a (folded) word. */
  longestFrom: ReadonlyMap<string, number>;
}

/** Titles of the classification that in an advertisement say nothing, or something else. */
const TOO_GENERAL = new Set([
  'chuyen vien',
  'can bo',
  'nhan vien',
  'quan ly',
  'so',
  'cong chuc',
  'giao vien',
  'phuc vu ban',
  'lam thue',
  'phu viec',
  'nong nghiep',
  'sales manager assistant',
  'deputy director',
  'driver helper',
  'giam sat vien',
  'kinh doanh tu do',
  'phu thiet ke',
  'truong ban',
]);

/** The vocabulary by the folded words of its titles. */
export const vocabulary = lazy((): Vocabulary => {
  const byKey = new Map<string, { entry: VocabularyEntry; codes: string[] }>();
  const add = (title: string, code: string, market: boolean): void => {
    const all = titleWords(title);
    const bare = skipRanks(all);
    // One syllable says too little without its rank ("cộng tác viên dịch").
    const variants =
      bare > 0 && (all.length - bare > 1 || /[a-z]{5}/.test(all[bare]!.folded)) ? [0, bare] : [0];
    for (const start of variants) {
      const words = all.slice(start);
      const folded = keyOf(words, 0, words.length);
      if (!folded || (!market && TOO_GENERAL.has(folded))) continue;
      const key = `${words.map((word) => word.normal).join(' ')}`;
      const known = byKey.get(key);
      if (!known) {
        const codes = [code];
        const acronym = /^[A-ZĐ]{2}$/.test(title);
        byKey.set(key, { codes, entry: { words, rankless: start > 0, codes, market, acronym } });
      } else if (known.entry.rankless && start === 0) {
        // The title itself outweighs one that only shares its words without the rank.
        known.entry.rankless = false;
        known.entry.market ||= market;
        if (!known.entry.market || market) known.codes.splice(0, known.codes.length, code);
      } else if (
        !known.codes.includes(code) &&
        known.entry.market === market &&
        known.entry.rankless === start > 0
      ) {
        known.codes.push(code);
      }
    }
  };
  for (const [code, titles] of marketTitles()) for (const title of titles) add(title, code, true);
  for (const { level, code, synonymsVi, synonymsEn, nameEn } of occupations()) {
    if (level === 4) for (const title of [...synonymsVi, ...synonymsEn, nameEn]) add(title, code, false);
  }
  const index = new Map<string, VocabularyEntry[]>();
  const longestFrom = new Map<string, number>();
  for (const { entry } of byKey.values()) {
    const key = keyOf(entry.words, 0, entry.words.length);
    const entries = index.get(key);
    if (entries) entries.push(entry);
    else index.set(key, [entry]);
    const first = entry.words[0]!.folded;
    longestFrom.set(first, Math.max(longestFrom.get(first) ?? 0, entry.words.length));
  }
  return { byFolded: index, longestFrom };
});

/** Market titles by unit group, as committed in data/market-titles.txt. */
export function marketTitles(): [code: string, titles: string[]][] {
  return readDataFile('market-titles.txt')
    .split('\n')
    .filter((line) => /^\d{4}:/.test(line))
    .map((line) => [
      line.slice(0, 4),
      line
        .slice(5)
        .split(';')
        .map((title) => title.trim())
        .filter(Boolean),
    ]);
}
