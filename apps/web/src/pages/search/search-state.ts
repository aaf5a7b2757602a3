export const filterNames = [
  'province',
  'commune',
  'radiusKm',
  'occupation',
  'level',
  'experience',
  'kind',
  'payMin',
] as const;
export type FilterName = (typeof filterNames)[number];

export const sorts = ['relevance', 'newest', 'payHigh'] as const;
export type Sort = (typeof sorts)[number];

/** A commune is a centre, never a wall: people work in the next one. */
const defaultRadiusKm = '20';

/** `exact` is `true` where the words are meant as written. */
export type SearchState = Partial<Record<FilterName | 'q' | 'exact' | 'sort', string>>;
const names = ['q', 'exact', ...filterNames, 'sort'] as const;

/** Everything that the list shows, read from the address: a link shared is the list shared. */
export function readSearch(params: URLSearchParams): SearchState {
  const state: SearchState = {};
  for (const name of names) {
    const value = params.get(name)?.trim();
    if (value) state[name] = value;
  }
  return state;
}

/** The address after a change: what hangs on a condition goes with it, what was meant of old words with them. */
export function changedSearch(state: SearchState, change: Partial<SearchState>): URLSearchParams {
  const next = { ...state, ...change };
  if ('q' in change && !change.q && next.sort === 'relevance') delete next.sort;
  if ('q' in change) delete next.exact;
  if ('province' in change && !('commune' in change)) delete next.commune;
  if (!next.commune) delete next.radiusKm;
  else next.radiusKm ??= defaultRadiusKm;
  const params = new URLSearchParams();
  for (const name of names) if (next[name]) params.set(name, next[name]);
  return params;
}

/** The values of a filter that takes several, e.g. `staff,worker`. */
export const valuesOf = (state: SearchState, name: FilterName): string[] => state[name]?.split(',') ?? [];

/** The filter with one value put in, or taken out when it was there. */
export function toggled(state: SearchState, name: FilterName, value: string): Partial<SearchState> {
  const values = valuesOf(state, name);
  const next = values.includes(value) ? values.filter((other) => other !== value) : [...values, value];
  return { [name]: next.join(',') || undefined };
}

export const activeFilters = (state: SearchState): FilterName[] => filterNames.filter((name) => state[name]);

/** Without words there is no relevance to sort by. */
export const sortOf = (state: SearchState): Sort =>
  sorts.find((sort) => sort === state.sort) ?? (state.q ? 'relevance' : 'newest');
