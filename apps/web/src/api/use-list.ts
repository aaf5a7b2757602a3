import { useInfiniteQuery } from '@tanstack/react-query';
import type { Page } from './models';

/** A list that is paged by cursor: its items so far, its total, and the rest on demand. */
export function useList<T>(key: unknown[], fetchPage: (cursor: string | undefined) => Promise<Page<T>>) {
  const list = useInfiniteQuery({
    queryKey: key,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => fetchPage(pageParam),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  return { list, items: list.data?.pages.flatMap((page) => page.items) ?? [], first: list.data?.pages[0] };
}
