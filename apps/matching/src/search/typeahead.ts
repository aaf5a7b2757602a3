import { foldedTokens, searchAdministrativeUnits, searchOccupations, tokens } from '#reference';
import type { Lexicon } from '../query/lexicon.js';

export interface Suggestion {
  text: string;
  kind: 'occupation' | 'title' | 'place';
}

const MAX_PER_KIND = 6;

/** What a reader may be about to type: job names in the index, occupations, places. */
export function typeahead(query: string, lexicon: Lexicon, limit = 10): Suggestion[] {
  const typed = foldedTokens(query).join(' ');
  if (!typed) return [];
  const titles = lexicon
    .headsStarting(typed, MAX_PER_KIND)
    .map((text): Suggestion => ({ text, kind: 'title' }));
  const jobs = searchOccupations({ q: query, level: 4, limit: MAX_PER_KIND }).map(
    ({ matched }): Suggestion => ({ text: matched, kind: 'occupation' }),
  );
  const places =
    tokens(query).length <= 4
      ? searchAdministrativeUnits({ q: query, level: 'province', limit: 3 }).map(({ name }): Suggestion => ({
          text: name,
          kind: 'place',
        }))
      : [];
  const seen = new Set<string>();
  return [...titles.slice(0, 4), ...places.slice(0, 2), ...jobs, ...titles.slice(4)]
    .filter(({ text }) => {
      const key = foldedTokens(text).join(' ');
      return !seen.has(key) && seen.add(key);
    })
    .slice(0, limit);
}
