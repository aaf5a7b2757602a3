import { lazy, readDataRows } from '../data/data-file.js';
import { accentedKey, phraseKey } from '../text/index.js';

/** A group of ISCO-08 (619 in all); level 4 is the unit group that openings and people are coded with. */
export interface Occupation {
  code: string;
  level: 1 | 2 | 3 | 4;
  parent: string | null;
  nameVi: string;
  nameEn: string;
  /** Job titles in Vietnamese, most typical first; unit groups only. */
  synonymsVi: readonly string[];
  synonymsEn: readonly string[];
}

type Column = 'code' | 'level' | 'parent' | 'name_vi' | 'name_en' | 'synonyms_vi' | 'synonyms_en';

const table = lazy(() => {
  const list = (text: string): string[] =>
    text
      .split(';')
      .map((part) => part.trim())
      .filter(Boolean);
  const all = readDataRows<Column>('occupations.csv').map((row): Occupation => ({
    code: row.code,
    level: Number(row.level) as Occupation['level'],
    parent: row.parent || null,
    nameVi: row.name_vi,
    nameEn: row.name_en,
    synonymsVi: list(row.synonyms_vi),
    synonymsEn: list(row.synonyms_en),
  }));
  const byCode = new Map(all.map((occupation) => [occupation.code, occupation]));
  const children = new Map<string, Occupation[]>();
  for (const occupation of all) {
    const key = occupation.parent ?? '';
    children.set(key, [...(children.get(key) ?? []), occupation]);
  }
  return { all, byCode, children };
});

/** All 619 groups in the order of their codes. */
export const occupations = (): readonly Occupation[] => table().all;

/** The group with this code (one to four digits). */
export const occupation = (code: string): Occupation | undefined => table().byCode.get(code);

/** The groups directly below a code; the ten major groups for none. */
export const occupationChildren = (code = ''): readonly Occupation[] => table().children.get(code) ?? [];

/** The groups above a code, major group first, without itself. */
export function occupationAncestors(code: string): Occupation[] {
  const parent = occupation(code)?.parent;
  const above = parent ? occupation(parent) : undefined;
  return above ? [...occupationAncestors(above.code), above] : [];
}

/** The other groups with the same parent. */
export function occupationSiblings(code: string): Occupation[] {
  const own = occupation(code);
  return own ? occupationChildren(own.parent ?? '').filter((other) => other.code !== code) : [];
}

/** How near two codes are: the digits that they share from the left (4 = same unit group, 0 = unrelated). */
export function sharedOccupationDigits(a: string, b: string): 0 | 1 | 2 | 3 | 4 {
  let shared = 0;
  while (shared < 4 && a[shared] !== undefined && a[shared] === b[shared]) shared++;
  return shared as 0 | 1 | 2 | 3 | 4;
}

const synonymIndex = lazy(() => {
  const index = new Map<string, string[]>();
  for (const { level, code, nameVi, nameEn, synonymsVi, synonymsEn } of table().all) {
    if (level !== 4) continue;
    for (const title of [nameVi, nameEn, ...synonymsVi, ...synonymsEn]) {
      const codes = index.get(phraseKey(title)) ?? [];
      if (!codes.includes(code)) index.set(phraseKey(title), [...codes, code]);
    }
  }
  return index;
});

/** Folded job title (`phraseKey`) → unit groups; six Vietnamese titles are rightly in two. */
export const occupationSynonyms = (): ReadonlyMap<string, readonly string[]> => synonymIndex();

/** The unit groups that a job title belongs to word for word, accents and spelling aside. */
export const occupationsTitled = (title: string): readonly string[] =>
  synonymIndex().get(phraseKey(title)) ?? [];

/** What a picker asks for. */
export interface OccupationSearch {
  q?: string;
  level?: Occupation['level'];
  /** 20 unless told. */
  limit?: number;
}

/** A group with the name or job title that the text was found in. */
export interface FoundOccupation {
  occupation: Occupation;
  matched: string;
}

const searchRows = lazy(() =>
  table().all.flatMap((occupation) =>
    [occupation.nameVi, ...occupation.synonymsVi, occupation.nameEn, ...occupation.synonymsEn].map(
      (text, i) => ({
        occupation,
        text,
        folded: ` ${phraseKey(text)} `,
        accented: ` ${accentedKey(text)} `,
        order: i,
      }),
    ),
  ),
);

/**
 * Groups for a picker, each once, with its best matching title. All words must occur, the last may be half typed;
 * whole titles come before beginnings, beginnings before the rest, the accents as typed before others.
 */
export function searchOccupations(search: OccupationSearch = {}): FoundOccupation[] {
  const { q = '', level, limit = 20 } = search;
  const folded = phraseKey(q);
  const eligible = (occupation: Occupation): boolean => !level || occupation.level === level;
  if (!folded) {
    const all = table().all.filter(eligible).slice(0, limit);
    return all.map((occupation) => ({ occupation, matched: occupation.nameVi }));
  }
  const words = folded.split(' ').map((word, i, { length }) => (i < length - 1 ? ` ${word} ` : ` ${word}`));
  const accented = accentedKey(q);
  const best = new Map<string, FoundOccupation & { rank: number }>();
  for (const row of searchRows()) {
    if (!eligible(row.occupation) || !words.every((word) => row.folded.includes(word))) continue;
    const place =
      row.folded === ` ${folded} `
        ? 0
        : row.folded.startsWith(` ${folded}`)
          ? 1
          : row.folded.includes(folded)
            ? 2
            : 3;
    const rank =
      place * 1000 +
      (row.accented.includes(accented) ? 0 : 500) +
      Math.min(row.folded.length, 99) * 4 +
      Math.min(row.order, 3);
    const known = best.get(row.occupation.code);
    if (!known || rank < known.rank)
      best.set(row.occupation.code, { occupation: row.occupation, matched: row.text, rank });
  }
  const ranked = [...best.values()].sort((a, b) => a.rank - b.rank).slice(0, limit);
  return ranked.map(({ occupation, matched }) => ({ occupation, matched }));
}
