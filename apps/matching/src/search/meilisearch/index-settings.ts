import { isDeepStrictEqual } from 'node:util';
import type { Settings } from 'meilisearch';
import { foldedTokens, occupations } from '#reference';

/** More than there will be: hits are counted up to here. */
const MOST_HITS = 1_000_000;
/** More than there are unit groups. */
const MOST_FACET_VALUES = 600;

const equality = { facetSearch: false, filter: { equality: true, comparison: false } };
const comparison = { facetSearch: false, filter: { equality: true, comparison: true } };

/** Settings of the index, in the order in which Meilisearch tells them, so that they can be compared. */
export function indexSettings(): Settings {
  const { synonyms, dictionary } = occupationWords();
  return {
    searchableAttributes: ['words', 'about'],
    filterableAttributes: [
      {
        attributePatterns: [
          'terms',
          'province',
          'commune',
          'occupation',
          'occupationGroups',
          'level',
          'experience',
          'kind',
          'pay',
          'located',
        ],
        features: equality,
      },
      { attributePatterns: ['id', 'publishedAt', 'payHigh'], features: comparison },
      '_geojson',
    ],
    sortableAttributes: ['id', 'payHigh', 'publishedAt'],
    rankingRules: ['words', 'typo', 'proximity', 'attribute', 'sort', 'exactness', 'publishedAt:desc'],
    // Vietnamese syllables are short: one letter of five is allowed to be wrong, two of nine.
    typoTolerance: {
      enabled: true,
      disableOnNumbers: true,
      minWordSizeForTypos: { oneTypo: 5, twoTypos: 9 },
    },
    // Words next to each other are terms of ours, so that distances need not be indexed.
    proximityPrecision: 'byAttribute',
    prefixSearch: 'disabled',
    facetSearch: false,
    localizedAttributes: [{ attributePatterns: ['about', 'words'], locales: ['vie'] }],
    synonyms,
    dictionary,
    faceting: { maxValuesPerFacet: MOST_FACET_VALUES, sortFacetValuesBy: { '*': 'count' } },
    pagination: { maxTotalHits: MOST_HITS },
  };
}

/** What of the settings is not as wanted; undefined when all is. Only these are sent: each may index everything anew. */
export function changedSettings(wanted: Settings, current: Settings): Settings | undefined {
  const changed = Object.entries(wanted).filter(
    ([name, value]) => !includes((current as Record<string, unknown>)[name], value),
  );
  return changed.length ? Object.fromEntries(changed) : undefined;
}

/** Whether the server's value says all that is wanted; it adds members of its own. */
function includes(current: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted) || typeof wanted !== 'object' || wanted === null)
    return isDeepStrictEqual(current, wanted);
  return (
    typeof current === 'object' &&
    current !== null &&
    Object.entries(wanted).every(([name, value]) =>
      includes((current as Record<string, unknown>)[name], value),
    )
  );
}

/** English job titles as synonyms of the Vietnamese name, and words with signs in them as words (c++, r&d). */
function occupationWords(): { synonyms: Record<string, string[]>; dictionary: string[] } {
  const synonyms = new Map<string, Set<string>>();
  const dictionary = new Set<string>();
  for (const { level, nameVi, nameEn, synonymsVi, synonymsEn } of occupations()) {
    if (level !== 4) continue;
    const vietnamese = [nameVi, ...synonymsVi.slice(0, 2)].map(folded);
    for (const text of [nameEn, ...synonymsEn]) {
      const known = synonyms.get(folded(text)) ?? new Set();
      for (const name of vietnamese) if (name !== folded(text)) known.add(name);
      synonyms.set(folded(text), known);
    }
    for (const text of [nameVi, nameEn, ...synonymsVi, ...synonymsEn])
      for (const word of foldedTokens(text)) if (/[^\p{L}\p{N}]/u.test(word)) dictionary.add(word);
  }
  return {
    synonyms: Object.fromEntries(
      [...synonyms].sort(([a], [b]) => (a < b ? -1 : 1)).map(([text, names]) => [text, [...names]]),
    ),
    dictionary: [...dictionary].sort(),
  };
}

const folded = (text: string): string => foldedTokens(text).join(' ');
