import { accentedKey } from '../text/index.js';
import { preciseByField } from './field-hints.js';
import {
  composedGroup,
  engineeringGroup,
  isRoleOnly,
  leadingRole,
  trailingRole,
  type Role,
} from './manager-groups.js';
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
  '3322': /^(5244|2433|2434|3334|3324|3339|3321|4221|3312|3332)/,
  '5223': /^(4222|3339|5142|3334|2412|3321|3322|3213|5244|4221|3312)/,
  '3115': /^(311[2346]|3119|7|351|352)/,
  '2166': /^(3432|2163|3118|2161|2162|2513)/,
  '2421': /^(25|1323|1330|2142)/,
  '4110': /^(4[1-4]|3331|3514)/,
};

/**
 * Unit groups for a free job title, Vietnamese or English, likeliest first; none when nothing in it is known. Places,
 * pay and benefits in the title are ignored; the longest known title at the head of a part decides (the left end in
 * Vietnamese, the right end in English), the first part before the others; "trưởng phòng X" takes the managers of X.
 */
export function proposeOccupation(title: string): OccupationProposal[] {
  const parts = joinedRoles(titleParts(title).map(({ words }) => words));
  const readings = parts.map((words) => readPart(words));
  const first = mainPart(parts, readings);
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
  const [top] = ranked;
  const precise = preciseByField(top!.code, top!.evidence, parts);
  if (precise) {
    ranked.unshift({ code: precise, score: 0.73, evidence: top!.evidence });
    top!.score = Math.min(top!.score, 0.7);
  }
  return ranked
    .filter(({ code }, i) => ranked.findIndex((other) => other.code === code) === i)
    .slice(0, MAX_PROPOSALS)
    .map(({ code, score, evidence }) => ({ code, confidence: calibrated(score), evidence }));
}

/** The first part that names a job; a bare short form before it ("[IT] - Full-Stack Developer") is its context. */
function mainPart(parts: readonly TitleWord[][], readings: readonly Reading[][]): number {
  const naming = readings.findIndex((found) => found.some((reading) => reading.score >= 0.4));
  if (naming === -1) return readings.findIndex((found) => found.length > 0);
  const isContext = parts[naming]!.length === 1 && parts[naming]![0]!.folded.length <= 3;
  const later = isContext
    ? readings.findIndex((found, i) => i > naming && (found[0]?.score ?? 0) >= 0.85)
    : -1;
  return later === -1 ? naming : later;
}

/** "Team Leader - Customer Service", "Content Marketing_ Team Leader": a part that is nothing but a role joins the other. */
function joinedRoles(parts: readonly TitleWord[][]): TitleWord[][] {
  const [first, second, ...rest] = parts;
  if (!first || !second) return [...parts];
  return isRoleOnly(first) !== isRoleOnly(second) ? [[...first, ...second], ...rest] : [...parts];
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
  if (keyOf(words, 0, 4) === 'ki su thiet ke' && words.length > 4) {
    // Engineers of a field design in that field.
    const ofField = strongestFirst(readPart([...words.slice(0, 2), ...words.slice(4)]));
    if ((ofField[0]?.score ?? 0) >= 0.8) return ofField.map((r) => ({ ...r, score: r.score * 0.92 }));
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
  const rankless = words.slice(2).filter((word) => !ENGINEER_RANKS.has(word.normal));
  const trade = strongestFirst(readPart(rankless))[0];
  const code = trade && engineeringGroup(trade.code);
  const evidence = keyWords(words);
  return code ? [{ code, score: trade.score * 0.85, evidence }] : [{ code: '2149', score: 0.35, evidence }];
}

const ENGINEER_RANKS = new Set(['trưởng', 'chủ', 'trì', 'lập'].map((word) => accentedKey(word)));

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
  if (LANGUAGE.test(keyWords(words))) score *= 0.5;
  if (share < 1 && BROAD.has(keyWords(words.slice(start < from ? from - start : 0)))) score *= 0.75;
  const several = entry.codes.length > 1 ? 0.85 : 1;
  // An employee who "manages" something is no manager.
  if (beginsWithWorkerRank(all) && entry.rankless && entry.codes[0]!.startsWith('1')) score *= 0.7;
  const evidence = keyWords(words);
  return entry.codes.map((code, i) => ({ code, score: score * several * (i === 0 ? 1 : 0.9), evidence }));
}

/** A language alone is a requirement more often than an office job. */
const LANGUAGE = /^(?:nhân viên )?tiếng \S+$/;

const SYLLABLE =
  /^(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?$/;
/** Titles in English have their head at the right end. */
const isEnglish = ({ words }: VocabularyEntry): boolean =>
  words.every((word) => !word.accented) && words.some((word) => !SYLLABLE.test(word.folded));

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

/**
 * From the rules' score to the share of proposals that were right, as judged by hand on titles that the rules had not
 * been tuned on (and a little less in the middle, because other sources write otherwise).
 */
const CALIBRATION: readonly (readonly [score: number, right: number])[] = [
  [0, 0],
  [0.3, 0.38],
  [0.5, 0.6],
  [0.7, 0.8],
  [0.85, 0.88],
  [0.95, 0.95],
  [1, 0.98],
];

function calibrated(score: number): number {
  const above = CALIBRATION.findIndex(([at]) => at >= score);
  const [x1, y1] = CALIBRATION[above]!;
  const [x0, y0] = CALIBRATION[Math.max(0, above - 1)]!;
  const right = x1 === x0 ? y1 : y0 + ((score - x0) / (x1 - x0)) * (y1 - y0);
  return Math.round(right * 100) / 100;
}
