import { Button, Checkbox, Group, Stack, Text, Title } from '@mantine/core';
import { isInRange, matches, useForm } from '@mantine/form';
import { IconPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '../../api/http';
import type { ImportSource } from '../../api/models';
import { type Column, DataTable } from '../../components/data-table';
import { ErrorState } from '../../components/error-state';
import { ListSkeleton } from '../../components/skeletons';
import { EditDialog } from '../../forms/edit-dialog';
import { NumberField, TextField } from '../../forms/fields';

const sourcesKey = ['import-sources'];

function SourceDialog({ source, onClose }: { source?: ImportSource; onClose: () => void }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: {
      name: source?.name ?? '',
      trusted: source?.trusted ?? false,
      keepDays: source?.keepDays ?? 60,
    },
    validate: {
      name: matches(/^[a-z0-9][a-z0-9.-]{0,49}$/, t('imports.nameForm')),
      keepDays: isInRange({ min: 1, max: 365 }, t('imports.keepDaysRange')),
    },
  });
  const save = async () => {
    const { name, trusted, keepDays } = form.getValues();
    const params = { path: { name } };
    const body = { trusted, keepDays: Number(keepDays) };
    await call(api.PUT('/api/v1/openings/import-sources/{name}', { params, body }));
    await cache.invalidateQueries({ queryKey: sourcesKey });
  };
  return (
    <EditDialog
      title={source ? source.name : t('imports.newSource')}
      texts="imports.field"
      form={form}
      save={save}
      onClose={onClose}
    >
      {!source && <TextField path="name" hint required data-autofocus />}
      <Checkbox
        key={form.key('trusted')}
        label={t('imports.field.trusted')}
        description={t('imports.field.trustedHint')}
        {...form.getInputProps('trusted', { type: 'checkbox' })}
      />
      <NumberField path="keepDays" hint required />
    </EditDialog>
  );
}

/** Where imported postings come from, which of it is trusted, and how long it stays; administrators decide. */
export function ImportSources() {
  const { t } = useTranslation();
  const [edited, setEdited] = useState<ImportSource | 'new'>();
  const { data, error, refetch } = useQuery({
    queryKey: sourcesKey,
    queryFn: () => call(api.GET('/api/v1/openings/import-sources')),
  });
  const columns: Column<ImportSource>[] = [
    {
      key: 'name',
      header: t('imports.source'),
      title: true,
      cell: ({ name }) => <Text fw={600}>{name}</Text>,
    },
    {
      key: 'trusted',
      header: t('imports.column.trusted'),
      cell: ({ trusted }) => t(trusted ? 'imports.trusted' : 'imports.untrusted'),
    },
    {
      key: 'keepDays',
      header: t('imports.column.keepDays'),
      cell: ({ keepDays }) => t('match.days', { count: keepDays }),
    },
    {
      key: 'actions',
      header: t('actions'),
      cell: (source) => (
        <Button
          size="xs"
          variant="default"
          aria-label={`${t('edit')}: ${source.name}`}
          onClick={() => setEdited(source)}
        >
          {t('edit')}
        </Button>
      ),
    },
  ];
  return (
    <Stack component="section" gap="sm" aria-labelledby="import-sources">
      <Group justify="space-between">
        <Title order={2} id="import-sources">
          {t('imports.sources')}
        </Title>
        <Button
          variant="default"
          leftSection={<IconPlus size={18} aria-hidden />}
          onClick={() => setEdited('new')}
        >
          {t('imports.newSource')}
        </Button>
      </Group>
      <Text c="dimmed">{t('imports.sourcesLead')}</Text>
      {error && !data && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!error && !data && <ListSkeleton rows={1} />}
      {data?.items.length === 0 && <Text>{t('imports.noSources')}</Text>}
      {data && data.items.length > 0 && (
        <DataTable
          caption={t('imports.sources')}
          columns={columns}
          rows={data.items}
          rowKey={({ name }) => name}
        />
      )}
      {edited && (
        <SourceDialog source={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} />
      )}
    </Stack>
  );
}
