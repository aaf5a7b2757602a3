import { damerauLevenshtein, tokens } from '#reference';
import { shown } from './shown.js';

/**
 * The words of the index itself, with how many postings have them: what a query may be corrected and completed to.
 * Terms are the lexemes of `titleLexemes`: `han` and `+hàn` words, `tho_han` and `+thợ_hàn` neighbours,
 * `=ke toan` heads.
 */
export interface TermCount {
  term: string;
  count: number;
}

export class Lexicon {
  private readonly words = new Map<string, number>();
  private readonly pairs = new Map<string, number>();
  private readonly forms = new Map<string, Map<string, number>>();
  private readonly pairForms = new Map<string, Map<string, number>>();
  private readonly deletes = new Map<string, string[]>();
  private sortedWords: string[] = [];
  private readonly heads: { text: string; count: number }[] = [];

  /**
   * @param documents number of postings in the index
   * @param vocabulary job titles and other phrases that are good Vietnamese whether or not the index has them
   */
  constructor(
    readonly documents: number,
    terms: Iterable<TermCount>,
    vocabulary: Iterable<string> = [],
  ) {
    for (const _ of this.filling(terms, vocabulary));
  }

  /** The same of a large index, with `pause` awaited again and again, so that it holds up nobody. */
  static async slowly(
    documents: number,
    terms: Iterable<TermCount>,
    vocabulary: Iterable<string>,
    pause: () => Promise<void>,
  ): Promise<Lexicon> {
    const lexicon = new Lexicon(documents, []);
    for (const _ of lexicon.filling(terms, vocabulary)) await pause();
    return lexicon;
  }

  private *filling(terms: Iterable<TermCount>, vocabulary: Iterable<string>): Generator<void, void> {
    for (const { term, count } of terms) yield this.addTerm(term, count);
    for (const phrase of vocabulary) yield this.addPhrase(phrase);
    this.sortedWords = [...this.words.keys()].sort();
    for (const word of this.sortedWords) {
      yield;
      if (/\d/.test(word) || word.length < 2) continue;
      for (const key of oneLess(word)) push(this.deletes, key, word);
    }
    this.heads.sort((a, b) => (a.text < b.text ? -1 : 1));
  }

  private addTerm(term: string, count: number): void {
    if (term.startsWith('=')) {
      if (count > 1) this.heads.push({ text: term.slice(1), count });
      return;
    }
    if (!term.startsWith('+')) {
      bump(term.includes('_') ? this.pairs : this.words, term, count);
      return;
    }
    this.addForm(term.slice(1), count);
  }

  private addForm(form: string, count: number): void {
    const folded = tokens(form.replaceAll('_', ' ')).map((token) => token.folded);
    const all = folded.length === 1 ? this.forms : this.pairForms;
    const key = folded.join('_');
    const known = all.get(key);
    if (known) bump(known, form, count);
    else all.set(key, new Map([[form, count]]));
  }

  private addPhrase(phrase: string): void {
    const found = tokens(phrase);
    for (let i = 0; i < found.length; i++) {
      const { normal, folded } = found[i]!;
      bump(this.words, folded, 1);
      if (normal !== folded) this.addForm(normal, 1);
      if (i === 0) continue;
      const before = found[i - 1]!;
      bump(this.pairs, `${before.folded}_${folded}`, 1);
      if (before.normal !== before.folded || normal !== folded) this.addForm(`${before.normal}_${normal}`, 1);
    }
  }

  /** Postings (and vocabulary phrases) with the word. */
  word(folded: string): number {
    return this.words.get(folded) ?? 0;
  }

  /** Postings with the two words next to each other. */
  pair(before: string, after: string): number {
    return this.pairs.get(`${before}_${after}`) ?? 0;
  }

  /** Words that begin so, the commonest first. */
  completions(prefix: string, limit: number): string[] {
    const found: string[] = [];
    for (let i = lowerBound(this.sortedWords, prefix, (word) => word); i < this.sortedWords.length; i++) {
      const word = this.sortedWords[i]!;
      if (!word.startsWith(prefix)) break;
      if (word !== prefix) found.push(word);
    }
    return found.sort((a, b) => this.word(b) - this.word(a)).slice(0, limit);
  }

  /** Words that begin so and follow `before` somewhere. */
  completionsAfter(before: string, prefix: string, limit: number): string[] {
    return this.completions(prefix, Number.MAX_SAFE_INTEGER)
      .filter((word) => this.pair(before, word) > 0)
      .sort((a, b) => this.pair(before, b) - this.pair(before, a))
      .slice(0, limit);
  }

  /** Known words within `max` (1 or 2) edits, with their distance. */
  near(word: string, max: number): { word: string; distance: number }[] {
    const found = new Map<string, number>();
    for (const key of oneLess(word)) {
      for (const candidate of this.deletes.get(key) ?? []) {
        if (candidate === word || found.has(candidate)) continue;
        const distance = damerauLevenshtein(word, candidate, max);
        if (distance <= max) found.set(candidate, distance);
      }
    }
    return [...found].map(([candidate, distance]) => ({ word: candidate, distance }));
  }

