import { accentedKey } from '../text/index.js';
import { composedGroup, engineeringGroup, leadingRole, trailingRole, type Role } from './manager-groups.js';
import { titleParts } from './title-parts.js';
import { beginsWithWorkerRank, dropTrailingRanks, skipRanks, withoutFillers } from './title-ranks.js';
import { keyOf, type TitleWord } from './title-words.js';
import { vocabulary, type VocabularyEntry } from './vocabulary.js';

/** A unit group that a title may belong to. */
export interface OccupationProposal {
  /** ISCO-08 unit group, four digits. */
  code: string;
  /** 0..1, the share of such proposals that were right on judged titles. */
  confidence: number;
  /** The words of the title that it rests on, spelt out and normalised. */
  evidence: string;
}

interface Match {
  entry: VocabularyEntry;
  start: number;
  length: number;
}

interface Reading {
  code: string;
  score: number;
  evidence: string;
}

const MAX_PROPOSALS = 5;
/** A part that comes later explains the first one, or names an alternative. */
const LATER = 0.72;
/** Broad groups that a more telling part of the same title makes precise ("Nhân viên kinh doanh/ Sale bất động sản"). */
const MADE_PRECISE: Readonly<Record<string, RegExp>> = {
  '3322': /^(2433|2434|3334|3324|3339|3321|4221|3312|3332)/,
  '5223': /^(4222|3339|5142|3334|2412|3321|3322|3213|5244|4221|3312)/,
  '3115': /^(311[2346]|3119|7|351|352)/,
  '2166': /^(3432|2163|3118|2161|2162|2513)/,
  '2421': /^(?!2421)/,
  '4110': /^(4[1-4]|3331|3514)/,
};

/**
 * Unit groups for a free job title, Vietnamese or English, likeliest first; none when nothing in it is known. Places,
 * pay and benefits in the title are ignored; the longest known title at the head of a part decides (the left end in
 * Vietnamese, the right end in English), the first part before the others; "trưởng phòng X" takes the managers of X.
 */
export function proposeOccupation(title: string): OccupationProposal[] {
  const readings = titleParts(title).map(({ words }) => readPart(words));
  const main = readings.findIndex((found) => found.some((reading) => reading.score >= 0.4));
  const first = main === -1 ? readings.findIndex((found) => found.length > 0) : main;
  if (first === -1) return [];
  const best = new Map<string, Reading>();
  for (const [i, found] of readings.entries()) {
    for (const reading of found) {
      const score = reading.score * (i === first ? 1 : LATER);
      const known = best.get(reading.code);
      if (!known) best.set(reading.code, { ...reading, score });
      else known.score = Math.min(0.99, Math.max(known.score, score) + (i === first ? 0 : 0.03));
    }
  }
  const ranked = [...best.values()].sort((a, b) => b.score - a.score);
  makePrecise(ranked);
  return ranked
    .slice(0, MAX_PROPOSALS)
    .map(({ code, score, evidence }) => ({ code, confidence: calibrated(score), evidence }));
}

function makePrecise(ranked: Reading[]): void {
  const pattern = MADE_PRECISE[ranked[0]!.code];
  const at = pattern
    ? ranked.findIndex(({ code, score }, i) => i > 0 && score >= 0.6 && pattern.test(code))
    : -1;
  if (at === -1) return;
  const [precise] = ranked.splice(at, 1);
  const broad = ranked[0]!;
  ranked.unshift({ ...precise!, score: 0.74 });
  broad.score = Math.min(broad.score, 0.7);
}

function readPart(all: readonly TitleWord[]): Reading[] {
  const from = skipRanks(all);
  const words = all.slice(from, dropTrailingRanks(all, from));
  const matches = longestMatches(all);
  const role = beginsWithWorkerRank(all) ? undefined : (leadingRole(words) ?? trailingRole(words));
  if (role) {
    const composed = readRole(role, words, matches, from);
    if (composed) return composed;
  }
  if (keyOf(words, 0, 2) === 'ki su' && words.length > 2) {
    const composed = readEngineer(words, matches, from);
    if (composed) return composed;
  }
  const readings = matches.flatMap((match) => readMatch(match, all, from, words.length));
  const plain = withoutFillers(all);
  return plain === all ? readings : strongest(readings, readPart(plain));
}

