import { ABBREVIATIONS } from './abbreviations.data.js';
import type { Lexicon } from './lexicon.js';
import type { AlternativeSource } from './plan.js';
import { soundAlikes } from './sound-alikes.js';
import { tokens } from '#reference';

/** A reading of one written word: what it may stand for, and how far-fetched that is (nats). */
export interface Reading {
  words: string[];
  normal?: string[];
  source: AlternativeSource;
  cost: number;
}

/** A written word with the chosen reading first and those that are nearly as good after it. */
export interface ReadWord {
  written: string;
  readings: Reading[];
}

const UNKNOWN = 7;
const MAX_READINGS = 10;
const NEARLY = 1.6;
/** What writing a word of the same sound costs, where no neighbour knows the one that was written. */
const BY_EAR = 4;
/** A correction must stand in so many postings or vocabulary phrases. */
const ESTABLISHED = 3;

/**
 * Reads each written word of a query: as it stands, as a short form, completed (the last one) or corrected. The
 * readings that go best together win; pairs of neighbours that the index knows are the evidence. A word that the
 * index knows is only replaced when its neighbours say so, and most readily by one of the same sound. Taken exactly, a
 * word is neither completed nor corrected.
 */
export function readWords(
  written: readonly { folded: string; normal: string }[],
  lexicon: Lexicon,
  options: { lastIsPrefix: boolean; exact?: boolean },
): ReadWord[] {
  const columns = written.map((token, i) =>
    options.exact
      ? knownReadingsOf(token, lexicon)
      : readingsOf(
          token,
          { before: written[i - 1]?.folded, after: written[i + 1]?.folded },
          lexicon,
          options.lastIsPrefix && i === written.length - 1,
        ),
  );
  const best = bestPath(columns, lexicon);
  return columns.map((_, i) => ({
    written: written[i]!.folded,
    readings: ranked(columns, best, i, lexicon),
  }));
}

interface Neighbours {
  before?: string;
  after?: string;
}

function readingsOf(
  token: { folded: string; normal: string },
  around: Neighbours,
  lexicon: Lexicon,
  isPrefix: boolean,
): Reading[] {
  const { folded } = token;
  const readings = knownReadingsOf(token, lexicon);
  if (/^\d/.test(folded)) return readings;
  const count = lexicon.word(folded);
  const isShortForm = shortFormsOf(token).length > 0;
  if (isPrefix) readings.push(...completionsOf(folded, around.before, count, lexicon, isShortForm));
  if (!isShortForm)
    readings.push(...correctionsOf(folded, count, lexicon), ...byEar(folded, around, lexicon));
  return readings;
}

/** The word as it stands, and what it is short for. */
function knownReadingsOf(token: { folded: string; normal: string }, lexicon: Lexicon): Reading[] {
  const { folded, normal } = token;
  const count = lexicon.word(folded);
  const isNumber = /^\d/.test(folded);
  const short = shortFormsOf(token);
  const typedCost = isNumber
    ? 0
    : count === 0
      ? UNKNOWN
      : short.length
        ? 2.5
        : count <= rare(lexicon)
          ? 2
          : 0;
  const readings: Reading[] = [{ words: [folded], normal: [normal], source: 'typed', cost: typedCost }];
  short.forEach((phrase, rank) => {
    const parts = tokens(phrase);
    if (parts.length === 1 && parts[0]!.folded === folded) readings[0]!.cost = 0;
    else
      readings.push({
        words: parts.map((part) => part.folded),
        normal: parts.map((part) => part.normal),
        source: 'abbreviation',
        cost: 0.4 + 0.7 * rank,
      });
  });
  return readings;
}

function shortFormsOf({ folded, normal }: { folded: string; normal: string }): readonly string[] {
  return isAbbreviation(folded, normal) ? (ABBREVIATIONS[folded] ?? []) : [];
}

/** A short form is written without accents; "tổ" is a word, "to" may be one. */
function isAbbreviation(folded: string, normal: string): boolean {
  return (normal === folded || normal === folded.replace(/d/g, 'đ')) && folded in ABBREVIATIONS;
}

function completionsOf(
  prefix: string,
  before: string | undefined,
  count: number,
  lexicon: Lexicon,
  isShortForm: boolean,
): Reading[] {
  const known = (count > rare(lexicon) ? 3.5 : count > 0 ? 1.5 : 0) + (isShortForm ? 1 : 0);
  const words = new Set(before ? lexicon.completionsAfter(before, prefix, 6) : []);
  // A short form is completed only to what goes with the word before it.
  if (prefix.length >= 2 && !isShortForm) for (const word of lexicon.completions(prefix, 4)) words.add(word);
  return [...words].map((word) => ({
    words: [word],
    source: 'completed' as const,
    cost: 1 + known + 0.15 * Math.min(word.length - prefix.length, 6) - frequency(word, lexicon),
  }));
}

function correctionsOf(word: string, count: number, lexicon: Lexicon): Reading[] {
  if (word.length < 2) return [];
  const known = count > rare(lexicon) ? 4 : count > 0 ? 1.5 : 0;
  const max = word.length >= 6 && !known ? 2 : 1;
  const found: Reading[] = lexicon
    .near(word, max)
    .filter(
      ({ word: candidate }) =>
        candidate.length > 1 && lexicon.word(candidate) > count && lexicon.word(candidate) >= ESTABLISHED,
    )
    .map(({ word: candidate, distance }) => ({
      words: [candidate],
      source: 'corrected' as const,
      cost: editCost(word, candidate, distance) + known - frequency(candidate, lexicon),
    }));
  if (!count) found.push(...splitsOf(word, lexicon), ...telexOf(word, lexicon));
  return found.sort((a, b) => a.cost - b.cost).slice(0, MAX_READINGS);
}

