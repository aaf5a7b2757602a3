import { Anchor, Button, Container, Stack, Text } from '@mantine/core';
import { IconFileText, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { api, call } from '../../api/http';
import type { JobOpening } from '../../api/models';
import { useProvinces } from '../../api/reference';
import { useList } from '../../api/use-list';
import { useMe } from '../../api/use-session';
import { type Column, DataTable } from '../../components/data-table';
import { ListSearch } from '../../components/list-search';
import { ListView } from '../../components/list-view';
import { PageHeader } from '../../components/page-header';
import { StatusBadge } from '../../components/status-badge';
import { ShowAllButton, StatusTabs } from '../../components/status-tabs';
import { useFormats } from '../../lib/use-formats';

const statuses: JobOpening['status'][] = [
  'pending',
  'published',
  'draft',
  'returned',
  'expired',
  'closed',
  'filled',
];

function useColumns(): Column<JobOpening>[] {
  const { t } = useTranslation();
  const format = useFormats();
  const provinces = useProvinces();
  const name = (code: string | null) => provinces.data?.find(({ value }) => value === code)?.label ?? null;
  return [
    {
      key: 'title',
      header: t('officer.column.title'),
      title: true,
      cell: ({ id, title, employer }) => (
        <>
          <Anchor component={Link} to={`/can-bo/tin-tuyen-dung/${id}`} fw={600}>
            {title}
          </Anchor>
          <Text size="sm" c="dimmed">
            {employer.name ?? t('opening.employerUnknown')}
          </Text>
        </>
      ),
    },
    {
      key: 'place',
      header: t('officer.column.place'),
      cell: ({ workplaces, otherPlacesCount }) =>
        format.places(
          workplaces.map((place) => ({
            ...place,
            provinceName: name(place.provinceCode),
          })),
          otherPlacesCount,
          1,
        ),
    },
    { key: 'pay', header: t('officer.column.pay'), cell: ({ pay }) => format.pay(pay) },
    {
      key: 'quantity',
      header: t('officer.column.quantity'),
      cell: ({ quantity }) => quantity ?? t('unknown'),
    },
    {
      key: 'deadline',
      header: t('officer.column.deadline'),
      cell: ({ deadline }) => format.date(deadline) ?? t('unknown'),
    },
    {
      key: 'status',
      header: t('officer.column.status'),
      cell: ({ status }) => <StatusBadge list="openingStatus" status={status} />,
    },
  ];
}

export default function OpeningsPage() {
  const { t } = useTranslation();
  const me = useMe();
  const [params] = useSearchParams();
  const start = me?.role === 'employer' ? 'published' : 'pending';
  const status = params.get('status') ?? start;
  const q = params.get('q') ?? undefined;
  const columns = useColumns();
  const waiting = status === 'pending' && !q;
  const nothing = q ? 'noneFound' : status === 'all' ? 'none' : waiting ? 'nonePending' : 'noneHere';
  const openings = useList(['job-openings', status, q], (cursor) =>
    call(
      api.GET('/api/v1/openings/job-openings', {
        params: { query: { status: statuses.find((known) => known === status), q, cursor } },
      }),
    ),
  );
  const create = (
    <Button component={Link} to="/can-bo/tin-tuyen-dung/moi" leftSection={<IconPlus size={18} aria-hidden />}>
      {t('officer.newOpening')}
    </Button>
  );
  return (
    <Container size="xl">
      <PageHeader title={t('nav.openings')} actions={create} />
      <StatusTabs statuses={statuses} list="openingStatus" start={start}>
        <Stack gap="md">
          <ListSearch label={t('officer.searchOpenings')} />
          <ListView
            of={openings}
            icon={IconFileText}
            emptyTitle={t(`officer.${nothing}`)}
            emptyAction={
              <>
                {!q && create}
                <ShowAllButton />
              </>
            }
          >
            {(items) => (
              <DataTable caption={t('nav.openings')} columns={columns} rows={items} rowKey={({ id }) => id} />
            )}
          </ListView>
        </Stack>
      </StatusTabs>
    </Container>
  );
}
