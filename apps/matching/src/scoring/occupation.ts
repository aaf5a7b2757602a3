import { sharedOccupationDigits } from '#reference';
import { graded, type Judgement, type MatchFacts, unknown } from './judgement.js';

/** By the digits of ISCO-08 that two codes share: the same unit group, minor group, sub-major group. */
const BY_SHARED_DIGITS = [0, 0.05, 0.35, 0.65, 1] as const;
/** What one has done counts a little less than what one wishes to do. */
const WORKED = 0.9;
/** A title is read by a machine: it never says as much as a code. */
const BY_TITLE = 0.9;

export function occupationCriterion({ jobseeker, opening, titleFit }: MatchFacts): Judgement {
  const wanted = jobseeker.desiredOccupationCodes;
  const worked = jobseeker.experience.flatMap(({ occupationCode }) => occupationCode ?? []);
  const code = opening.occupationCode;
  const offered = code ?? opening.title;
  const asked = wanted.length ? wanted : jobseeker.desiredTitle ? [jobseeker.desiredTitle] : worked;
  const byTitle = titleFit === undefined ? undefined : titleFit * BY_TITLE;
  if (!code || (!wanted.length && !worked.length)) {
    return byTitle === undefined
      ? unknown(asked.length ? asked : null, offered)
      : graded(byTitle / BY_TITLE, asked, offered);
  }
  const confidence = 0.7 + 0.3 * (opening.occupationConfidence ?? 1);
  const best = Math.max(
    ...wanted.map((own) => nearness(own, code)),
    ...worked.map((own) => WORKED * nearness(own, code)),
  );
  return graded(Math.max(best * confidence, byTitle ?? 0), asked, offered);
}

function nearness(own: string, code: string): number {
  return BY_SHARED_DIGITS[sharedOccupationDigits(own, code)];
}
