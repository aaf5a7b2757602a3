import { distanceCriterion } from './distance.js';
import { experienceCriterion, levelCriterion, payCriterion, skillsCriterion } from './demands.js';
import { fairShareCriterion, freshnessCriterion } from './fairness.js';
import { type Judgement, type MatchFacts, type Outcome, UNKNOWN_SHARE, type Value } from './judgement.js';
import { occupationCriterion } from './occupation.js';
import { CRITERIA, type Criterion, type ScoringWeights } from './weights.js';

export interface ExplainedCriterion {
  criterion: Criterion;
  outcome: Outcome;
  points: number;
  maxPoints: number;
  wanted: Value;
  offered: Value;
  missing?: readonly string[];
}

export interface Match {
  /** 0..100 */
  score: number;
  weightsVersion: number;
  criteria: ExplainedCriterion[];
}

const JUDGES: Record<Criterion, (facts: MatchFacts) => Judgement> = {
  occupation: occupationCriterion,
  skills: skillsCriterion,
  distance: distanceCriterion,
  level: levelCriterion,
  pay: payCriterion,
  experience: experienceCriterion,
  freshness: freshnessCriterion,
  fairShare: fairShareCriterion,
};

/**
 * How well a person and an opening fit, explained criterion by criterion. Pure; the same for both directions and
 * both profiles (domain.md, section 5).
 */
export function scoreMatch(facts: MatchFacts, weights: ScoringWeights): Match {
  const criteria = CRITERIA.map((criterion): ExplainedCriterion => {
    const { outcome, share, ...values } = JUDGES[criterion](facts);
    const maxPoints = weights.points[criterion];
    const points = round(maxPoints * (outcome === 'unknown' ? UNKNOWN_SHARE : share));
    return { criterion, outcome, points, maxPoints, ...values };
  });
  return {
    score: Math.round(criteria.reduce((sum, { points }) => sum + points, 0)),
    weightsVersion: weights.version,
    criteria,
  };
}

const round = (points: number): number => Math.round(points * 10) / 10;
