import { Button, Checkbox, Container, Stack, Text } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { IconBuilding, IconPlus } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { api, call, ifMatch } from '../../api/http';
import { useIdempotencyKey } from '../../api/idempotency';
import type { Organisation } from '../../api/models';
import { useUnitNames } from '../../api/reference';
import { useList } from '../../api/use-list';
import { type Column, DataTable } from '../../components/data-table';
import { ListSearch } from '../../components/list-search';
import { ListView } from '../../components/list-view';
import { PageHeader } from '../../components/page-header';
import { StatusBadge } from '../../components/status-badge';
import { CodeField, TextField } from '../../forms/fields';
import { AreasField } from './areas-field';
import { EditDialog } from '../../forms/edit-dialog';

const valuesOf = (organisation?: Organisation) => ({
  name: organisation?.name ?? '',
  kind: organisation?.kind ?? 'centre',
  areas: organisation?.areas ?? ([] as string[]),
  naturalPerson: organisation?.naturalPerson ?? false,
  status: organisation?.status ?? 'active',
});

function OrganisationDialog({ organisation, onClose }: { organisation?: Organisation; onClose: () => void }) {
  const { t } = useTranslation();
  const key = useIdempotencyKey();
  const cache = useQueryClient();
  const version = useRef(organisation?.version ?? 0);
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: valuesOf(organisation),
    validate: { name: isNotEmpty(t('required')) },
  });
  const save = async () => {
    const { kind, status, ...rest } = form.getValues();
    if (organisation) {
      const params = { path: { id: organisation.id }, header: ifMatch({ version: version.current }) };
      await call(api.PATCH('/api/v1/identity/organisations/{id}', { params, body: { ...rest, status } }));
    } else {
      const body = { kind, ...rest };
      await call(api.POST('/api/v1/identity/organisations', { body, params: { header: key(body) } }));
    }
    await cache.invalidateQueries({ queryKey: ['organisations'] });
  };
  const onConflict = async (keepMine: boolean) => {
    const params = { path: { id: organisation!.id } };
    const fresh = await call(api.GET('/api/v1/identity/organisations/{id}', { params }));
    version.current = fresh.version;
    if (!keepMine) form.setValues(valuesOf(fresh));
  };
  return (
    <EditDialog
      title={organisation ? organisation.name : t('admin.newOrganisation')}
      texts="admin.field"
      form={form}
      save={save}
      onConflict={onConflict}
      onClose={onClose}
    >
      <TextField path="name" required data-autofocus />
      {!organisation && <CodeField path="kind" list="organisationKind" required />}
      <AreasField path="areas" />
      <Checkbox
        key={form.key('naturalPerson')}
        label={t('admin.field.naturalPerson')}
        {...form.getInputProps('naturalPerson', { type: 'checkbox' })}
      />
      {organisation && <CodeField path="status" list="organisationStatus" required />}
    </EditDialog>
  );
}

export default function OrganisationsPage() {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const q = params.get('q') ?? undefined;
  const [edited, setEdited] = useState<Organisation | 'new'>();
  const names = useUnitNames([]);
  const organisations = useList(['organisations', q], (cursor) =>
    call(api.GET('/api/v1/identity/organisations', { params: { query: { q, cursor } } })),
  );
  const columns: Column<Organisation>[] = [
    {
      key: 'name',
      header: t('admin.column.organisation'),
      title: true,
      cell: ({ name }) => <Text fw={600}>{name}</Text>,
    },
    {
      key: 'kind',
      header: t('admin.column.kind'),
      cell: ({ kind }) => t(`values.organisationKind.${kind}`, { defaultValue: kind }),
    },
    {
      key: 'areas',
      header: t('admin.field.areas'),
      cell: ({ areas }) =>
        areas
          .map((code) => (code === '*' ? t('admin.wholeCountry') : (names.get(code) ?? code)))
          .join(', ') || '—',
    },
    {
      key: 'status',
      header: t('admin.column.status'),
      cell: ({ status }) => <StatusBadge list="organisationStatus" status={status} />,
    },
    {
      key: 'actions',
      header: t('actions'),
      cell: (organisation) => (
        <Button
          size="xs"
          variant="default"
          aria-label={`${t('edit')}: ${organisation.name}`}
          onClick={() => setEdited(organisation)}
        >
          {t('edit')}
        </Button>
      ),
    },
  ];
  return (
    <Container size="xl">
      <PageHeader
        title={t('nav.organisations')}
        actions={
          <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setEdited('new')}>
            {t('admin.newOrganisation')}
          </Button>
        }
      />
      <Stack gap="md">
        <ListSearch label={t('admin.searchOrganisations')} />
        <ListView of={organisations} icon={IconBuilding} emptyTitle={t('form.nothingFound')}>
          {(items) => (
            <DataTable
              caption={t('nav.organisations')}
              columns={columns}
              rows={items}
              rowKey={({ id }) => id}
            />
          )}
        </ListView>
      </Stack>
      {edited && (
        <OrganisationDialog
          organisation={edited === 'new' ? undefined : edited}
          onClose={() => setEdited(undefined)}
        />
      )}
    </Container>
  );
}
