import { isAccented, proposeOccupation, tidy, tokens } from '#reference';
import type { Lexicon } from './lexicon.js';
import type { OccupationVocabulary } from './occupation-vocabulary.js';
import { binds, phrasesAt, type Phrase } from './phrases.js';
import { takePlaces } from './places.js';
import type { Alternative, OccupationGuess, QueryPlan, QuerySegment } from './plan.js';
import { shown } from './shown.js';
import { readWords, type Reading } from './spelling.js';

const MAX_QUERY = 200;
const MAX_WORDS = 16;
const COHESIVE = 0.38;
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
  /** How many words came of the one that was written; 0 for all but the first of them. */
  span: number;
}

/**
 * What a query means: places become conditions, short forms are spelled out, the last word is completed, misspelt
 * words are corrected, and each part gets the other names of the same work. Pure; a millisecond or two.
 * @param options exact: the words are meant as written, nothing is completed or corrected
 */
export function understand(
  query: string,
  knowledge: Knowledge,
  { exact = false }: { exact?: boolean } = {},
): QueryPlan {
  const text = tidy(query).slice(0, MAX_QUERY);
  const { rest, places } = takePlaces(text);
  const written = tokens(rest).slice(0, MAX_WORDS);
  const accented = isAccented(text);
  const lastIsPrefix = /[\p{L}\p{N}]$/u.test(text) && rest.trimEnd().length === text.length;
  const words = read(written, knowledge.lexicon, { lastIsPrefix, exact });
  const folded = words.map((word) => word.folded);
  const known = words.map((word) => word.normal);
  const restored = knowledge.lexicon.restore(folded);
  const meant = accented ? knowledge.lexicon.meant(words, restored) : restored;
  const normal = words.map((word, i) => (word.source === 'typed' ? meant[i]! : restored[i]!));
  const occupations = occupationsMeant(normal, knowledge.occupations.guess(folded, known));
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

/** By the titles of the list, and by the proposal that openings get for their titles. */
function occupationsMeant(normal: readonly string[], titled: OccupationGuess[]): OccupationGuess[] {
  const weights = new Map(titled.map(({ code, weight }) => [code, weight]));
  const [best, ...others] = proposeOccupation(normal.join(' '));
  for (const { code, confidence } of best
    ? [best, ...others.filter((o) => o.confidence >= best.confidence * 0.8)]
    : []) {
    weights.set(code, Math.max(weights.get(code) ?? 0, confidence));
  }
  return [...weights].map(([code, weight]) => ({ code, weight }));
}

function read(
  written: { folded: string; normal: string }[],
  lexicon: Lexicon,
  options: { lastIsPrefix: boolean; exact: boolean },
): Word[] {
  return readWords(written, lexicon, options).flatMap(({ readings }) => {
    const [chosen, ...others] = readings as [Reading, ...Reading[]];
    return chosen.words.map((folded, i) => ({
      folded,
      normal: chosen.normal?.[i] ?? folded,
      source: chosen.source,
      others: i === 0 ? others : [],
      span: i === 0 ? chosen.words.length : 0,
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
  const accents = words.map((word, i) => (word.source === 'typed' ? word.normal : normal[i]!));
  const understood = words.map((word, i) => ({ folded: word.folded, normal: normal[i]! }));
  const segments: Segment[] = [];
  for (let at = 0; at < words.length;) {
    const phrases = phrasesAt(folded, accents, at);
    const listed = phrases[0]?.words.length ?? 0;
    let length = Math.max(listed, clinging(understood, at, lexicon));
    if (length === 1 && binds(folded[at]!) && at + 1 < words.length) {
      // "Thợ hàn" is one thing; "sửa máy lạnh" is said of a thing with a name of its own.
      const next = Math.max(
        phrasesAt(folded, accents, at + 1)[0]?.words.length ?? 0,
        clinging(understood, at + 1, lexicon),
      );
      if (next <= 1) length = 2;
    }
    const used = length === listed ? phrases : [];
    segments.push(makeSegment(words.slice(at, at + length), normal.slice(at, at + length), used, lexicon));
    at += length;
  }
  return settleKinds(segments.filter(({ role }) => role?.strength !== 'filler'));
}

function clinging(
  words: readonly { folded: string; normal: string }[],
  at: number,
  lexicon: Lexicon,
): number {
  let length = 1;
  while (at + length < words.length && length < 4) {
    const [before, after, next] = words.slice(at + length - 1, at + length + 2);
    const cohesion = lexicon.cohesion(before!, after!);
    if (cohesion < COHESIVE) break;
    // The word may cling more to the one after it.
    if (next !== undefined && lexicon.cohesion(after!, next) > cohesion + 0.15) break;
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
  const named = phrases.find((phrase) => phrase.role)?.role;
  // A half-typed "tuy" may become "tuyển sinh": only what was written out is a filler.
  const isWritten = words.every((word) => word.source === 'typed');
  const role = named?.strength === 'filler' && !isWritten ? undefined : named;
  const isAmount = folded.every((word) => /^\d+([.,]\d+)*(tr|k|m)?$/.test(word));
  const kind = isAmount || role?.strength === 'filler' ? 'weak' : (role?.strength ?? 'content');
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
      const rest = i + word.span;
      const around = words.map(({ folded }) => folded);
      return {
        words: [...around.slice(0, i), ...reading.words, ...around.slice(rest)],
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

/** A query of roles only is about them; "tuyển dụng kế toán" is about the accountant. */
function settleKinds(segments: Segment[]): Segment[] {
  const [first, ...others] = segments;
  const advertises = first?.part.alternatives[0]!.words.join(' ') === 'tuyen dung';
  if (advertises && others.some(({ part }) => part.kind === 'content')) return settleKinds(others);
  if (segments.some(({ part }) => part.kind === 'content')) return segments;
  const strong = segments.some(({ part }) => part.kind === 'strong');
  for (const { part } of segments) {
    if (part.kind === 'strong' || !strong) Object.assign(part, { kind: 'content', weight: 1 });
  }
  return segments;
}

/** What to tell the reader: the query as corrected, in the writer's manner; words that were right stay as written. */
function correction(
  text: string,
  rest: string,
  written: readonly string[],
  words: Word[],
  normal: string[],
): QueryPlan['corrected'] {
  if (!words.some((word) => word.source === 'corrected')) return undefined;
  let at = -1;
  const to = words
    .map((word, i) => {
      if (word.span > 0) at++;
      return word.source === 'typed' ? written[at]! : shown(normal[i]!);
    })
    .join(' ');
  return text.includes(rest.trim())
    ? { from: text, to: text.replace(rest.trim(), to) }
    : { from: written.join(' '), to };
}
