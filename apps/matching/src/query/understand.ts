import { findPlaces, administrativeUnit, isAccented, tidy, tokens, type FoundPlace } from '#reference';
import type { Lexicon } from './lexicon.js';
import type { OccupationVocabulary } from './occupation-vocabulary.js';
import { binds, phrasesAt, type Phrase } from './phrases.js';
import type { Alternative, PlaceCondition, QueryPlan, QuerySegment } from './plan.js';
import { readWords, type Reading } from './spelling.js';

const MAX_QUERY = 200;
const MAX_WORDS = 16;
const COHESIVE = 0.42;
const SAME = 0.92;
const NEAR = 0.55;
const MAX_ALTERNATIVES = 24;

export interface Knowledge {
  lexicon: Lexicon;
  occupations: OccupationVocabulary;
}

/** A word of the query after reading, with the other readings worth trying. */
interface Word {
  folded: string;
  normal: string;
  source: Reading['source'];
  others: Reading[];
  /** More than one word came of one written word. */
  expanded: boolean;
}

/**
 * What a query means: places become conditions, short forms are spelled out, the last word is completed, misspelt
 * words are corrected, and each part gets the other names of the same work. Pure; a millisecond or two.
 */
export function understand(query: string, knowledge: Knowledge): QueryPlan {
  const text = tidy(query).slice(0, MAX_QUERY);
  const { rest, places } = takePlaces(text);
  const written = tokens(rest).slice(0, MAX_WORDS);
  const accented = isAccented(rest);
  const lastIsPrefix = /[\p{L}\p{N}]$/u.test(text) && rest.trimEnd().length === text.length;
  const words = read(written, knowledge.lexicon, lastIsPrefix);
  const folded = words.map((word) => word.folded);
  const known = words.map((word) => word.normal);
  const restored = knowledge.lexicon.restore(folded);
  const normal = words.map((word, i) => (word.source === 'typed' && accented ? word.normal : restored[i]!));
  const occupations = knowledge.occupations.guess(folded, known);
  const segments = segment(words, normal, knowledge.lexicon);
  const level = segments
    .map(({ role }) => role?.level)
    .find((found) => found !== undefined && found !== 'staff');
  return {
    text,
    segments: segments.map(({ part }) => part),
    places,
    occupations,
    level,
    accented,
    words: folded,
    normal,
    corrected: correction(
      text,
      rest,
      written.map((token) => token.text),
      words,
      normal,
    ),
  };
}

function takePlaces(text: string): { rest: string; places: PlaceCondition[] } {
  const found = findPlaces(text);
  // A query that is nothing but a place keeps no text; that is right, it asks what is there.
  let rest = '';
  let at = 0;
  for (const { start, end } of found) {
    rest += `${text.slice(at, start)} `;
    at = end;
  }
  return { rest: rest + text.slice(at), places: found.map(placeCondition) };
}

function placeCondition({ place }: FoundPlace): PlaceCondition {
  const { oldUnit } = place;
  const unit = administrativeUnit(place.communeCode ?? place.provinceCode)!;
  const name = oldUnit?.name ?? unit.name;
  return {
    name,
    provinceCodes: [place.provinceCode],
    communeCode: place.communeCode,
    words: tokens(name).map((token) => token.folded),
    level: oldUnit
      ? oldUnit.level === 'district'
        ? 'district'
        : 'formerProvince'
      : place.communeCode
        ? 'commune'
        : 'province',
  };
}

function read(
  written: { folded: string; normal: string }[],
  lexicon: Lexicon,
  lastIsPrefix: boolean,
): Word[] {
  return readWords(written, lexicon, { lastIsPrefix }).flatMap(({ readings }) => {
    const [chosen, ...others] = readings as [Reading, ...Reading[]];
    return chosen.words.map((folded, i) => ({
      folded,
      normal: chosen.normal?.[i] ?? folded,
      source: chosen.source,
      others:
        chosen.words.length === 1 ? others : i === 0 ? others.filter((o) => o.source === 'abbreviation') : [],
      expanded: chosen.words.length > 1,
    }));
  });
}

interface Segment {
  part: QuerySegment;
  role?: Phrase['role'];
}

