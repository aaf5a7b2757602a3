import type { SearchFilters } from '../search-engine.js';
import type { Parameters } from './parameters.js';

/** The WHERE clause of a search over `opening_index i`. */
export function conditions(parameters: Parameters, match: string | null, filters: SearchFilters): string {
  const all = extraConditions(parameters, filters);
  if (match !== null) all.unshift(`terms @@ ${parameters.add(match)}::tsquery`);
  return all.length ? `WHERE ${all.join(' AND ')}` : '';
}

/** What is not a term of the index. */
export function extraConditions(parameters: Parameters, { near, payMin }: SearchFilters): string[] {
  const all: string[] = [];
  if (payMin !== undefined) all.push(`pay_high >= ${parameters.add(payMin)}::bigint`);
  if (near) {
    const lat = `${parameters.add(near.lat)}::float8`;
    const lng = `${parameters.add(near.lng)}::float8`;
    const km = `${parameters.add(near.radiusKm)}::float8`;
    all.push(
      `(EXISTS (SELECT FROM opening_points p WHERE p.doc_no = i.doc_no
          AND p.lat BETWEEN ${lat} - ${km} / 110.574 AND ${lat} + ${km} / 110.574
          AND p.lng BETWEEN ${lng} - ${km} / (111.32 * cos(radians(${lat}))) AND ${lng} + ${km} / (111.32 * cos(radians(${lat})))
          AND 12742 * asin(sqrt(sin(radians(p.lat - ${lat}) / 2) ^ 2
              + cos(radians(${lat})) * cos(radians(p.lat)) * sin(radians(p.lng - ${lng}) / 2) ^ 2)) <= ${km})
        OR (terms @@ ${parameters.add(`'p:${near.provinceCode}'`)}::tsquery
            AND NOT EXISTS (SELECT FROM opening_points p WHERE p.doc_no = i.doc_no)))`,
    );
  }
  return all;
}

/** Goes on after the last row of a sorted page. */
export function after(
  column: string,
  [key, docNo]: [number | null, number],
  parameters: Parameters,
  where: string,
): string {
  const joiner = where ? 'AND' : 'WHERE';
  const doc = `${parameters.add(docNo)}::bigint`;
  if (key === null) return `${joiner} (${column} IS NULL AND doc_no < ${doc})`;
  const value = `${parameters.add(key)}::bigint`;
  const nulls = column === 'pay_high' ? ` OR ${column} IS NULL` : '';
  return `${joiner} ((${column}, doc_no) < (${value}, ${doc})${nulls})`;
}
