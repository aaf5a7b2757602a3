import { Anchor, Badge, Button, Container, Stack, Text } from '@mantine/core';
import { IconPlus, IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { api, call } from '../../api/http';
import type { JobseekerListItem } from '../../api/models';
import { useProvinces } from '../../api/reference';
import { useList } from '../../api/use-list';
import { useMe } from '../../api/use-session';
import { type Column, DataTable } from '../../components/data-table';
import { ListSearch } from '../../components/list-search';
import { ListView } from '../../components/list-view';
import { PageHeader } from '../../components/page-header';
import { useFormats } from '../../lib/use-formats';

function useColumns(): Column<JobseekerListItem>[] {
  const { t } = useTranslation();
  const format = useFormats();
  const provinces = useProvinces();
  return [
    {
      key: 'name',
      header: t('people.column.name'),
      title: true,
      cell: ({ id, fullName, desiredTitle }) => (
        <>
          <Anchor component={Link} to={`/can-bo/nguoi-tim-viec/${id}`} fw={600}>
            {fullName}
          </Anchor>
          {desiredTitle && (
            <Text size="sm" c="dimmed">
              {desiredTitle}
            </Text>
          )}
        </>
      ),
    },
    {
      key: 'birth',
      header: t('people.column.birth'),
      cell: ({ birthDate }) => format.date(birthDate) ?? t('unknown'),
    },
    {
      key: 'place',
      header: t('people.column.place'),
      cell: ({ provinceCode }) =>
        provinces.data?.find(({ value }) => value === provinceCode)?.label ?? t('unknown'),
    },
    {
      key: 'level',
      header: t('people.column.level'),
      cell: ({ technicalLevel }) => format.value('technicalLevel', technicalLevel) ?? t('unknown'),
    },
    {
      key: 'consent',
      header: t('people.column.consent'),
      cell: ({ matchingConsent }) => (
        <Badge
          radius="sm"
          style={
            matchingConsent
              ? { background: '#dff3e6', color: '#124f2d' }
              : { background: '#e8eeef', color: '#3d4f54' }
          }
        >
          {matchingConsent ? t('people.consents') : t('people.noConsent')}
        </Badge>
      ),
    },
  ];
}

export default function JobseekersPage() {
  const { t } = useTranslation();
  const me = useMe();
  const [params] = useSearchParams();
  const q = params.get('q') ?? undefined;
  const columns = useColumns();
  const people = useList(['jobseekers', q], (cursor) =>
    call(api.GET('/api/v1/jobseekers/jobseekers', { params: { query: { q, cursor } } })),
  );
  const register = me?.role === 'centreOfficer' && (
    <Button component={Link} to="/can-bo/nguoi-tim-viec/moi" leftSection={<IconPlus size={18} aria-hidden />}>
      {t('people.register')}
    </Button>
  );
  return (
    <Container size="xl">
      <PageHeader title={t('nav.jobseekers')} lead={t('people.lead')} actions={register} />
      <Stack gap="md">
        <ListSearch label={t('people.search')} />
        <ListView
          of={people}
          icon={IconUsers}
          emptyTitle={t(q ? 'people.noneFound' : 'people.none')}
          emptyAction={register}
        >
          {(items) => (
            <DataTable caption={t('nav.jobseekers')} columns={columns} rows={items} rowKey={({ id }) => id} />
          )}
        </ListView>
      </Stack>
    </Container>
  );
}
