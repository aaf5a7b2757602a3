import type { MatchFacts } from './judgement.js';

export type Exclusion = 'expired' | 'headcountFilled' | 'underAge' | 'placeNotAccepted';

/**
 * The few things that rule a match out. Unknown values rule nothing out. (Whether an opening is published and a
 * person consents is known before: others are not in the read model.)
 * @param today local date of Asia/Ho_Chi_Minh, YYYY-MM-DD
 */
export function exclusions({ jobseeker, opening }: MatchFacts, today: string): Exclusion[] {
  const found: Exclusion[] = [];
  if (opening.deadline && opening.deadline < today) found.push('expired');
  if (typeof opening.quantity === 'number' && (opening.hiredCount ?? 0) >= opening.quantity)
    found.push('headcountFilled');
  if (jobseeker.ofLegalAge === false) found.push('underAge');
  if (placeRefused({ jobseeker, opening })) found.push('placeNotAccepted');
  return found;
}

/** The person named provinces, the opening too, and none is the same. */
function placeRefused({ jobseeker, opening }: Pick<MatchFacts, 'jobseeker' | 'opening'>): boolean {
  const accepted = new Set(jobseeker.desiredPlaces.flatMap(({ provinceCode }) => provinceCode ?? []));
  if (!accepted.size || opening.otherPlacesCount > 0) return false;
  const offered = opening.workplaces.map(({ provinceCode }) => provinceCode);
  if (!offered.length || offered.some((code) => !code)) return false;
  return !offered.some((code) => accepted.has(code!));
}
