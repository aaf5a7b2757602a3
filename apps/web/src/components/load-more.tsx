import { Button, Stack } from '@mantine/core';
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
    </Stack>
  );
}
