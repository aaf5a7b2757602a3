import type { Alternative, QueryPlan, QuerySegment } from '../query/plan.js';
import type { SearchFilters } from './search-engine.js';

/** How an engine writes conditions over the terms of `doc-terms.ts`. */
export interface TermSyntax {
  term(term: string): string;
  /** Between conditions, with blanks. */
  and: string;
  or: string;
  /** Before a condition in brackets. */
  not: string;
}

/** The conditions of a plan, surest first; `all` is what counts as a hit, unless too little is and parts are let go. */
export interface TieredQuery {
  tiers: string[];
  all: string | null;
  /** Other words of the same group of occupations, then fewer parts: each wider than the one before. */
  relaxed: { query: string | null; anywhere: boolean }[];
  /** Terms of the places as written, preferred among equals. */
  places: string | null;
}

/** Builds conditions from plans, in the syntax of an engine. `null` stands for a condition that everything meets. */
export class TermQueries {
  constructor(private readonly syntax: TermSyntax) {}

  tiered(plan: QueryPlan): TieredQuery {
    const places = this.placeTerms(plan);
    if (!required(plan).length) {
      const weak = this.allOf(plan.segments.map((segment) => this.anyWay(segment, plan, 0)));
      return { tiers: [], all: weak, relaxed: [], places };
    }
    const head = this.term(`=${plan.words.join(' ')}`);
    const surely = this.surely(plan);
    const tiers = [this.allOf([head, surely]), surely, this.asTyped(plan), this.allParts(plan, 0.8)];
    return {
      tiers: [...new Set(tiers.filter((tier) => tier !== null))],
      all: this.allParts(plan, 0),
      relaxed: [
        { query: this.apart(plan), anywhere: false },
        { query: this.allButOne(plan), anywhere: false },
        { query: this.sameGroup(plan), anywhere: false },
        ...(plan.places.length ? [{ query: this.allParts(plan, 0), anywhere: true }] : []),
        { query: this.anyPart(plan), anywhere: false },
      ],
      places,
    };
  }

  /** What of an opening's title may stand in a wish: any of its parts but the weak ones. */
  jobseekerTerms(plan: QueryPlan): string | null {
    const content = plan.segments.filter(({ kind }) => kind === 'content').slice(0, 6);
    return this.or([
      ...new Set(content.map((segment) => this.anyWay(segment, { ...plan, occupations: [] }, 0.8))),
    ]);
  }

  /** Conditions that are terms of the index; `near` and `payMin` are not. */
  filter(filters: SearchFilters, plan?: QueryPlan): string | null {
    const any = (prefix: string, values?: string[]): string | null =>
      values?.length ? this.or(values.map((value) => this.term(prefix + value))) : null;
    const planned = plan?.places.flatMap(({ provinceCodes }) => provinceCodes);
    return this.allOf([
      any('p:', filters.provinceCodes?.length ? filters.provinceCodes : planned),
      filters.communeCode ? this.term(`c:${filters.communeCode}`) : null,
      any('o:', filters.occupationCodes),
      any('l:', filters.levels),
      any('x:', filters.experience),
      any('k:', filters.kinds),
      any('m:', filters.payBands),
    ]);
  }

  allOf(parts: (string | null)[]): string | null {
    const real = parts.filter((part) => part !== null);
    return real.length ? (real.length === 1 ? real[0]! : `(${real.join(this.syntax.and)})`) : null;
  }

  /** Everything where one of them is met by everything. */
  anyOf(parts: (string | null)[]): string | null {
    const real = parts.filter((part) => part !== null);
    return real.length === parts.length ? this.or([...new Set(real)]) : null;
  }

  /** What meets the one and not the other. */
  butNot(query: string, other: string | null): string {
    return other === null ? query : `(${query})${this.syntax.and}${this.syntax.not}(${other})`;
  }

  private term(term: string): string {
    return this.syntax.term(term);
  }

  private or(parts: string[]): string | null {
    return parts.length ? (parts.length === 1 ? parts[0]! : `(${parts.join(this.syntax.or)})`) : null;
  }

