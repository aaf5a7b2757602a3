import { Button, Card, FileInput, Group, Stack, TextInput, Title } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LARGEST_IMPORT_MB } from '../../../../../libs/reference/src/limits';
import { importColumns } from '../../../../../libs/reference/src/value-lists/import-columns';
import { api, call } from '../../api/http';
import { useIdempotencyKey } from '../../api/idempotency';
import { ErrorState } from '../../components/error-state';
import { today } from '../../lib/format-date';
import { ColumnsHelp } from './columns-help';

/** Hands a file in; the service works on it in the background. */
export function UploadForm({ onStarted }: { onStarted: (id: string) => void }) {
  const { t } = useTranslation();
  const key = useIdempotencyKey();
  const cache = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [source, setSource] = useState('');
  const [asOf, setAsOf] = useState(today());
  const [busy, setBusy] = useState(false);
  const [missing, setMissing] = useState(false);
  const [error, setError] = useState<unknown>();

  const upload = async (event: FormEvent) => {
    event.preventDefault();
    if (!file) return setMissing(true);
    setBusy(true);
    setError(undefined);
    try {
      const { id } = await call(
        api.POST('/api/v1/openings/imports', {
          params: {
            query: { kind: 'openings', asOf, source: source.trim() || undefined, fileName: file.name },
            header: key([file.name, file.size, file.lastModified, asOf, source]),
          },
          body: file.name,
          // The bytes as they are: whether they are UTF-8 is for the service to say.
          bodySerializer: () => file,
          headers: { 'Content-Type': 'text/csv' },
        }),
      );
      await cache.invalidateQueries({ queryKey: ['imports'] });
      onStarted(id);
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Card component="section" aria-labelledby="upload-title">
      <form onSubmit={(event) => void upload(event)} noValidate>
        <Stack gap="md">
          <Title order={2} id="upload-title">
            {t('imports.upload')}
          </Title>
          <FileInput
            label={t('imports.file')}
            description={t('imports.fileHint', { mb: LARGEST_IMPORT_MB, columns: importColumns.join(', ') })}
            placeholder={t('imports.choose')}
            accept=".csv,text/csv"
            leftSection={<IconFileUpload size={18} aria-hidden />}
            withAsterisk
            clearable
            clearButtonProps={{ 'aria-label': t('remove') }}
            value={file}
            onChange={setFile}
            error={missing && !file ? t('required') : undefined}
          />
          <ColumnsHelp />
          <Group grow preventGrowOverflow={false} align="flex-start">
            <TextInput
              label={t('imports.source')}
              description={t('imports.sourceHint')}
              value={source}
              onChange={(event) => setSource(event.currentTarget.value)}
            />
            <TextInput
              type="date"
              label={t('imports.asOf')}
              description={t('imports.asOfHint')}
              value={asOf}
              onChange={(event) => setAsOf(event.currentTarget.value)}
            />
          </Group>
          {error !== undefined && <ErrorState error={error} withFields />}
          <Button type="submit" loading={busy} w="fit-content">
            {t('imports.start')}
          </Button>
        </Stack>
      </form>
    </Card>
  );
}
