import { graded, type Judgement, type MatchFacts, unknown } from './judgement.js';

const DAY_MS = 86_400_000;
const FRESH_DAYS = 7;
const OLD_DAYS = 60;

/** Newer openings first: they are likelier to be open still. */
export function freshnessCriterion({ opening, now }: MatchFacts): Judgement {
  const days = Math.max(0, Math.floor((now - Date.parse(opening.publishedAt)) / DAY_MS));
  const share = days <= FRESH_DAYS ? 1 : Math.max(0, 1 - (days - FRESH_DAYS) / (OLD_DAYS - FRESH_DAYS));
  return graded(share, FRESH_DAYS, days);
}

/** Openings with few candidates and people with few referrals rise. */
export function fairShareCriterion({ jobseeker, candidateCount }: MatchFacts): Judgement {
  const counts = [jobseeker.referralCount, candidateCount ?? null].filter((count) => count !== null);
  if (!counts.length) return unknown(null, null);
  const share = counts.reduce((sum, count) => sum + 1 / (1 + count / 3), 0) / counts.length;
  return graded(share, candidateCount ?? null, jobseeker.referralCount);
}
