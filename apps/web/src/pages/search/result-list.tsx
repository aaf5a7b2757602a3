import { Anchor, Button, Group, List, Stack, Text } from '@mantine/core';
import { IconMoodSearch } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ListedOpening, SearchAnswer } from '../../api/models';
import { ApiError } from '../../api/problem';
import { EmptyState } from '../../components/empty-state';
import { ErrorState } from '../../components/error-state';
import { OpeningCard } from '../../components/opening-card';
import { ListSkeleton } from '../../components/skeletons';
import { noFilters } from './filters';
import { activeFilters, changedSearch, type SearchState } from './search-state';
import classes from './search.module.css';
import type { useSearch } from './use-search';

type Search = ReturnType<typeof useSearch>;
type Change = (patch: Partial<SearchState>) => void;

type CorrectionProps = { corrected: SearchAnswer['corrected']; state: SearchState };

/** Which words were searched for instead of those typed, and the way to the typed ones and back. */
export function Correction({ corrected, state }: CorrectionProps) {
  const { t } = useTranslation();
  const insisted = state.exact === 'true' && Boolean(state.q);
  if (!corrected && !insisted) return null;
  const exact = insisted ? undefined : 'true';
  return (
    <Text mb="sm">
      {insisted ? t('search.exactly') : t('search.corrected')}{' '}
      <strong>{insisted ? state.q : corrected?.to}</strong>.{' '}
      <Anchor
        component={Link}
        to={`/viec-lam?${changedSearch(state, { exact }).toString()}`}
        fw={550}
        underline="always"
      >
        {insisted ? t('search.similarToo') : t('search.exactInstead', { words: state.q })}
      </Anchor>
    </Text>
  );
}

function NothingFound({ state, change }: { state: SearchState; change: Change }) {
  const { t } = useTranslation();
  const filtered = activeFilters(state).length > 0;
  return (
    <EmptyState
      icon={IconMoodSearch}
      title={t('search.empty.title')}
      action={
        <Group justify="center">
          {filtered && <Button onClick={() => change(noFilters)}>{t('search.empty.noFilters')}</Button>}
          <Button variant="default" onClick={() => change({ ...noFilters, q: undefined, sort: undefined })}>
            {t('search.empty.newest')}
          </Button>
        </Group>
      }
    >
      <Stack gap={4} ta="left">
        <Text>{t('search.empty.hint')}</Text>
        <List>
          {state.q && <List.Item>{t('search.empty.fewerWords')}</List.Item>}
          {filtered && <List.Item>{t('search.empty.fewerFilters')}</List.Item>}
          <List.Item>{t('search.empty.otherPlace')}</List.Item>
        </List>
      </Stack>
    </EmptyState>
  );
}

function LoadMore({ search, change }: { search: Search; change: Change }) {
  const { t } = useTranslation();
  if (
    search.isFetchNextPageError &&
    search.error instanceof ApiError &&
    search.error.code === 'matching.relevance-window-ended'
  ) {
    return (
      <Stack align="center" gap="xs">
        <Text c="dimmed">{t('search.windowEnd')}</Text>
        <Button variant="default" onClick={() => change({ sort: 'newest' })}>
          {t('search.showNewest')}
        </Button>
      </Stack>
    );
  }
  if (search.isFetchNextPageError) {
    return <ErrorState error={search.error} onRetry={() => void search.fetchNextPage()} />;
  }
  if (!search.hasNextPage) return null;
  return (
    <Button
      variant="default"
      loading={search.isFetchingNextPage}
      onClick={() => void search.fetchNextPage()}
      style={{ alignSelf: 'center' }}
    >
      {t('search.more')}
    </Button>
  );
}

/** After "show more" the focus goes to the first of the new results, not back to the top. */
function useFocusOnNew(pages: number) {
  const first = useRef<HTMLAnchorElement>(null);
  const seen = useRef(pages);
  useEffect(() => {
    if (pages > seen.current && seen.current > 0) first.current?.focus();
    seen.current = pages;
  }, [pages]);
  return first;
}

type ListProps = { search: Search; state: SearchState; change: Change; headingOrder: 2 | 3 };

export function ResultList({ search, state, change, headingOrder }: ListProps) {
  const { t } = useTranslation();
  const pages = search.data?.pages ?? [];
  const firstNew = useFocusOnNew(search.isPlaceholderData ? 0 : pages.length);
  if (search.isPending) return <ListSkeleton rows={5} />;
  if (search.isError && !search.isFetchNextPageError) {
    return <ErrorState error={search.error} onRetry={() => void search.refetch()} />;
  }
  const seen = new Set<string>();
  const fresh = (hit: ListedOpening) => !seen.has(hit.id) && Boolean(seen.add(hit.id));
  const hits = pages.map((page) => page.items.filter(fresh));
  if (hits.flat().length === 0) return <NothingFound state={state} change={change} />;
  return (
    <Stack gap="lg" className={search.isPlaceholderData ? classes.stale : undefined}>
      <ul className={classes.results} aria-label={t('search.list')}>
        {hits.map((page, pageIndex) =>
          page.map((opening, index) => (
            <li key={opening.id}>
              <OpeningCard
                opening={opening}
                order={headingOrder}
                headingRef={
                  index === 0 && pageIndex === hits.length - 1 && pageIndex > 0 ? firstNew : undefined
                }
              />
            </li>
          )),
        )}
      </ul>
      <LoadMore search={search} change={change} />
    </Stack>
  );
}
