import { administrativeUnit, distanceKm } from '#reference';
import { graded, type Judgement, type MatchFacts, unknown } from './judgement.js';

/** A way to work that people accept without saying so. */
const NEAR_KM = 10;
const FAR_KM = 60;
/** The same province, nothing nearer known. */
const SAME_PROVINCE = 0.8;
/** Home's province when nothing was wished for: likely, not said. */
const HOME_PROVINCE = 0.7;

/** From where the person wishes to work (or lives) to the nearest workplace. */
export function distanceCriterion({ jobseeker, opening }: MatchFacts): Judgement {
  const workplaces = opening.workplaces.filter(({ provinceCode }) => provinceCode);
  const offered = workplaces.map(({ provinceCode, communeCode }) => communeCode ?? provinceCode!);
  const wishes = jobseeker.desiredPlaces.filter(({ provinceCode }) => provinceCode);
  const home = { provinceCode: jobseeker.provinceCode, communeCode: jobseeker.communeCode, radiusKm: null };
  const from = wishes.length ? wishes : home.provinceCode ? [home] : [];
  const wanted = from.map(({ provinceCode, communeCode }) => communeCode ?? provinceCode!);
  if (!workplaces.length || !from.length)
    return unknown(wanted.length ? wanted : null, offered.length ? offered : null);
  let best = 0;
  for (const wish of from) {
    for (const place of workplaces) {
      const near = byDistance(wish.communeCode, place.communeCode, wish.radiusKm ?? NEAR_KM);
      const wide =
        wish.provinceCode !== place.provinceCode
          ? 0
          : !wishes.length
            ? HOME_PROVINCE
            : wish.communeCode
              ? SAME_PROVINCE
              : 1;
      best = Math.max(best, near ?? wide);
    }
  }
  if (best < 0.25 && opening.otherPlacesCount > 0) return unknown(wanted, offered);
  return graded(best, wanted, offered);
}

/** 1 within the radius, falling to 0 at the far end; undefined when a commune is not known. */
function byDistance(
  from: string | null | undefined,
  to: string | null | undefined,
  radiusKm: number,
): number | undefined {
  const start = from ? administrativeUnit(from) : undefined;
  const end = to ? administrativeUnit(to) : undefined;
  if (!start || !end) return undefined;
  const km = distanceKm(start, end);
  if (km <= radiusKm) return 1;
  return Math.max(0, 1 - (km - radiusKm) / FAR_KM);
}
