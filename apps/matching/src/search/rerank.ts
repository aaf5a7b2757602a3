import type { Alternative, QueryPlan, QuerySegment } from '../query/plan.js';
import type { Lexicon } from '../query/lexicon.js';
import { isRoleWord, isTradeWord, levelNamed, phrasesAt } from '../query/phrases.js';
import { titleWords, type TitleWords } from '../query/title-words.js';

/** What an engine hands over of each candidate. */
export interface Candidate {
  id: string;
  title: string;
  occupationCode: string | null;
  occupationConfidence: number;
  positionLevel: string | null;
  /** Provinces of today. */
  provinceCodes: string[];
  /** Folded places as written. */
  places: string[];
  /** Communes named. */
  communeCodes: string[];
  /** Seconds since 1970. */
  publishedAt: number;
}

export interface Ranked {
  id: string;
  score: number;
}

/** Every weight of the text ranking in one place. */
const WEIGHTS = {
  accentMissingInTitle: 0.93,
  accentOther: 0.3,
  accentOtherGuessed: 0.55,
  secondPart: 0.93,
  aside: 0.5,
  brokenPhrase: 0.9,
  scattered: 0.5,
  bound: 0.55,
  occupation: 0.5,
  adjacency: 0.05,
  headShare: 0.12,
  headStart: 0.03,
  sameOccupation: 0.05,
  inPlace: 0.45,
  placeNamed: 0.2,
  level: 0.05,
  otherLevel: 0.04,
  freshness: 0.015,
} as const;
const FRESH_DAYS = 14;

/**
 * Orders candidates by how well their titles say what the query means. Pure: the same for both engines.
 * @param now seconds since 1970
 */
export function rerank(
  plan: QueryPlan,
  candidates: readonly Candidate[],
  lexicon: Lexicon,
  now: number,
): Ranked[] {
  return candidates
    .map((candidate) => ({ candidate, score: scoreOf(plan, candidate, lexicon, now) }))
    .sort(
      (a, b) =>
        b.score - a.score ||
        b.candidate.publishedAt - a.candidate.publishedAt ||
        (a.candidate.id < b.candidate.id ? -1 : 1),
    )
    .map(({ candidate, score }) => ({ id: candidate.id, score: Math.round(score * 1000) }));
}

/** 0..1: how much of what the plan asks for the title says. */
export function titleFit(plan: QueryPlan, title: string, lexicon: Lexicon): number {
  const words = remembered(title);
  const matches = plan.segments.map((segment) => matchSegment(segment, plan, words, lexicon));
  const asked = plan.segments.reduce((sum, { weight }) => sum + weight, 0);
  const met = plan.segments.reduce((sum, { weight }, i) => sum + weight * matches[i]!.value, 0);
  return asked > 0 ? met / asked : 0;
}

interface Match {
  value: number;
  at: number;
  end: number;
}

const NONE: Match = { value: 0, at: -1, end: -1 };

function scoreOf(plan: QueryPlan, candidate: Candidate, lexicon: Lexicon, now: number): number {
  const title = remembered(candidate.title);
  const matches = plan.segments.map((segment) => matchSegment(segment, plan, title, lexicon));
  const occupation = occupationAgreement(plan, candidate);
  let sum = 0;
  let weights = 0;
  plan.segments.forEach((segment, i) => {
    const byOccupation = segment.kind === 'weak' ? 0 : WEIGHTS.occupation * occupation;
    sum += segment.weight * Math.max(matches[i]!.value, byOccupation);
    weights += segment.weight;
  });
  const text = weights > 0 ? sum / weights : 0;
  return (
    text * (1 - WEIGHTS.headShare - WEIGHTS.adjacency) +
    WEIGHTS.headShare * headShare(matches, title) +
    WEIGHTS.headStart * startsWell(matches, plan) +
    WEIGHTS.adjacency * adjacency(matches, title) +
    WEIGHTS.sameOccupation * occupation +
    WEIGHTS.inPlace * (inPlace(plan, candidate) ? 1 : 0) +
    WEIGHTS.placeNamed * placeAgreement(plan, candidate, title) +
    levelAgreement(plan, candidate, title) +
    WEIGHTS.freshness * Math.exp(-Math.max(0, now - candidate.publishedAt) / 86_400 / FRESH_DAYS)
  );
}

