import { Button, Stack, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from './error-state';

type List = {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  isFetchNextPageError: boolean;
  error: unknown;
  fetchNextPage: () => Promise<unknown>;
  data?: { pages: { items: unknown[] }[] };
};

/** The button that was pressed is gone with the last page: its place says so, and takes the focus. */
function End() {
  const { t } = useTranslation();
  const end = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body) end.current?.focus({ preventScroll: true });
  }, []);
  return (
    <Text ref={end} tabIndex={-1} size="sm" c="dimmed">
      {t('endOfList')}
    </Text>
  );
}

/** The rest of a list that is paged by cursor. */
export function LoadMore({ list }: { list: List }) {
  const { t } = useTranslation();
  const last = list.data && list.data.pages.length > 1 ? list.data.pages.at(-1) : undefined;
  return (
    <Stack align="center">
      <span className="nv-visually-hidden" role="status">
        {last ? t('loadedMore', { count: last.items.length }) : ''}
      </span>
      {list.isFetchNextPageError ? (
        <ErrorState error={list.error} onRetry={() => void list.fetchNextPage()} />
      ) : (
        list.hasNextPage && (
          <Button
            variant="default"
            loading={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            {t('loadMore')}
          </Button>
        )
      )}
      {last && !list.hasNextPage && <End />}
    </Stack>
  );
}
