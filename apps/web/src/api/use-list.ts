import { useInfiniteQuery } from '@tanstack/react-query';
import type { Page } from './models';

/**
 * A list that is paged by cursor: its items so far, its total, and the rest on demand. While an item is `underWay`
 * it is asked for again every two seconds.
 */
export function useList<T>(
  key: unknown[],
  fetchPage: (cursor: string | undefined) => Promise<Page<T>>,
  underWay?: (item: T) => boolean,
) {
  const list = useInfiniteQuery({
    queryKey: key,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => fetchPage(pageParam),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    refetchInterval: ({ state }) =>
      underWay && state.data?.pages.some(({ items }) => items.some(underWay)) ? 2000 : false,
  });
  return { list, items: list.data?.pages.flatMap((page) => page.items) ?? [], first: list.data?.pages[0] };
}