function matchSegment(segment: QuerySegment, plan: QueryPlan, title: TitleWords, lexicon: Lexicon): Match {
  let best = NONE;
  for (const alternative of segment.alternatives) {
    if (alternative.weight <= best.value) continue;
    const match = matchAlternative(alternative, plan, title, lexicon);
    if (match.value > best.value) best = match;
  }
  return best;
}

function matchAlternative(
  alternative: Alternative,
  plan: QueryPlan,
  title: TitleWords,
  lexicon: Lexicon,
): Match {
  const { words } = alternative;
  let best = NONE;
  for (let at = title.folded.indexOf(words[0]!); at >= 0; at = title.folded.indexOf(words[0]!, at + 1)) {
    if (!words.every((word, i) => title.folded[at + i] === word)) continue;
    const end = at + words.length;
    let value = alternative.weight * accentFactor(alternative, plan, title, at) * standing(title, at);
    for (let i = at + 1; i < end; i++) if (!title.joined[i]) value *= WEIGHTS.brokenPhrase;
    if (words.length === 1 && isBound(title, at, plan, lexicon)) value *= WEIGHTS.bound;
    if (value > best.value) best = { value, at, end };
  }
  if (best === NONE && words.length > 2 && alternative.weight > 0.8)
    return scattered(alternative, plan, title);
  return best;
}

/** The words are all there, apart: "quản lý bán hàng" in "Quản Lý Cửa Hàng Bán Lẻ". */
function scattered(alternative: Alternative, plan: QueryPlan, title: TitleWords): Match {
  if (alternative.source === 'synonym' || alternative.source === 'near') return NONE;
  const places = alternative.words.map((word) => title.folded.indexOf(word));
  if (places.some((at) => at < 0)) return NONE;
  let value = alternative.weight * WEIGHTS.scattered;
  for (const [i, at] of places.entries()) {
    value *=
      accentOf(alternative.normal?.[i], title.normal[at]!, title.folded[at]!, plan) ** (1 / places.length);
  }
  const at = Math.min(...places);
  return { value: value * standing(title, at), at, end: at + 1 };
}

function accentFactor(alternative: Alternative, plan: QueryPlan, title: TitleWords, at: number): number {
  if (!alternative.normal) return 1;
  let worst = 1;
  for (let i = 0; i < alternative.words.length; i++) {
    worst = Math.min(
      worst,
      accentOf(alternative.normal[i], title.normal[at + i]!, title.folded[at + i]!, plan),
    );
  }
  return worst;
}

/** Accents are preferred, never required. A query without any is guessed, and the guess counts for less. */
function accentOf(wanted: string | undefined, found: string, folded: string, plan: QueryPlan): number {
  if (wanted === undefined || wanted === found) return 1;
  if (found === folded) return WEIGHTS.accentMissingInTitle;
  return plan.accented ? WEIGHTS.accentOther : WEIGHTS.accentOtherGuessed;
}

function standing(title: TitleWords, at: number): number {
  if (title.aside[at]) return WEIGHTS.aside;
  return title.part[at] === 0 ? 1 : WEIGHTS.secondPart;
}

/** Whether a lone word is here only part of another one ("hàn" in "tiếng Hàn", "điện" in "điện thoại"). */
function isBound(title: TitleWords, at: number, plan: QueryPlan, lexicon: Lexicon): boolean {
  if (at > 0 && title.joined[at] && isTradeWord(title.folded[at - 1]!)) return false;
  return bindsWith(title, at - 1, at, plan, lexicon) || bindsWith(title, at, at + 1, plan, lexicon);
}

