import { LEVELS, EXPERIENCE_BANDS, KINDS, PAY_BANDS, experienceBand, monthlyVnd, payBand } from '../bands.js';
import { type DocTerms, provinceMask, provincesOf } from '../doc-terms.js';
import type { OpeningDoc } from '../opening-doc.js';
import type { Facets } from '../search-engine.js';

/** A row of `opening_index` as it is sent to the database. */
export interface IndexRow {
  id: string;
  version: number;
  rank: number;
  pay_high: number | null;
  province_mask: string;
  occupation: number | null;
  traits: number;
  occupation_confidence: number;
  title: string;
  places: string;
  communes: string;
  /** A tsvector in its text form. */
  terms: string;
  points: { lat: number; lng: number }[];
}

export function indexRow({ doc, text, places, filters }: DocTerms): IndexRow {
  return {
    id: doc.id,
    version: doc.version,
    rank: Math.floor(Date.parse(doc.publishedAt) / 1000),
    pay_high: monthlyVnd(doc.pay),
    province_mask: provinceMask(doc).toString(),
    occupation: unitGroup(doc.occupationCode),
    traits: packTraits(doc),
    occupation_confidence: doc.occupationConfidence ?? (doc.occupationCode ? 1 : 0),
    title: doc.title,
    places: places.join('|'),
    communes: doc.workplaces.flatMap(({ communeCode }) => communeCode ?? []).join('|'),
    terms: [...new Set([...text, ...filters])].map(quoteTerm).join(' '),
    points: doc.workplaces.flatMap(({ lat, lng }) =>
      typeof lat === 'number' && typeof lng === 'number' ? [{ lat, lng }] : [],
    ),
  };
}

/**
 * The unit group as a number. A shorter code names a group of them: its terms find it by that group, and no unit
 * group is made up for it.
 */
function unitGroup(code: string | null | undefined): number | null {
  return code?.length === 4 ? Number(code) : null;
}

/** A unit group's code from its number: `110` is 0110, commissioned officers. */
export const unitGroupCode = (number: number): string => String(number).padStart(4, '0');

/** A lexeme in tsvector and tsquery text. */
export function quoteTerm(term: string): string {
  return `'${term.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

/** Level, experience, kind and pay as digits of one number, 0 for unknown: grouped and counted at once. */
function packTraits(doc: OpeningDoc): number {
  const digit = (list: readonly string[], value: string | null | undefined): number =>
    value ? list.indexOf(value) + 1 : 0;
  return (
    digit(LEVELS, doc.positionLevel) * 1000 +
    digit(EXPERIENCE_BANDS, experienceBand(doc.experience)) * 100 +
    digit(KINDS, doc.employmentForm) * 10 +
    digit(PAY_BANDS, payBand(doc.pay))
  );
}

export interface FacetRow {
  province_mask: string | null;
  occupation: number | null;
  traits: number | null;
  /** Which column the group is of: bits of GROUPING(province_mask, occupation, traits). */
  of: number;
  count: string;
}

const MAX_OCCUPATIONS = 30;

/** Groups of the three packed columns, unpacked to facet values, the commonest first. */
export function unpackFacets(rows: readonly FacetRow[]): { facets: Facets; total: number } {
  const counts: Record<keyof Facets, Map<string, number>> = {
    province: new Map(),
    occupation: new Map(),
    level: new Map(),
    experience: new Map(),
    kind: new Map(),
    pay: new Map(),
  };
  const add = (facet: keyof Facets, value: string | undefined, count: number): void => {
    if (value !== undefined) counts[facet].set(value, (counts[facet].get(value) ?? 0) + count);
  };
  let total = 0;
  for (const row of rows) {
    const count = Number(row.count);
    if (row.of === 0b011)
      for (const code of provincesOf(BigInt(row.province_mask!))) add('province', code, count);
    if (row.of === 0b101 && row.occupation !== null) add('occupation', unitGroupCode(row.occupation), count);
    if (row.of !== 0b110) continue;
    total += count;
    const traits = row.traits!;
    add('level', LEVELS[Math.floor(traits / 1000) - 1], count);
    add('experience', EXPERIENCE_BANDS[(Math.floor(traits / 100) % 10) - 1], count);
    add('kind', KINDS[(Math.floor(traits / 10) % 10) - 1], count);
    add('pay', PAY_BANDS[(traits % 10) - 1], count);
  }
  const list = (facet: keyof Facets): { value: string; count: number }[] =>
    [...counts[facet]].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
  return {
    total,
    facets: {
      province: list('province'),
      occupation: list('occupation').slice(0, MAX_OCCUPATIONS),
      level: list('level'),
      experience: list('experience'),
      kind: list('kind'),
      pay: list('pay'),
    },
  };
}

/** The level of a packed row, for re-ranking. */
export function levelOf(traits: number): string | null {
  return LEVELS[Math.floor(traits / 1000) - 1] ?? null;
}