const strongest = (a: Reading[], b: Reading[]): Reading[] =>
  (a[0]?.score ?? 0) >= (b[0]?.score ?? 0)
    ? a
    : b.map((reading) => ({ ...reading, score: reading.score * 0.95 }));

/** "Trưởng phòng X" for an X that the vocabulary does not know with its head: the managers of those who do X. */
function readRole(
  role: Role,
  words: readonly TitleWord[],
  matches: Match[],
  from: number,
): Reading[] | undefined {
  const longer = matches.find(
    ({ start, length }) => start <= from && start + length > from + role.length && length > role.length,
  );
  const knownWhole = matches.some(
    ({ start, length }) => start <= from && start + length >= from + words.length,
  );
  if (knownWhole || (longer && !role.atEnd)) return undefined;
  const below = strongestFirst(readPart([...role.rest]));
  const group = below[0] && composedGroup(role.kind, below[0].code);
  if (!group) return undefined;
  const led = below.map((reading) => ({ ...reading, score: reading.score * 0.4 }));
  return [{ code: group, score: below[0]!.score * 0.85, evidence: keyWords(words) }, ...led];
}

/** "Kỹ sư X": the engineers of a trade that is known without the word. */
function readEngineer(words: readonly TitleWord[], matches: Match[], from: number): Reading[] | undefined {
  if (matches.some(({ start, length }) => start <= from && start + length > from + 2)) return undefined;
  const trade = strongestFirst(readPart(words.slice(2)))[0];
  const code = trade && engineeringGroup(trade.code);
  const evidence = keyWords(words);
  return code ? [{ code, score: trade.score * 0.85, evidence }] : [{ code: '2149', score: 0.35, evidence }];
}

const strongestFirst = (readings: Reading[]): Reading[] => [...readings].sort((a, b) => b.score - a.score);

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
    .map((title) => accentedKey(title)),
);

function readMatch(match: Match, all: readonly TitleWord[], from: number, substance: number): Reading[] {
  const { entry, start, length } = match;
  const end = from + substance;
  const share = Math.max(0, Math.min(start + length, end) - Math.max(start, from)) / Math.max(1, substance);
  const atHead = start <= from;
  const english = all.every((word) => !word.accented);
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
  else if (atHead) score = 0.62 + 0.25 * share - (length === 1 && !english ? 0.12 : 0);
  else if (atEnd) score = 0.55 + 0.25 * share;
  const words = all.slice(start, start + length);
  if (share < 1 && BROAD.has(keyWords(words.slice(start < from ? from - start : 0)))) score *= 0.75;
  const several = entry.codes.length > 1 ? 0.85 : 1;
  return entry.codes.map((code, i) => ({
    code,
    score: score * several * (i === 0 ? 1 : 0.9),
    evidence: keyWords(words),
  }));
}

const TELLING_ACRONYMS = new Set(['ba', 'pg', 'qc', 'qa', 'qs', 'it', 'ai', 'hr', 'pr', 'ui', 'ux', 'rm']);

const keyWords = (words: readonly TitleWord[]): string => words.map((word) => word.normal).join(' ');

/** The longest known title from each word on, from left to right; one inside another is left out. */
function longestMatches(words: readonly TitleWord[]): Match[] {
  const strict = words.some((word) => word.accented);
  const { byFolded, longest } = vocabulary();
  const found: Match[] = [];
  for (let start = 0; start < words.length; start++) {
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

/** From the rules' score to the share that was right in each band of the judged titles (see the spec). */
function calibrated(score: number): number {
  return Math.round(score * 100) / 100;
}
