import type { Token } from '../text/index.js';
import { areJobWords } from './job-words.js';
import { longestPlaceName, placesNamed, placeTokens, type PlaceEntry } from './place-index.js';
import { fitting, isNameOfSomethingElse, placeWordAt } from './place-words.js';
import { resolveReadings, type PlaceReading, type ResolvedPlace } from './resolve-place.js';

/** A place in a running text. The span includes the words that only introduce it ("tại", "quận"). */
export interface FoundPlace {
  /** UTF-16 offsets into the text as given. */
  start: number;
  end: number;
  place: ResolvedPlace;
}

interface Candidate extends PlaceReading {
  from: number;
  to: number;
  introduced: boolean;
}

/** Words before a place, longest first. */
const INTRODUCTIONS = [
  ['làm', 'việc', 'tại'],
  ['khu', 'vực'],
  ['địa', 'bàn'],
  ['kv'],
  ['tại'],
  ['ở'],
  ['in'],
  ['at'],
].map((words) =>
  words.map((word) => ({
    normal: word,
    folded: word.normalize('NFD').replace(/\p{M}|đ/gu, (c) => (c === 'đ' ? 'd' : '')),
  })),
);
const BETWEEN_WORDS = /^[\s.\-\u2010-\u2015]*$/u;
const BETWEEN_PLACES = /^[\s,;:.()\-\u2010-\u2015]*$/u;

/**
 * The places that a running text names (a title, a query), careful to leave job words alone: provinces wherever they
 * stand, former districts with their accents or after a place word, communes after a place word only. Names that fit
 * several provinces are found only beside their province.
 */
export function findPlaces(text: string): FoundPlace[] {
  const words = placeTokens(text);
  const candidates: Candidate[] = [];
  for (let at = 0; at < words.length;) {
    const found = candidateAt(text, words, at);
    if (found) candidates.push(found);
    at = found ? found.to : at + 1;
  }
  return merged(text, words, candidates);
}

function candidateAt(text: string, words: Token[], at: number): Candidate | undefined {
  const introduction = introductionAt(words, at);
  const kindAt = at + introduction;
  const kind = placeWordAt(words, kindAt);
  const isShort = kind?.length === 1 && words[kindAt]!.folded.length === 1;
  const followedByDot = text[words[kindAt]?.end ?? 0] === '.' || /^\d/.test(words[kindAt + 1]?.folded ?? '');
  const kindWord = kind && (!isShort || followedByDot) ? kind : undefined;
  const starts = kindWord ? [kindAt + kindWord.length, kindAt] : [kindAt];
  for (const nameAt of starts) {
    const word = nameAt > kindAt ? kindWord!.word : undefined;
    const longest = words[nameAt] ? longestPlaceName(words[nameAt]) : 0;
    for (let size = Math.min(longest, words.length - nameAt); size > 0; size--) {
      const name = words.slice(nameAt, nameAt + size);
      if (!isOneName(text, name)) continue;
      const introduced = word !== undefined || introduction > 0;
      const named = fitting(placesNamed(name, { strict: true }), word).filter((e) => !e.alias?.onlyAlone);
      const entries = word
        ? named
        : named.filter(
            (entry) =>
              mayStandThere(entry, name, words[nameAt - 1], words[nameAt + size], introduced) &&
              (isProvince(entry) || !isNameOfSomethingElse(words, nameAt)),
          );
      if (entries.length) return { entries, word, introduced, from: at, to: nameAt + size };
    }
  }
  return undefined;
}

function introductionAt(words: Token[], at: number): number {
  const found = INTRODUCTIONS.find((parts) =>
    parts.every(({ normal, folded }, i) => {
      const token = words[at + i];
      return token && (token.accented ? token.normal === normal : token.folded === folded);
    }),
  );
  return found?.length ?? 0;
}

const isOneName = (text: string, name: Token[]): boolean =>
  name.every((word, i) => i === 0 || BETWEEN_WORDS.test(text.slice(name[i - 1]!.end, word.start)));

/**
 * Whether a name without a kind word before it may be taken for this place. "Quản lý nhân sự" contains Lý Nhân and
 * "can tho han" Cần Thơ: syllables that belong to the job words around them stay with those.
 */
function mayStandThere(
  entry: PlaceEntry,
  name: Token[],
  before: Token | undefined,
  after: Token | undefined,
  introduced: boolean,
): boolean {
  const accented = name.some((word) => word.accented);
  const isPartOfJob = (): boolean =>
    (before !== undefined && areJobWords(before, name[0]!)) ||
    (after !== undefined && areJobWords(name.at(-1)!, after));
  if (isProvince(entry)) return accented || introduced || !isPartOfJob();
  if (entry.tier === 'commune' || /^\d+$/.test(entry.accented) || name.length < 2) return false;
  if (introduced) return true;
  // Nha Trang has no accents to tell it by.
  const hasNone = entry.accented === name.map((word) => word.folded).join(' ');
  return (accented || (hasNone && name.every((word) => word.text.length > 2))) && !isPartOfJob();
}

/** Neighbouring names of one address become one place; what stays ambiguous without an introduction is left out. */
function merged(text: string, words: Token[], candidates: Candidate[]): FoundPlace[] {
  const found: FoundPlace[] = [];
  for (let i = 0; i < candidates.length;) {
    let length = 1;
    while (i + length < candidates.length && areOneAddress(text, words, candidates.slice(i, i + length + 1)))
      length++;
    const group = candidates.slice(i, i + length);
    const start = words[group[0]!.from]!.start;
    const end = words[group.at(-1)!.to - 1]!.end;
    const resolution = resolveReadings(group, text.slice(start, end));
    if (resolution.ok) found.push({ start, end, place: resolution.place });
    i += length;
  }
  return found;
}

const isProvince = (entry: PlaceEntry): boolean =>
  entry.tier === 'province' || entry.tier === 'formerProvince';
const hasProvince = ({ entries }: PlaceReading): boolean => entries.some(isProvince);

function areOneAddress(text: string, words: Token[], group: Candidate[]): boolean {
  const [last, before] = [group.at(-1)!, group.at(-2)!];
  if (!BETWEEN_PLACES.test(text.slice(words[before.to - 1]!.end, words[last.from]!.start))) return false;
  if (group.filter(hasProvince).length > 1) return false;
  const shared = group
    .map(({ entries }) => new Set(entries.map((entry) => entry.provinceCode)))
    .reduce((a, b) => new Set([...a].filter((code) => b.has(code))));
  // Two districts side by side are a list, a district and its province one place.
  return shared.size > 0 && group.some(hasProvince) && group.length === 2;
}