/** Cuts the words into parts that mean one thing: listed phrases, then words that cling together in the index. */
function segment(words: Word[], normal: string[], lexicon: Lexicon): Segment[] {
  const folded = words.map((word) => word.folded);
  const accents = words.map((word) => word.normal);
  const segments: Segment[] = [];
  for (let at = 0; at < words.length;) {
    const phrases = phrasesAt(folded, accents, at);
    const listed = phrases[0]?.words.length ?? 0;
    let length = Math.max(listed, clinging(folded, at, lexicon));
    if (length === 1 && binds(folded[at]!) && at + 1 < words.length) {
      length = 1 + Math.max(1, phrasesAt(folded, accents, at + 1)[0]?.words.length ?? 0);
    }
    const used = length === listed ? phrases : [];
    segments.push(makeSegment(words.slice(at, at + length), normal.slice(at, at + length), used, lexicon));
    at += length;
  }
  return settleKinds(segments);
}

function clinging(folded: readonly string[], at: number, lexicon: Lexicon): number {
  let length = 1;
  while (at + length < folded.length && length < 3) {
    const before = folded[at + length - 1]!;
    const after = folded[at + length]!;
    const next = folded[at + length + 1];
    const cohesion = lexicon.cohesion(before, after);
    if (cohesion < COHESIVE) break;
    // The word may cling more to the one after it.
    if (next !== undefined && lexicon.cohesion(after, next) > cohesion + 0.15) break;
    length++;
  }
  return length;
}

function makeSegment(words: Word[], normal: string[], phrases: Phrase[], lexicon: Lexicon): Segment {
  const folded = words.map((word) => word.folded);
  const typed: Alternative = { words: folded, normal, weight: 1, source: words[0]!.source };
  const alternatives = [typed, ...otherReadings(words, normal)];
  for (const phrase of phrases) {
    for (const other of phrase.same) alternatives.push({ ...other, weight: SAME, source: 'synonym' });
  }
  for (const phrase of phrases) {
    for (const other of phrase.near) alternatives.push({ ...other, weight: NEAR, source: 'near' });
  }
  const role = phrases.find((phrase) => phrase.role)?.role;
  const kind = role ? role.strength : 'content';
  const part: QuerySegment = {
    alternatives: distinct(alternatives),
    kind,
    weight: weightOf(kind, folded, lexicon),
  };
  return { part, role };
}

/** Each word's other readings in place of the chosen one, one at a time. */
function otherReadings(words: Word[], normal: string[]): Alternative[] {
  return words.flatMap((word, i) =>
    word.others.slice(0, 6).map((reading, rank): Alternative => {
      const rest = word.expanded ? words.length : i + 1;
      return {
        words: [
          ...words.slice(0, i).map((w) => w.folded),
          ...reading.words,
          ...words.slice(rest).map((w) => w.folded),
        ],
        normal: reading.normal
          ? [...normal.slice(0, i), ...reading.normal, ...normal.slice(rest)]
          : undefined,
        weight: Math.max(0.5, 0.85 - 0.07 * rank),
        source: reading.source,
      };
    }),
  );
}

function distinct(alternatives: Alternative[]): Alternative[] {
  const seen = new Set<string>();
  return alternatives
    .filter(({ words, normal }) => {
      const key = (normal ?? words).join(' ');
      return !seen.has(key) && seen.add(key);
    })
    .slice(0, MAX_ALTERNATIVES);
}

function weightOf(kind: QuerySegment['kind'], folded: readonly string[], lexicon: Lexicon): number {
  if (kind === 'weak') return 0.2;
  const commonest = Math.min(...folded.map((word) => lexicon.word(word)));
  const rarity = Math.log((lexicon.documents + 1) / (commonest + 1)) / Math.log(lexicon.documents + 2);
  return (kind === 'strong' ? 0.7 : 1) * (0.7 + 0.6 * Math.max(0, rarity));
}

/** A query of roles only is about them. */
function settleKinds(segments: Segment[]): Segment[] {
  if (segments.some(({ part }) => part.kind === 'content')) return segments;
  const strong = segments.some(({ part }) => part.kind === 'strong');
  for (const { part } of segments) {
    if (part.kind === 'strong' || !strong) Object.assign(part, { kind: 'content', weight: 1 });
  }
  return segments;
}

/** What to tell the reader: the query as corrected, in the writer's manner. */
function correction(
  text: string,
  rest: string,
  written: string[],
  words: Word[],
  normal: string[],
): QueryPlan['corrected'] {
  if (!words.some((word) => word.source === 'corrected')) return undefined;
  const from = written.join(' ');
  const to = normal.join(' ');
  const restAt = text.indexOf(rest.trim());
  return restAt < 0 ? { from, to } : { from: text, to: text.replace(rest.trim(), to) };
}
