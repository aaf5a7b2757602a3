import { Anchor, Stack, Text, Title } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, call } from '../../api/http';
import type { ImportJob } from '../../api/models';
import { useList } from '../../api/use-list';
import { type Column, DataTable } from '../../components/data-table';
import { ListView } from '../../components/list-view';
import { StatusBadge } from '../../components/status-badge';
import { useFormats } from '../../lib/use-formats';
import { wasRefused } from './import-progress';

const underWay = ({ finishedAt }: ImportJob) => !finishedAt;

function useColumns(): Column<ImportJob>[] {
  const { t } = useTranslation();
  const format = useFormats();
  return [
    {
      key: 'file',
      header: t('imports.column.file'),
      title: true,
      cell: ({ id, fileName, source }) => (
        <>
          <Anchor component={Link} to={`/can-bo/nhap-tin?id=${id}`} fw={600}>
            {fileName ?? t('imports.unnamed')}
          </Anchor>
          <Text size="sm" c="dimmed">
            {source}
          </Text>
        </>
      ),
    },
    {
      key: 'when',
      header: t('imports.column.when'),
      cell: ({ createdAt }) => format.instant(createdAt),
    },
    {
      key: 'rows',
      header: t('imports.column.rows'),
      cell: (job) => {
        const { read, total } = job.progress;
        if (wasRefused(job))
          return (
            <Text inherit maw="22rem" lineClamp={4}>
              {t('imports.refused', { why: job.failure })}
            </Text>
          );
        if (job.status === 'cancelled')
          return t(read > 0 ? 'imports.rowsCancelled' : 'imports.cancelledAtOnce', { read, total });
        return total === null ? t('imports.rowsSoFar', { read }) : t('imports.rowsRead', { read, total });
      },
    },
    {
      key: 'taken',
      header: t('imports.column.taken'),
      cell: (job) => (wasRefused(job) ? '—' : t('imports.counts', job.progress)),
    },
    {
      key: 'rejected',
      header: t('imports.column.rejected'),
      cell: (job) => (wasRefused(job) ? '—' : t('imports.rejectedRows', { count: job.progress.rejected })),
    },
    {
      key: 'status',
      header: t('officer.column.status'),
      cell: ({ status }) => <StatusBadge list="importStatus" status={status} />,
    },
  ];
}

/** The imports so far, those under way with their progress. */
export function PastImports() {
  const { t } = useTranslation();
  const columns = useColumns();
  const imports = useList(
    ['imports'],
    (cursor) => call(api.GET('/api/v1/openings/imports', { params: { query: { cursor } } })),
    underWay,
  );
  return (
    <Stack component="section" gap="sm" aria-labelledby="past-imports">
      <Title order={2} id="past-imports">
        {t('imports.past')}
      </Title>
      <ListView
        of={imports}
        icon={IconFileImport}
        emptyTitle={t('imports.none')}
        emptyText={t('imports.noneText')}
      >
        {(items) => (
          <DataTable caption={t('imports.past')} columns={columns} rows={items} rowKey={({ id }) => id} />
        )}
      </ListView>
    </Stack>
  );
}
