import { damerauLevenshtein, tokens } from '#reference';

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
  private readonly pairForms = new Map<string, { form: string; count: number }>();
  private readonly deletes = new Map<string, string[]>();
  private readonly sortedWords: string[];
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
    for (const { term, count } of terms) this.addTerm(term, count);
    for (const phrase of vocabulary) this.addPhrase(phrase);
    this.sortedWords = [...this.words.keys()].sort();
    for (const word of this.sortedWords) {
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
    if (folded.length === 1) {
      const forms = this.forms.get(folded[0]!) ?? new Map<string, number>();
      forms.set(form, (forms.get(form) ?? 0) + count);
      this.forms.set(folded[0]!, forms);
    } else {
      const key = folded.join('_');
      const best = this.pairForms.get(key);
      if (!best || best.count < count) this.pairForms.set(key, { form, count });
    }
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
    return best.map(({ text }) => this.restore(text.split(' ')).join(' '));
  }

  /** How strongly two words belong together: normalised pointwise mutual information, -1..1. */
  cohesion(before: string, after: string): number {
    const together = this.pair(before, after);
    if (together < 2) return -1;
    const total = Math.max(this.documents, 1000);
    const p = together / total;
    const pmi = Math.log(p / ((this.word(before) / total) * (this.word(after) / total)));
    return pmi / -Math.log(p);
  }

  /** The likeliest accented spellings of folded words in a row. */
  restore(folded: readonly string[]): string[] {
    const result = folded.map((word) => this.commonForm(word));
    const evidence = folded.map(() => 0);
    for (let i = 1; i < folded.length; i++) {
      const best = this.pairForms.get(`${folded[i - 1]}_${folded[i]}`);
      if (!best || best.count <= Math.min(evidence[i - 1]!, best.count - 1)) continue;
      const [before, after] = best.form.split('_') as [string, string];
      if (best.count > evidence[i - 1]!) {
        result[i - 1] = before;
        evidence[i - 1] = best.count;
      }
      result[i] = after;
      evidence[i] = best.count;
    }
    return result;
  }

  private commonForm(folded: string): string {
    let best = folded;
    let count = 0;
    for (const [form, n] of this.forms.get(folded) ?? []) {
      if (n > count) [best, count] = [form, n];
    }
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
