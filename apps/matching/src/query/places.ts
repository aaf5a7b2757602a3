import {
  administrativeUnit,
  findPlaces,
  type FoundPlace,
  resolvePlace,
  type ResolvedPlace,
  tokens,
} from '#reference';
import type { PlaceCondition } from './plan.js';

const LONGEST_NAME = 4;
const URBAN = /^(Thành phố|Quận) /;

/** The places of a query as conditions, and the text without them. A query that is only a place keeps no text. */
export function takePlaces(text: string): { rest: string; places: PlaceCondition[] } {
  const found = findPlaces(text);
  const last = placeAtEnd(text, found);
  let rest = '';
  let at = 0;
  for (const { start, end } of last ? [...found, last] : found) {
    rest += `${text.slice(at, start)} `;
    at = end;
  }
  return {
    rest: rest + text.slice(at),
    places: [...found, ...(last ? [last] : [])].map(({ place }) => conditionOf(place)),
  };
}

/**
 * What a query ends in is a province, a city or an urban district if it can be one, whatever stands before it
 * ("kinh doanh dong nai", "lai xe bien hoa").
 */
function placeAtEnd(text: string, found: readonly FoundPlace[]): FoundPlace | undefined {
  const words = tokens(text);
  const taken = found.at(-1)?.end ?? 0;
  for (let size = Math.min(LONGEST_NAME, words.length); size >= 2; size--) {
    const [first, end] = [words.at(-size)!, words.at(-1)!.end];
    if (first.start < taken) continue;
    const resolution = resolvePlace(text.slice(first.start, end));
    if (!resolution.ok || resolution.place.communeCode || isRural(resolution.place)) continue;
    // Accents that say otherwise are believed ("nhân viên hải dưỡng").
    const name = resolution.place.oldUnit?.name ?? administrativeUnit(resolution.place.provinceCode)!.name;
    const agrees = tokens(name).every(({ normal }, i) => {
      const word = words[words.length - size + i];
      return word && (!word.accented || word.normal === normal);
    });
    if (agrees && tokens(name).length === size) return { start: first.start, end, place: resolution.place };
  }
  return undefined;
}

const isRural = ({ oldUnit }: ResolvedPlace): boolean =>
  oldUnit?.level === 'district' && !URBAN.test(oldUnit.fullName);

function conditionOf(place: ResolvedPlace): PlaceCondition {
  const { oldUnit } = place;
  const unit = administrativeUnit(place.communeCode ?? place.provinceCode)!;
  const name = oldUnit?.name ?? unit.name;
  return {
    name,
    provinceCodes: [place.provinceCode],
    communeCode: place.communeCode,
    words: tokens(name).map((token) => token.folded),
    level: levelOf(place),
  };
}

function levelOf({ oldUnit, communeCode }: ResolvedPlace): PlaceCondition['level'] {
  if (oldUnit) return oldUnit.level === 'district' ? 'district' : 'formerProvince';
  return communeCode ? 'commune' : 'province';
}
