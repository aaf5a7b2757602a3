import { useCallback, useMemo } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
import { changedSearch, readSearch, type SearchState } from './search-state';

/** The state of the search in the address, and the way to change it. */
export function useSearchState() {
  const [params] = useSearchParams();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const state = useMemo(() => readSearch(params), [params]);
  const change = useCallback(
    (patch: Partial<SearchState>) => {
      const search = changedSearch(state, patch).toString();
      void navigate({ pathname: '/viec-lam', search }, { preventScrollReset: pathname !== '/' });
    },
    [navigate, pathname, state],
  );
  return { state, change };
}
