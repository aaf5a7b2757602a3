import { lazy } from '../data/data-file.js';
import { accentedKey, stripAccents, tokens, type Token } from '../text/index.js';
import {
  administrativeUnit,
  administrativeUnits,
  formerUnit,
  formerUnits,
  type FormerUnit,
} from './administrative-units.js';
import { PLACE_ALIASES, type PlaceAlias } from './place-aliases.js';

/** One meaning of one way to write a place. */
export interface PlaceEntry {
  tier: 'province' | 'formerProvince' | 'formerDistrict' | 'commune';
  /** Normalised words with accents, joined by blanks. */
  accented: string;
  fullName: string;
  provinceCode: string;
  communeCode?: string;
  former?: FormerUnit;
  alias?: PlaceAlias;
}

interface PlaceIndex {
  byFolded: ReadonlyMap<string, PlaceEntry[]>;
  /** Provinces written without blanks (Hanoi, Binhduong, Baria-Vungtau). */
  provincesSquashed: ReadonlyMap<string, PlaceEntry[]>;
  /** Words of the longest name that begins with a (folded) word, written without blanks too. */
  longestFrom: ReadonlyMap<string, number>;
}

function unitEntries(): { name: string; entry: Omit<PlaceEntry, 'accented'> }[] {
  const today = administrativeUnits().map((unit) => ({
    name: unit.name,
    entry: {
      tier: unit.level,
      fullName: unit.fullName,
      provinceCode: unit.provinceCode,
      communeCode: unit.level === 'commune' ? unit.code : undefined,
    },
  }));
  const todaysNames = new Set(
    administrativeUnits()
      .filter((unit) => unit.level === 'province')
      .map((unit) => accentedKey(unit.name)),
  );
  // A province that kept its name is found under today's; its former area is a part of it.
  const ended = formerUnits().filter(
    (unit) => unit.level === 'district' || !todaysNames.has(accentedKey(unit.name)),
  );
  return [
    ...today,
    ...ended.map((unit) => ({ name: unit.name, entry: entryOfFormer(unit) })),
    ...PLACE_ALIASES.map((alias) => ({ name: alias.written, entry: { ...entryOfAlias(alias), alias } })),
  ];
}

function entryOfFormer(unit: FormerUnit): Omit<PlaceEntry, 'accented'> {
  return {
    tier: unit.level === 'province' ? 'formerProvince' : 'formerDistrict',
    fullName: unit.fullName,
    provinceCode: unit.successorProvinceCode,
    former: unit,
  };
}

function entryOfAlias(alias: PlaceAlias): Omit<PlaceEntry, 'accented'> {
  const former = formerUnit(alias.formerProvince ?? alias.formerDistrict ?? '');
  if (former) return entryOfFormer(former);
  const province = administrativeUnit(alias.province!)!;
  return { tier: 'province', fullName: province.fullName, provinceCode: province.code };
}

const index = lazy((): PlaceIndex => {
  const byFolded = new Map<string, PlaceEntry[]>();
  const provincesSquashed = new Map<string, PlaceEntry[]>();
  const longestFrom = new Map<string, number>();
  const begin = (word: string, length: number): void => {
    longestFrom.set(word, Math.max(longestFrom.get(word) ?? 0, length));
  };
  for (const { name, entry } of unitEntries()) {
    const accented = accentedKey(name);
    const folded = stripAccents(accented);
    const whole: PlaceEntry = { ...entry, accented };
    const syllables = folded.split(' ');
    begin(syllables[0]!, syllables.length);
    add(byFolded, folded, whole);
    const squashed = folded.replaceAll(' ', '');
    const isProvince = entry.tier === 'province' || entry.tier === 'formerProvince';
    if (isProvince && squashed.length >= 5 && squashed !== folded) {
      add(provincesSquashed, squashed, whole);
      for (let size = 2; size <= syllables.length; size++)
        begin(syllables.slice(0, size).join(''), syllables.length);
    }
  }
  return { byFolded, provincesSquashed, longestFrom };
});

function add(map: Map<string, PlaceEntry[]>, key: string, entry: PlaceEntry): void {
  const entries = map.get(key);
  if (!entries) map.set(key, [entry]);
  else if (!entries.some((other) => sameMeaning(other, entry))) entries.push(entry);
}

function sameMeaning(a: PlaceEntry, b: PlaceEntry): boolean {
  return (
    a.tier === b.tier &&
    a.provinceCode === b.provinceCode &&
    a.communeCode === b.communeCode &&
    a.former?.code === b.former?.code &&
    a.accented === b.accented
  );
}

/** The most words of a name that begins with this word; 0 when none does. */
export const longestPlaceName = (first: Token): number => index().longestFrom.get(first.folded) ?? 0;

/**
 * Meanings of these words as a whole name. A word written with accents must have those accents; one without may
 * stand for any (`strict`). Otherwise wrong accents are forgiven when nothing fits exactly.
 */
export function placesNamed(words: readonly Token[], options: { strict: boolean }): PlaceEntry[] {
  const folded = words.map((word) => word.folded).join(' ');
  const squashed = words.map((word) => word.folded).join('');
  const entries = index().byFolded.get(folded) ?? index().provincesSquashed.get(squashed) ?? [];
  const exact = entries.filter((entry) => accentsAgree(words, entry));
  return exact.length || options.strict ? exact : entries;
}

function accentsAgree(words: readonly Token[], entry: PlaceEntry): boolean {
  const parts = entry.accented.split(' ');
  if (parts.length !== words.length) return words.every((word) => !word.accented);
  return words.every((word, i) => !word.accented || word.normal === parts[i]);
}

/** The tokens of a text, "Q7" taken apart into the word and the number, numbers without leading zeros. */
export function placeTokens(text: string): Token[] {
  return tokens(text).flatMap((token) => {
    const match = /^([qp]?)(\d{1,2})$/.exec(token.folded);
    if (!match) return [token];
    const [, letter = '', digits = ''] = match;
    const at = token.start + letter.length;
    const part = (value: string, start: number, end: number): Token => {
      return { text: text.slice(start, end), normal: value, folded: value, start, end, accented: false };
    };
    const number = part(String(Number(digits)), at, token.end);
    return letter ? [part(letter, token.start, at), number] : [number];
  });
}
