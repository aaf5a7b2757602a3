import type { paths } from '../../api/schema';
import { type FilterName, type SearchState, sortOf, valuesOf } from './search-state';

type Query = NonNullable<paths['/api/v1/matching/openings']['get']['parameters']['query']>;

/** The state of the address as the service takes it; what it does not know it refuses, with the field's name. */
export function searchQuery(state: SearchState): Query {
  const list = (name: FilterName) => (state[name] ? valuesOf(state, name) : undefined);
  const number = (name: FilterName) => (state[name] ? Number(state[name]) : undefined);
  return {
    q: state.q,
    exact: state.exact === 'true' || undefined,
    province: list('province'),
    commune: state.commune,
    radiusKm: number('radiusKm'),
    occupation: list('occupation'),
    payMin: number('payMin'),
    level: list('level') as Query['level'],
    experience: list('experience') as Query['experience'],
    kind: list('kind') as Query['kind'],
    sort: sortOf(state),
  };
}
