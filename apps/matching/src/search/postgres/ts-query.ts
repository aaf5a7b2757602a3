import type { Alternative, QueryPlan, QuerySegment } from '../../query/plan.js';
import type { SearchFilters } from '../search-engine.js';
import { quoteTerm } from './index-rows.js';

/** Builds tsquery texts from plans. `null` stands for a condition that everything meets. */

const or = (parts: string[]): string | null =>
  parts.length ? (parts.length === 1 ? parts[0]! : `(${parts.join(' | ')})`) : null;
const and = (parts: (string | null)[]): string | null => {
  const real = parts.filter((part) => part !== null);
  return real.length ? (real.length === 1 ? real[0]! : `(${real.join(' & ')})`) : null;
};

/** Words next to each other: one term for a word, terms of neighbours for more. `field` is '' or '~'. */
function phrase(words: readonly string[], field = ''): string {
  if (words.length === 1) return quoteTerm(field + words[0]!);
  return and(words.slice(1).map((word, i) => quoteTerm(`${field}${words[i]}_${word}`)))!;
}

function accentedPhrase({ words, normal }: Alternative): string {
  if (!normal || normal.join() === words.join()) return phrase(words);
  const written = (i: number): string =>
    normal[i] === words[i] ? quoteTerm(words[i]!) : quoteTerm(`+${normal[i]}`);
  if (words.length === 1) return written(0);
  return and(
    words
      .slice(1)
      .map((word, i) =>
        normal[i] === words[i] && normal[i + 1] === word
          ? quoteTerm(`${words[i]}_${word}`)
          : quoteTerm(`+${normal[i]}_${normal[i + 1]}`),
      ),
  )!;
}

const required = (plan: QueryPlan): QuerySegment[] =>
  plan.segments.filter((segment) => segment.kind !== 'weak');

/** As typed (or corrected), with accents: the surest candidates. */
function surely(plan: QueryPlan): string | null {
  return and(required(plan).map(({ alternatives }) => accentedPhrase(alternatives[0]!)));
}

/** As typed, without regard to accents. */
function asTyped(plan: QueryPlan): string | null {
  return and(required(plan).map(({ alternatives }) => phrase(alternatives[0]!.words)));
}

function anyWay(segment: QuerySegment, plan: QueryPlan, least: number): string {
  const parts = segment.alternatives
    .filter(({ weight }) => weight >= least)
    .map(({ words }) => phrase(words));
  const first = segment.alternatives[0]!;
  parts.push(phrase(first.words, '~'));
  if (segment.kind === 'content') {
    for (const { code, weight } of plan.occupations)
      if (weight > 0.9 && least < 0.6) parts.push(quoteTerm(`o:${code}`));
  }
  return or([...new Set(parts)])!;
}

/** All parts, each in any wording of at least the weight. */
function allParts(plan: QueryPlan, least: number): string | null {
  return and(required(plan).map((segment) => anyWay(segment, plan, least)));
}

/** All parts but one (any one; of two the weightier must stay), for when nothing has them all. */
function allButOne(plan: QueryPlan): string | null {
  const parts = required(plan);
  if (parts.length < 2) return null;
  const weights = parts.map(({ weight }) => weight);
  const left = parts.map((_, without) => parts.filter((__, i) => i !== without));
  const kept = left.filter((some) => some.some(({ weight }) => weight >= Math.max(...weights) * 0.8));
  return or(kept.map((some) => and(some.map((segment) => anyWay(segment, plan, 0)))!));
}

/** All words, however far apart. */
function apart(plan: QueryPlan): string | null {
  return and(
    required(plan).flatMap(({ alternatives }) => alternatives[0]!.words.map((word) => quoteTerm(word))),
  );
}

/** The minor groups of the occupations that are meant. */
function sameGroup(plan: QueryPlan): string | null {
  const sure = plan.occupations.filter(({ weight }) => weight > 0.9);
  return or([...new Set(sure.map(({ code }) => quoteTerm(`o:${code.slice(0, 3)}`)))]);
}

/** Any part at all. */
function anyPart(plan: QueryPlan): string | null {
  const words = required(plan).flatMap((segment) => [
    anyWay(segment, plan, 0),
    ...(segment.alternatives[0]!.words.length > 2 ? pairsOf(segment.alternatives[0]!.words) : []),
  ]);
  return or([...new Set(words)]);
}

const pairsOf = (words: readonly string[]): string[] =>
  words.slice(1).map((word, i) => quoteTerm(`${words[i]}_${word}`));

/** The tsqueries of a plan, surest first; the last is what counts as a hit, unless nothing is and parts are let go. */
export interface TieredQuery {
  tiers: string[];
  all: string | null;
  /** Other words of the same group of occupations, then fewer parts: each wider than the one before. */
  relaxed: { query: string | null; anywhere: boolean }[];
  /** Terms of the places as written, preferred among equals. */
  places: string | null;
}

export function tieredQuery(plan: QueryPlan): TieredQuery {
  if (!required(plan).length) {
    const weak = and(plan.segments.map((segment) => anyWay(segment, plan, 0)));
    return { tiers: [], all: weak, relaxed: [], places: placeTerms(plan) };
  }
  const head = quoteTerm(`=${plan.words.join(' ')}`);
  const tiers = [and([head, surely(plan)]), surely(plan), asTyped(plan), allParts(plan, 0.8)];
  return {
    tiers: [...new Set(tiers.filter((tier) => tier !== null))],
    all: allParts(plan, 0),
    relaxed: [
      { query: apart(plan), anywhere: false },
      { query: allButOne(plan), anywhere: false },
      { query: sameGroup(plan), anywhere: false },
      ...(plan.places.length ? [{ query: allParts(plan, 0), anywhere: true }] : []),
      { query: anyPart(plan), anywhere: false },
    ],
    places: placeTerms(plan),
  };
}

function placeTerms(plan: QueryPlan): string | null {
  return or(
    plan.places.flatMap(({ words, level }) =>
      level === 'province' ? [] : [quoteTerm(`@${words.join('_')}`), phrase(words)],
    ),
  );
}

/** What of an opening's title may stand in a wish: any of its parts but the weak ones. */
export function jobseekerTermsQuery(plan: QueryPlan): string | null {
  const content = plan.segments.filter(({ kind }) => kind === 'content').slice(0, 6);
  return or([...new Set(content.map((segment) => anyWay(segment, { ...plan, occupations: [] }, 0.8)))]);
}

/** Conditions that are terms of the index; `near` and `payMin` are not. */
export function filterQuery(filters: SearchFilters, plan?: QueryPlan): string | null {
  const any = (prefix: string, values?: string[]): string | null =>
    values?.length ? or(values.map((value) => quoteTerm(prefix + value))) : null;
  const planned = plan?.places.flatMap(({ provinceCodes }) => provinceCodes);
  return and([
    any('p:', filters.provinceCodes?.length ? filters.provinceCodes : planned),
    filters.communeCode ? quoteTerm(`c:${filters.communeCode}`) : null,
    any('o:', filters.occupationCodes),
    any('l:', filters.levels),
    any('x:', filters.experience),
    any('k:', filters.kinds),
    any('m:', filters.payBands),
  ]);
}

/** Everything where one of them is met by everything. */
function anyOf(parts: (string | null)[]): string | null {
  const real = parts.filter((part) => part !== null);
  return real.length === parts.length ? or([...new Set(real)]) : null;
}

export { and as allOf, anyOf };
