import { Alert, Container, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useMe } from '../../api/use-session';
import { PageHeader } from '../../components/page-header';
import { ImportReport } from './import-report';
import { ImportSources } from './import-sources';
import { PastImports } from './past-imports';
import { UploadForm } from './upload-form';

export default function ImportsPage() {
  const { t } = useTranslation();
  const me = useMe();
  const [params, setParams] = useSearchParams();
  const id = params.get('id');
  return (
    <Container size="lg">
      <PageHeader title={t('imports.title')} lead={t('imports.lead')} />
      <Stack gap="md">
        {id && <ImportReport key={id} id={id} />}
        <UploadForm onStarted={(started) => setParams({ id: started })} />
        <Alert variant="light">{t('imports.again')}</Alert>
        <PastImports />
        {me?.role === 'administrator' && <ImportSources />}
      </Stack>
    </Container>
  );
}