  /** Words next to each other: one term for a word, terms of neighbours for more. `field` is '' or '~'. */
  private phrase(words: readonly string[], field = ''): string {
    if (words.length === 1) return this.term(field + words[0]!);
    return this.allOf(words.slice(1).map((word, i) => this.term(`${field}${words[i]}_${word}`)))!;
  }

  private accentedPhrase({ words, normal }: Alternative): string {
    if (!normal || normal.join() === words.join()) return this.phrase(words);
    const written = (i: number): string =>
      normal[i] === words[i] ? this.term(words[i]!) : this.term(`+${normal[i]}`);
    if (words.length === 1) return written(0);
    return this.allOf(
      words
        .slice(1)
        .map((word, i) =>
          normal[i] === words[i] && normal[i + 1] === word
            ? this.term(`${words[i]}_${word}`)
            : this.term(`+${normal[i]}_${normal[i + 1]}`),
        ),
    )!;
  }

  /** As typed (or corrected), with accents: the surest candidates. */
  private surely(plan: QueryPlan): string | null {
    return this.allOf(required(plan).map(({ alternatives }) => this.accentedPhrase(alternatives[0]!)));
  }

  /** As typed, without regard to accents. */
  private asTyped(plan: QueryPlan): string | null {
    return this.allOf(required(plan).map(({ alternatives }) => this.phrase(alternatives[0]!.words)));
  }

  private anyWay(segment: QuerySegment, plan: QueryPlan, least: number): string {
    const parts = segment.alternatives
      .filter(({ weight }) => weight >= least)
      .map(({ words }) => this.phrase(words));
    const first = segment.alternatives[0]!;
    parts.push(this.phrase(first.words, '~'));
    if (segment.kind === 'content') {
      for (const { code, weight } of plan.occupations)
        if (weight > 0.9 && least < 0.6) parts.push(this.term(`o:${code}`));
    }
    return this.or([...new Set(parts)])!;
  }

  /** All parts, each in any wording of at least the weight. */
  private allParts(plan: QueryPlan, least: number): string | null {
    return this.allOf(required(plan).map((segment) => this.anyWay(segment, plan, least)));
  }

  /** All parts but one (any one; of two the weightier must stay), for when nothing has them all. */
  private allButOne(plan: QueryPlan): string | null {
    const parts = required(plan);
    if (parts.length < 2) return null;
    const weights = parts.map(({ weight }) => weight);
    const left = parts.map((_, without) => parts.filter((__, i) => i !== without));
    const kept = left.filter((some) => some.some(({ weight }) => weight >= Math.max(...weights) * 0.8));
    return this.or(kept.map((some) => this.allOf(some.map((segment) => this.anyWay(segment, plan, 0)))!));
  }

  /** All words, however far apart. */
  private apart(plan: QueryPlan): string | null {
    return this.allOf(
      required(plan).flatMap(({ alternatives }) => alternatives[0]!.words.map((word) => this.term(word))),
    );
  }

  /** The minor groups of the occupations that are meant. */
  private sameGroup(plan: QueryPlan): string | null {
    const sure = plan.occupations.filter(({ weight }) => weight > 0.9);
    return this.or([...new Set(sure.map(({ code }) => this.term(`o:${code.slice(0, 3)}`)))]);
  }

  /** Any part at all. */
  private anyPart(plan: QueryPlan): string | null {
    const words = required(plan).flatMap((segment) => [
      this.anyWay(segment, plan, 0),
      ...(segment.alternatives[0]!.words.length > 2 ? this.pairsOf(segment.alternatives[0]!.words) : []),
    ]);
    return this.or([...new Set(words)]);
  }

  private pairsOf(words: readonly string[]): string[] {
    return words.slice(1).map((word, i) => this.term(`${words[i]}_${word}`));
  }

  private placeTerms(plan: QueryPlan): string | null {
    return this.or(
      plan.places.flatMap(({ words, level }) =>
        level === 'province' ? [] : [this.term(`@${words.join('_')}`), this.phrase(words)],
      ),
    );
  }
}

const required = (plan: QueryPlan): QuerySegment[] =>
  plan.segments.filter((segment) => segment.kind !== 'weak');