  /** Job names in the index that begin so, the commonest first, with accents. */
  headsStarting(prefix: string, limit: number): string[] {
    const found: { text: string; count: number }[] = [];
    for (let i = lowerBound(this.heads, prefix, ({ text }) => text); i < this.heads.length; i++) {
      if (!this.heads[i]!.text.startsWith(prefix)) break;
      found.push(this.heads[i]!);
    }
    const best = found.sort((a, b) => b.count - a.count).slice(0, limit);
    return best.map(({ text }) => shown(this.restore(text.split(' ')).join(' ')));
  }

  /**
   * How strongly two words belong together: normalised pointwise mutual information, -1..1. With accents the words
   * are told apart from others of the same letters ("tải" from "tại").
   */
  cohesion(before: { folded: string; normal: string }, after: { folded: string; normal: string }): number {
    const together = this.pairAsWritten(before, after);
    if (together < 2) return -1;
    const total = Math.max(this.documents, 1000);
    const [first, second] = [this.asWritten(before), this.asWritten(after)];
    const p = together / total;
    const pmi = Math.log(p / ((first / total) * (second / total)));
    // A rare word that hardly ever stands without the other clings to it, however common that one is ("cá nhân").
    const loyal = together >= 4 ? Math.max(together / first, together / second) - 0.1 : 0;
    return Math.min(1, Math.max(pmi / -Math.log(p), loyal));
  }

  /**
   * The accents that were meant: as written where the index knows the word so, and with its neighbours; otherwise as
   * restored ("kể toán", "khảu").
   */
  meant(written: readonly { folded: string; normal: string }[], restored: readonly string[]): string[] {
    const knows = (i: number, forms: readonly string[]): boolean =>
      [i - 1, i].some(
        (at) =>
          at >= 0 &&
          at + 1 < written.length &&
          this.pairAsWritten(
            { folded: written[at]!.folded, normal: forms[at]! },
            { folded: written[at + 1]!.folded, normal: forms[at + 1]! },
          ) >= (forms === restored ? 5 : 1),
      );
    const typed = written.map(({ normal }) => normal);
    return written.map(({ folded, normal }, i) => {
      const known = normal === folded || (this.forms.get(folded)?.has(normal) ?? false);
      if (!known) return restored[i]!;
      return normal !== restored[i] && !knows(i, typed) && knows(i, restored) ? restored[i]! : normal;
    });
  }

  private asWritten({ folded, normal }: { folded: string; normal: string }): number {
    const count =
      normal === folded ? this.plain(this.words, this.forms, folded) : this.forms.get(folded)?.get(normal);
    return Math.max(1, count ?? 0);
  }

  private pairAsWritten(
    before: { folded: string; normal: string },
    after: { folded: string; normal: string },
  ): number {
    const key = `${before.folded}_${after.folded}`;
    const form = `${before.normal}_${after.normal}`;
    return form === key
      ? this.plain(this.pairs, this.pairForms, key)
      : (this.pairForms.get(key)?.get(form) ?? 0);
  }

  /** How often the letters stand without any accent, because the word has none or the writer left them out. */
  private plain(all: Map<string, number>, forms: Map<string, Map<string, number>>, key: string): number {
    let count = all.get(key) ?? 0;
    for (const accented of forms.get(key)?.values() ?? []) count -= accented;
    return Math.max(0, count);
  }

  /** The likeliest accented spellings of folded words in a row: by pairs where they are known, else word by word. */
  restore(folded: readonly string[]): string[] {
    const result = folded.map((word) => this.commonest(this.words, this.forms, word).form);
    const evidence = folded.map(() => 0);
    for (let i = 1; i < folded.length; i++) {
      const { form, count } = this.commonest(this.pairs, this.pairForms, `${folded[i - 1]}_${folded[i]}`);
      if (count <= evidence[i - 1]! && count < 3) continue;
      const [before, after] = form.split('_') as [string, string];
      if (count > evidence[i - 1]!) {
        result[i - 1] = before;
        evidence[i - 1] = count;
      }
      result[i] = after;
      evidence[i] = count;
    }
    return result;
  }

  private commonest(
    all: Map<string, number>,
    forms: Map<string, Map<string, number>>,
    key: string,
  ): { form: string; count: number } {
    let best = { form: key, count: this.plain(all, forms, key) };
    for (const [form, count] of forms.get(key) ?? []) if (count > best.count) best = { form, count };
    return best;
  }
}

function bump(map: Map<string, number>, key: string, by: number): void {
  map.set(key, (map.get(key) ?? 0) + by);
}

function push(map: Map<string, string[]>, key: string, value: string): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** The word and all words with one letter less: two words within one edit share one of these. */
function oneLess(word: string): Set<string> {
  const keys = new Set([word]);
  for (let i = 0; i < word.length; i++) keys.add(word.slice(0, i) + word.slice(i + 1));
  return keys;
}

function lowerBound<T>(sorted: readonly T[], key: string, of: (item: T) => string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (of(sorted[middle]!) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

const EMPTY = new Lexicon(0, []);

/** Of an index without words. */
export const emptyLexicon = (): Lexicon => EMPTY;