/** "thợ hàng" → "thợ hàn": a word that the index knows, but not here, for one of the same sound that it knows here. */
function byEar(word: string, { before, after }: Neighbours, lexicon: Lexicon): Reading[] {
  const here = (candidate: string): number =>
    (before ? lexicon.pair(before, candidate) : 0) + (after ? lexicon.pair(candidate, after) : 0);
  if (here(word) > 0) return [];
  return soundAlikes(word)
    .filter((candidate) => here(candidate) >= ESTABLISHED)
    .map((candidate) => ({
      words: [candidate],
      source: 'corrected',
      cost: BY_EAR - frequency(candidate, lexicon),
    }));
}

/** Swapped neighbours and doubled letters are slips of the finger; another first letter is rarely one. */
function editCost(word: string, candidate: string, distance: number): number {
  let cost = distance === 1 ? 3 : 5.2;
  if (word[0] !== candidate[0]) cost += 1.2;
  if (word.length === candidate.length && [...word].sort().join('') === [...candidate].sort().join(''))
    cost -= 0.7;
  if (dedupe(word) === dedupe(candidate)) cost -= 0.7;
  return cost;
}

function dedupe(word: string): string {
  return word.replace(/(.)\1+/g, '$1');
}

/** "ketoan" → "ke toan": two or three words that are neighbours in the index. */
function splitsOf(word: string, lexicon: Lexicon): Reading[] {
  const found: Reading[] = [];
  for (let i = 1; i < word.length; i++) {
    const head = word.slice(0, i);
    const tail = word.slice(i);
    if (lexicon.word(head) === 0) continue;
    const together = lexicon.pair(head, tail);
    if (together > 0) {
      found.push({
        words: [head, tail],
        source: 'corrected',
        cost: 3 - Math.min(2.5, 0.5 * Math.log(together)),
      });
      continue;
    }
    for (let j = 1; j < tail.length - 1 && tail.length > 3; j++) {
      const middle = tail.slice(0, j);
      const last = tail.slice(j);
      const weakest = Math.min(lexicon.pair(head, middle), lexicon.pair(middle, last));
      if (weakest > 0)
        found.push({
          words: [head, middle, last],
          source: 'corrected',
          cost: 3.6 - Math.min(2.5, 0.5 * Math.log(weakest)),
        });
    }
  }
  return found;
}

/** Keys of the Telex input method that were not turned into accents: "nhaan vieen", "kees toans". */
function telexOf(word: string, lexicon: Lexicon): Reading[] {
  const letters = word
    .replace(/aa|ee|oo|dd/g, (pair) => pair[0]!)
    .replace(/([aou])w/g, '$1')
    .replace(/(?<=[aeiouy][a-z]*)[sfrxj](?=[a-z]?[a-z]?$)/, '');
  if (letters === word || lexicon.word(letters) < ESTABLISHED) return [];
  return [{ words: [letters], source: 'corrected', cost: 1.5 - frequency(letters, lexicon) }];
}

function frequency(word: string, lexicon: Lexicon): number {
  return 0.25 * Math.log1p(lexicon.word(word));
}

function rare(lexicon: Lexicon): number {
  return Math.max(1, lexicon.documents / 20_000);
}

/** What neighbours say for each other. */
function together(before: Reading, after: Reading, lexicon: Lexicon): number {
  const count = lexicon.pair(before.words.at(-1)!, after.words[0]!);
  return count === 0 ? 0 : Math.min(7, 0.6 + 1.1 * Math.log(count));
}

function bestPath(columns: readonly Reading[][], lexicon: Lexicon): number[] {
  let costs: number[] = [];
  const back: number[][] = [];
  columns.forEach((column, i) => {
    const links: number[] = [];
    costs = column.map((reading, k) => {
      if (i === 0) return reading.cost;
      let best = Infinity;
      columns[i - 1]!.forEach((before, j) => {
        const cost = costs[j]! - together(before, reading, lexicon);
        if (cost < best) {
          best = cost;
          links[k] = j;
        }
      });
      return best + reading.cost;
    });
    back.push(links);
  });
  const path: number[] = [];
  let at = costs.indexOf(Math.min(...costs));
  for (let i = columns.length - 1; i >= 0; i--) {
    path[i] = at;
    at = back[i]![at] ?? 0;
  }
  return path;
}

/** The chosen reading, then those that would do nearly as well between the chosen neighbours. */
function ranked(
  columns: readonly Reading[][],
  path: readonly number[],
  i: number,
  lexicon: Lexicon,
): Reading[] {
  const before = i > 0 ? columns[i - 1]![path[i - 1]!] : undefined;
  const after = columns[i + 1]?.[path[i + 1]!];
  const fitness = (reading: Reading): number =>
    reading.cost -
    (before ? together(before, reading, lexicon) : 0) -
    (after ? together(reading, after, lexicon) : 0);
  const chosen = columns[i]![path[i]!]!;
  const limit = fitness(chosen) + NEARLY;
  const others = columns[i]!.filter((reading) => reading !== chosen && fitness(reading) <= limit);
  return [chosen, ...others.sort((a, b) => fitness(a) - fitness(b))];
}
