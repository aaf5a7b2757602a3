import { Alert, Button, Card, Group, Progress, Stack, Text, Title } from '@mantine/core';
import { IconCircleCheck, IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '../../api/http';
import type { ImportJob, Rejection } from '../../api/models';
import { useList } from '../../api/use-list';
import { type Column, DataTable } from '../../components/data-table';
import { ErrorState } from '../../components/error-state';
import { ListView } from '../../components/list-view';
import { ListSkeleton } from '../../components/skeletons';
import { StatusBadge } from '../../components/status-badge';
import { download } from '../../lib/download';
import { useFormats } from '../../lib/use-formats';
import { importProgress } from './import-progress';
import { StopImport } from './stop-import';

const ended = (job: ImportJob | undefined) => Boolean(job?.finishedAt);

function Rejections({ id }: { id: string }) {
  const { t } = useTranslation();
  const rejections = useList(['import-rejections', id], (cursor) =>
    call(
      api.GET('/api/v1/openings/imports/{id}/rejections', { params: { path: { id }, query: { cursor } } }),
    ),
  );
  const columns: Column<Rejection>[] = [
    {
      key: 'line',
      header: t('imports.column.line'),
      title: true,
      cell: ({ line }) => t('imports.line', { line }),
    },
    { key: 'field', header: t('imports.column.field'), cell: ({ field }) => field ?? '—' },
    { key: 'reason', header: t('imports.column.reason'), cell: ({ reason }) => reason },
    { key: 'value', header: t('imports.column.value'), cell: ({ value }) => value ?? '—' },
  ];
  return (
    <ListView of={rejections} icon={IconCircleCheck} emptyTitle={t('imports.noRejections')}>
      {(items) => (
        <DataTable
          caption={t('imports.rejected')}
          columns={columns}
          rows={items}
          rowKey={({ line, field, code }) => `${line}-${field}-${code}`}
        />
      )}
    </ListView>
  );
}

function DownloadRejections({ id }: { id: string }) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const fetchFile = async () => {
    setBusy(true);
    setError(undefined);
    try {
      const params = { path: { id } };
      const file = await call(
        api.GET('/api/v1/openings/imports/{id}/rejections.csv', { params, parseAs: 'blob' }),
      );
      download(`dong-bi-loai-${id}.csv`, 'text/csv', file);
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button
        variant="default"
        loading={busy}
        leftSection={<IconDownload size={18} aria-hidden />}
        onClick={() => void fetchFile()}
      >
        {t('imports.download')}
      </Button>
      {error !== undefined && <ErrorState error={error} />}
    </>
  );
}

/** An import while it runs and what came of it. */
export function ImportReport({ id }: { id: string }) {
  const { t } = useTranslation();
  const { locale } = useFormats();
  const {
    data: job,
    error,
    refetch,
  } = useQuery({
    queryKey: ['import', id],
    queryFn: () => call(api.GET('/api/v1/openings/imports/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => (ended(state.data) ? false : 1000),
  });
  if (error && !job) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!job) return <ListSkeleton rows={1} />;
  const { read, created, updated, unchanged, rejected, total } = job.progress;
  const progress = importProgress(job);
  const number = (value: number) => value.toLocaleString(locale === 'vi' ? 'vi-VN' : 'en-GB');
  return (
    <Card component="section" aria-labelledby="import-title">
      <Stack gap="md">
        <Group justify="space-between">
          <div>
            <Title order={2} id="import-title">
              {t('imports.report')}
            </Title>
            <Text c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              {[job.fileName, job.source].filter(Boolean).join(' · ')}
            </Text>
          </div>
          <StatusBadge list="importStatus" status={job.status} />
        </Group>
        {progress && (
          <>
            <Progress
              value={progress.percent}
              size="lg"
              aria-label={t('imports.progress')}
              color={job.failure ? 'red.8' : 'song.7'}
              striped={!ended(job)}
              animated={!ended(job)}
            />
            <Text role="status">
              {t(`imports.${progress.text}`, {
                read: number(read),
                total: total === null ? '…' : number(total),
                created: number(created),
                updated: number(updated),
                unchanged: number(unchanged),
                rejected: number(rejected),
              })}
            </Text>
          </>
        )}
        <StopImport job={job} />
        {job.failure && (
          <Alert role="alert" color="red.8" variant="outline" title={t('imports.failed')}>
            {job.failure}
          </Alert>
        )}
        {ended(job) && rejected > 0 && (
          <>
            <Group justify="space-between">
              <Title order={3}>{t('imports.rejected')}</Title>
              <DownloadRejections id={id} />
            </Group>
            <Rejections id={id} />
          </>
        )}
      </Stack>
    </Card>
  );
}
