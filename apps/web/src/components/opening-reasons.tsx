import type { MatchedOpening } from '../api/models';
import { useProfile } from '../api/use-profile';
import { MatchReasons } from './match-reasons';

const known = (codes: (string | null | undefined)[]) => [
  ...new Set(codes.filter((code): code is string => Boolean(code))),
];

/** Why an opening fits the person who is signed in. */
export function OpeningReasons({ match: { opening, criteria } }: { match: MatchedOpening }) {
  const profile = useProfile().data;
  const provinces = known([
    ...opening.workplaces.map(({ provinceCode }) => provinceCode),
    profile?.provinceCode,
    ...(profile?.desiredPlaces ?? []).map(({ provinceCode }) => provinceCode),
  ]);
  return <MatchReasons criteria={criteria} provinces={provinces} />;
}
