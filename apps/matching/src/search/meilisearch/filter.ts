import type { After } from '../cursor.js';
import type { SearchFilters } from '../search-engine.js';
import { TermQueries } from '../term-query.js';

/** A string in Meilisearch's filter language. */
const quote = (value: string): string => `"${value.replaceAll('"', '\\"')}"`;

/** The attributes of the index that hold terms with a colon; the others stand in `terms`. */
const TERM_ATTRIBUTES: Readonly<Record<string, (value: string) => string>> = {
  p: () => 'province',
  c: () => 'commune',
  l: () => 'level',
  x: () => 'experience',
  k: () => 'kind',
  m: () => 'pay',
  o: (code) => (code.length === 4 ? 'occupation' : 'occupationGroups'),
};

/** Where a term stands in the index: `p:01` is the value `01` of `province`. */
export function placeOf(term: string): { attribute: string; value: string } {
  const attribute = term[1] === ':' ? TERM_ATTRIBUTES[term[0]!] : undefined;
  const value = term.slice(2);
  return attribute ? { attribute: attribute(value), value } : { attribute: 'terms', value: term };
}

function termFilter(term: string): string {
  const { attribute, value } = placeOf(term);
  return `${attribute} = ${quote(value)}`;
}

/** Conditions as Meilisearch filters. */
export const meiliQueries = new TermQueries({ term: termFilter, and: ' AND ', or: ' OR ', not: 'NOT ' });

/** The whole filter of a search; undefined where everything is meant. */
export function filterOf(match: string | null, { near, payMin }: SearchFilters): string | undefined {
  const area =
    near &&
    `(_geoRadius(${near.lat}, ${near.lng}, ${Math.round(near.radiusKm * 1000)}) OR (${termFilter(`p:${near.provinceCode}`)} AND located = false))`;
  const pay = payMin === undefined ? null : `payHigh >= ${payMin}`;
  return meiliQueries.allOf([match, pay, area ?? null]) ?? undefined;
}

/** What comes after the last row of a sorted page; openings that do not say the key come last. */
export function afterFilter(attribute: 'publishedAt' | 'payHigh', [key, id]: After): string {
  const rest = `id < ${quote(String(id))}`;
  if (key === null) return `(${attribute} NOT EXISTS AND ${rest})`;
  return `(${attribute} < ${key} OR (${attribute} = ${key} AND ${rest}) OR ${attribute} NOT EXISTS)`;
}
