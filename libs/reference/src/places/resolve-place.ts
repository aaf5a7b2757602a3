import { accentedKey, tidy, type Token } from '../text/index.js';
import { administrativeUnit, communesOf, formerUnit, type FormerUnit } from './administrative-units.js';
import { placesNamed, placeTokens, type PlaceEntry } from './place-index.js';
import {
  fitting,
  isNameOfSomethingElse,
  placeWordAt,
  placeWordBehind,
  type PlaceWord,
} from './place-words.js';
import { noteOn, type PlaceNote } from './place-notes.js';

/** A place as far as its text says which; nothing narrower is guessed. */
export interface ResolvedPlace {
  /** Province of today. */
  provinceCode: string;
  /** Commune of today, when the text names one and no former district with it. */
  communeCode?: string;
  /** The province or district of before July 2025 that the text names. There is no table of the old communes. */
  oldUnit?: FormerUnit;
  /** A commune of today in that province with the old district's name: roughly the place, not the same area. */
  sameNameCommuneCode?: string;
  /** Whether a name was used that is no unit of today. */
  viaOldName: boolean;
  /** As written, tidied. */
  text: string;
  note: PlaceNote | null;
}

/** Several places can be meant, or none is known. Never an exception. */
export type PlaceResolution =
  | { ok: true; place: ResolvedPlace }
  | {
      ok: false;
      code: 'ambiguous-place' | 'unknown-place';
      reason: string;
      text: string;
      candidates: ResolvedPlace[];
    };

/** A piece of the text with everything that it can mean. */
export interface PlaceReading {
  entries: PlaceEntry[];
  word?: PlaceWord;
}

const SEPARATORS = /[,;|()/:\n]+/;
const DASHES = /\s*-\s*/;
const MAX_LENGTH = 300;

/**
 * The place that a text names: provinces of today and of before July 2025, former districts, communes of today,
 * abbreviations, with or without accents, as one name or as an address ("P. Dịch Vọng, Q. Cầu Giấy, HN"). A former
 * unit resolves to its successor province and is kept in the answer, which says so in `note`.
 */
export function resolvePlace(text: string): PlaceResolution {
  const clean = tidy(text).slice(0, MAX_LENGTH);
  return resolveReadings(readingsOf(clean), clean);
}

function readingsOf(text: string): PlaceReading[] {
  const whole = readPart(text, false);
  if (whole) return [whole];
  return text.split(SEPARATORS).flatMap((part) => {
    const reading = readPart(part, false);
    if (reading) return [reading];
    const pieces = part.split(DASHES);
    const found = (pieces.length > 1 ? pieces : [])
      .map((piece) => readPart(piece, false))
      .filter((r) => r !== undefined);
    return found.length ? found : lastNames(part);
  });
}

function readPart(text: string, strict: boolean): PlaceReading | undefined {
  return readWords(placeTokens(text), strict);
}

/** The meanings of a whole run of words: the name itself, or a name after a kind word. */
function readWords(words: readonly Token[], strict: boolean): PlaceReading | undefined {
  if (!words.length) return undefined;
  const entries = placesNamed(words, { strict });
  const kind = placeWordAt(words, 0);
  if (kind && words.length > kind.length) {
    const named = fitting(placesNamed(words.slice(kind.length), { strict }), kind.word);
    // "TP.HCM" and "Quận 2" are names of their own; "Quan Sơn" merely begins like "quận".
    if (named.length && !entries.length) return { entries: named, word: kind.word };
  }
  const behind = placeWordBehind(words);
  if (behind && !entries.length) {
    const named = fitting(placesNamed(words.slice(0, -1), { strict }), behind);
    if (named.length) return { entries: named, word: behind };
  }
  return entries.length ? { entries } : undefined;
}

/** "12 Duy Tân Cầu Giấy Hà Nội": names at the end of a part, from the last word backwards. */
function lastNames(part: string): PlaceReading[] {
  const words = placeTokens(part);
  const found: PlaceReading[] = [];
  let end = words.length;
  while (end > 0) {
    const start = [5, 4, 3, 2]
      .map((size) => end - size)
      .find((at) => at >= 0 && readWords(words.slice(at, end), true));
    if (start === undefined || isNameOfSomethingElse(words, start)) break;
    found.unshift(readWords(words.slice(start, end), true)!);
    end = start;
  }
  return found;
}

