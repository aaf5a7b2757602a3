export const CRITERIA = [
  'occupation',
  'skills',
  'distance',
  'level',
  'pay',
  'experience',
  'freshness',
  'fairShare',
] as const;
export type Criterion = (typeof CRITERIA)[number];

/** What each criterion is worth, in points that add up to 100. Data: changed by a new version, not by a release. */
export interface ScoringWeights {
  version: number;
  points: Record<Criterion, number>;
}

/** The first version. */
export const FIRST_WEIGHTS: ScoringWeights = {
  version: 1,
  points: {
    occupation: 30,
    skills: 20,
    distance: 15,
    level: 10,
    pay: 10,
    experience: 5,
    freshness: 5,
    fairShare: 5,
  },
};
