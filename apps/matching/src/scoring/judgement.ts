import type { ConsentingJobseeker } from '#contracts';
import type { OpeningDoc } from '../search/opening-doc.js';

/** Everything that the score may look at: never sex, ethnicity, disability or behaviour. */
export interface MatchFacts {
  jobseeker: ConsentingJobseeker;
  opening: OpeningDoc;
  /** 0..1: how well the title says what the person wishes or has done, by the search's own ranking. */
  titleFit?: number;
  /** People already referred to the opening; undefined = unknown. */
  candidateCount?: number;
  /** Instant of the comparison (ms since 1970). */
  now: number;
}

export type Outcome = 'met' | 'partial' | 'missing' | 'unknown';
export type Value = string | number | readonly string[] | null;

/** One criterion's judgement, `share` of its points from 0 to 1. */
export interface Judgement {
  outcome: Outcome;
  share: number;
  /** What is asked for, by the side that asks. */
  wanted: Value;
  /** What the other side has. */
  offered: Value;
  /** What is lacking (skills, which courses could close). */
  missing?: readonly string[];
}

/** An unknown value is no failure: it takes the middle of its points. */
export const UNKNOWN_SHARE = 0.5;

/** Nothing to compare. */
export function unknown(wanted: Value, offered: Value): Judgement {
  return { outcome: 'unknown', share: UNKNOWN_SHARE, wanted, offered };
}

/** Outcome by share: all of it is met, some of it partial. */
export function graded(share: number, wanted: Value, offered: Value): Judgement {
  const outcome = share >= 0.95 ? 'met' : share >= 0.25 ? 'partial' : 'missing';
  return { outcome, share: Math.max(0, Math.min(1, share)), wanted, offered };
}
