import { Box, Button, Container, Drawer, Group, Select, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import type { SearchAnswer } from '../../api/models';
import { useHeadingFocus, usePageTitle } from '../../components/page-header';
import { ActiveFilters } from './active-filters';
import { Filters } from './filters';
import { Correction, ResultList } from './result-list';
import { SearchBox } from './search-box';
import { activeFilters, type SearchState, sortOf, sorts } from './search-state';
import { useSearchState } from './use-search-state';
import classes from './search.module.css';
import { useSearch } from './use-search';

type Change = (patch: Partial<SearchState>) => void;

const popular = ['công nhân may', 'thợ hàn', 'kế toán', 'bán hàng', 'KTV điện'];

function Hero({ change }: { change: Change }) {
  const { t } = useTranslation();
  const heading = useHeadingFocus();
  return (
    <div className={classes.hero}>
      <Container size="xl">
        <Stack gap="md">
          <Title order={1} {...heading}>
            {t('search.heading')}
          </Title>
          <Text maw={640}>{t('search.lead')}</Text>
          <SearchBox words="" onSearch={(q) => change({ q: q || undefined })} />
          <div className={classes.popular}>
            <span>{t('search.popular')}</span>
            {popular.map((words) => (
              <Link key={words} to={`/viec-lam?${new URLSearchParams({ q: words }).toString()}`}>
                {words}
              </Link>
            ))}
          </div>
        </Stack>
      </Container>
    </div>
  );
}

function useCount(answer: SearchAnswer | undefined, state: SearchState) {
  const { t } = useTranslation();
  if (!answer) return { shown: t('search.searching'), announced: '' };
  const { total: count, totalIsExact: exact } = answer;
  const everything = !state.q && activeFilters(state).length === 0;
  return {
    shown: everything ? t('search.newest') : t(exact ? 'search.results' : 'search.resultsMore', { count }),
    announced: t(exact ? 'search.announced' : 'search.announcedMore', { count }),
  };
}

export default function SearchPage() {
  const { t } = useTranslation();
  const home = useLocation().pathname === '/';
  const { state, change } = useSearchState();
  const search = useSearch(state);
  const [opened, { open, close }] = useDisclosure(false);
  const heading = useHeadingFocus();
  const first = search.data?.pages[0];
  const facets = first?.facets ?? {};
  const count = useCount(search.isPlaceholderData ? undefined : first, state);
  const shown = search.isError && !first ? t('nav.search') : count.shown;
  usePageTitle(home ? t('search.heading') : state.q ? `${state.q} – ${t('nav.search')}` : t('nav.search'));
  const active = activeFilters(state).length;

  return (
    <>
      {home ? (
        <Hero change={change} />
      ) : (
        <div className={classes.band}>
          <Container size="xl">
            <SearchBox words={state.q ?? ''} onSearch={(q) => change({ q: q || undefined })} />
          </Container>
        </div>
      )}
      <Container size="xl" className={classes.columns}>
        <Box component="aside" visibleFrom="md" aria-label={t('search.filters')}>
          <Filters state={state} change={change} facets={facets} />
        </Box>
        <section aria-label={t('search.list')}>
          <Group justify="space-between" mb="sm" gap="sm">
            {home ? (
              <Title order={2}>{shown}</Title>
            ) : (
              <Title order={1} size="h2" {...heading}>
                {shown}
              </Title>
            )}
            <Group gap="xs">
              <Button
                hiddenFrom="md"
                size="sm"
                variant="default"
                leftSection={<IconAdjustmentsHorizontal size={18} aria-hidden />}
                onClick={open}
              >
                {active ? t('search.filtersActive', { count: active }) : t('search.filters')}
              </Button>
              <Select
                aria-label={t('search.sort')}
                size="sm"
                w={170}
                allowDeselect={false}
                data={sorts
                  .filter((sort) => sort !== 'relevance' || state.q)
                  .map((sort) => ({ value: sort, label: t(`search.sortBy.${sort}`) }))}
                value={sortOf(state)}
                onChange={(sort) => change({ sort: sort ?? undefined })}
              />
            </Group>
          </Group>
          <span className="nv-visually-hidden" role="status">
            {search.isFetching ? '' : count.announced}
          </span>
          <ActiveFilters state={state} change={change} facets={facets} />
          {first && !search.isPlaceholderData && <Correction corrected={first.corrected} state={state} />}
          {first?.understanding?.relaxed && first.total > 0 && <Text mb="sm">{t('search.relaxed')}</Text>}
          <ResultList search={search} state={state} change={change} headingOrder={home ? 3 : 2} />
        </section>
      </Container>
      <Drawer
        opened={opened}
        onClose={close}
        title={t('search.filters')}
        position="bottom"
        size="88%"
        classNames={{ content: classes.sheet, body: classes.sheetBody }}
        closeButtonProps={{ 'aria-label': t('close'), size: 'lg' }}
      >
        <div className={classes.sheetScroll}>
          <Filters state={state} change={change} facets={facets} />
        </div>
        <Button fullWidth onClick={close} style={{ flex: 'none' }}>
          {t('search.showResults')}
        </Button>
      </Drawer>
    </>
  );
}