function bindsWith(
  title: TitleWords,
  first: number,
  second: number,
  plan: QueryPlan,
  lexicon: Lexicon,
): boolean {
  if (first < 0 || second >= title.folded.length || !title.joined[second]) return false;
  const words = [title.folded[first]!, title.folded[second]!];
  if (words.every((word) => plan.words.includes(word))) return false;
  if (words.some((word) => isRoleWord(word) || /\d/.test(word))) return false;
  const listed = phrasesAt(title.folded, title.normal, first);
  if (listed.some((phrase) => phrase.words.length >= 2)) return true;
  const asWritten = (i: number): { folded: string; normal: string } => ({
    folded: title.folded[i]!,
    normal: title.normal[i]!,
  });
  return lexicon.cohesion(asWritten(first), asWritten(second)) >= 0.5;
}

/** How much of the head's own words the query speaks of: "Kế Toán" is a better answer than "Kế Toán Công Trình". */
function headShare(matches: readonly Match[], title: TitleWords): number {
  let own = 0;
  let met = 0;
  for (let i = 0; i < title.folded.length && title.part[i] === 0; i++) {
    const weight = isRoleWord(title.folded[i]!) ? 0.25 : 1;
    own += weight;
    if (matches.some(({ value, at, end }) => value > 0 && i >= at && i < end)) met += weight;
  }
  return own > 0 ? met / own : 0;
}

function startsWell(matches: readonly Match[], plan: QueryPlan): number {
  const main = matches.filter((match, i) => match.value > 0 && plan.segments[i]!.kind !== 'weak');
  const first = Math.min(...main.map((match) => match.at));
  return main.length ? Math.max(0, 1 - first / 8) : 0;
}

function adjacency(matches: readonly Match[], title: TitleWords): number {
  if (matches.length < 2) return matches[0] && matches[0].value > 0 ? 1 : 0;
  let next = 0;
  for (let i = 1; i < matches.length; i++) {
    const { at } = matches[i]!;
    if (at > 0 && at === matches[i - 1]!.end && title.joined[at]) next++;
  }
  return next / (matches.length - 1);
}

/** 0..1: the posting is of a unit group that the query names; half for the same minor group. */
function occupationAgreement(plan: QueryPlan, candidate: Candidate): number {
  const code = candidate.occupationCode;
  if (!code) return 0;
  let best = 0;
  for (const guess of plan.occupations) {
    const near = guess.code === code ? 1 : 0;
    best = Math.max(best, near * guess.weight * candidate.occupationConfidence);
  }
  return best;
}

function inPlace(plan: QueryPlan, candidate: Candidate): boolean {
  return plan.places.some(({ provinceCodes }) =>
    provinceCodes.some((code) => candidate.provinceCodes.includes(code)),
  );
}

function placeAgreement(plan: QueryPlan, candidate: Candidate, title: TitleWords): number {
  if (!plan.places.length) return 0;
  const text = ` ${title.folded.join(' ')} `;
  let best = 0;
  for (const place of plan.places) {
    const name = ` ${place.words.join(' ')} `;
    const named = candidate.places.filter((written) => ` ${written} `.includes(name)).length;
    if (named) best = Math.max(best, 0.8 + 0.2 / candidate.places.length);
    if (text.includes(name)) best = Math.max(best, 0.95);
    if (place.communeCode && candidate.communeCodes.includes(place.communeCode)) best = 1;
  }
  return best;
}

/** A level that was asked for, or one that was not: whoever asks for a trade alone is rarely after its head. */
function levelAgreement(plan: QueryPlan, candidate: Candidate, title: TitleWords): number {
  const level = candidate.positionLevel ?? levelNamed(title.folded.filter((_, i) => !title.aside[i]));
  if (plan.level) return plan.level === level ? WEIGHTS.level : 0;
  return level && level !== 'staff' && level !== 'worker' ? -WEIGHTS.otherLevel : 0;
}

const MAX_REMEMBERED = 20_000;
const cut = new Map<string, TitleWords>();

function remembered(title: string): TitleWords {
  const known = cut.get(title);
  if (known) return known;
  if (cut.size >= MAX_REMEMBERED) cut.clear();
  const words = titleWords(title);
  cut.set(title, words);
  return words;
}