const isProvinceTier = (entry: PlaceEntry): boolean =>
  entry.tier === 'province' || entry.tier === 'formerProvince';

/** Puts the parts of one address together: the province that most of them agree on, provinces counting first. */
export function resolveReadings(readings: readonly PlaceReading[], text: string): PlaceResolution {
  const support = new Map<string, number>();
  for (const { entries } of readings) {
    for (const code of new Set(entries.map((entry) => entry.provinceCode))) {
      const named = entries.some((entry) => entry.provinceCode === code && isProvinceTier(entry));
      support.set(code, (support.get(code) ?? 0) + (named ? 100 : 1));
    }
  }
  const most = Math.max(0, ...support.values());
  if (!most)
    return { ok: false, code: 'unknown-place', reason: 'No known place in this text.', text, candidates: [] };
  const codes = [...support.keys()].filter((code) => support.get(code) === most);
  const places = codes.flatMap((code) => placesIn(code, readings, text));
  const [only, ...others] = places;
  if (only && (!others.length || codes.length === 1)) return { ok: true, place: settled(places, text) };
  const reason = `${places.length} places go by this name.`;
  return { ok: false, code: 'ambiguous-place', reason, text, candidates: places };
}

/** What the parts mean within one province: its narrowest former unit, or commune, or the province itself. */
function placesIn(provinceCode: string, readings: readonly PlaceReading[], text: string): ResolvedPlace[] {
  const inside = readings.map(({ entries }) =>
    entries.filter((entry) => entry.provinceCode === provinceCode),
  );
  const provinceEntry = inside.flatMap((entries) => entries.filter(isProvinceTier).slice(0, 1));
  const formerProvince = provinceEntry.find((entry) => entry.tier === 'formerProvince')?.former;
  const alias = provinceEntry.find((entry) => entry.alias?.wasOfficial)?.alias;
  const below = inside.filter((entries) => entries.length && !entries.some(isProvinceTier));
  const districts = ofProvince(
    below.flatMap((entries) => entries.filter((entry) => entry.tier === 'formerDistrict')),
    formerProvince?.name ?? administrativeUnit(provinceCode)!.name,
  );
  const communes = below
    .filter((entries) => entries.every((entry) => entry.tier === 'commune'))
    .flatMap((entries) => entries.map((entry) => entry.communeCode!));

  if (districts.length) {
    return districts.map((entry) => {
      const former = entry.former!;
      const sameName = communesOf(provinceCode).filter((unit) => unit.name === former.name);
      return {
        provinceCode,
        oldUnit: former,
        ...(sameName.length === 1 && { sameNameCommuneCode: sameName[0]!.code }),
        viaOldName: true,
        text,
        note: noteOn({ former, provinceCode, alias: entry.alias }),
      };
    });
  }
  if (communes.length) {
    const unique = [...new Set(communes)];
    return unique.map((communeCode) => ({
      provinceCode,
      communeCode,
      ...(formerProvince && { oldUnit: formerProvince }),
      viaOldName: formerProvince !== undefined,
      text,
      note: noteOn({ former: formerProvince, provinceCode, alias }),
    }));
  }
  return [
    {
      provinceCode,
      ...(formerProvince && { oldUnit: formerProvince }),
      viaOldName: formerProvince !== undefined || alias !== undefined,
      text,
      note: noteOn({ former: formerProvince, provinceCode, alias }),
    },
  ];
}

/** Of namesakes in one province of today, those whose own province of then bears the name written beside them. */
function ofProvince(districts: PlaceEntry[], provinceName: string): PlaceEntry[] {
  const name = accentedKey(provinceName);
  const there = districts.filter(
    (entry) => accentedKey(formerUnit(entry.former!.formerProvinceCode)!.name) === name,
  );
  return there.length ? there : districts;
}

/** Several meanings inside one province: the province is certain, the rest is left open and said. */
function settled(places: ResolvedPlace[], text: string): ResolvedPlace {
  if (places.length === 1) return places[0]!;
  const { provinceCode, viaOldName } = places[0]!;
  return { provinceCode, viaOldName, text, note: noteOn({ provinceCode, severalInside: places.length }) };
}
