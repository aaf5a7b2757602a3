import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { api, call } from '../../api/http';
import { currentLanguage } from '../../i18n';
import { searchQuery } from './search-query';
import type { SearchState } from './search-state';

/** The hits of a search, page by page; facets, total and corrections are those of the first page. */
export function useSearch(state: SearchState) {
  const query = searchQuery(state);
  return useInfiniteQuery({
    queryKey: ['search', query, currentLanguage()],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      call(
        api.GET('/api/v1/matching/openings', { params: { query: { ...query, cursor: pageParam } }, signal }),
      ),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}
