import { Container } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useJobOpening } from '../../api/use-job-opening';
import { ErrorState } from '../../components/error-state';
import { PageHeader } from '../../components/page-header';
import { ListSkeleton } from '../../components/skeletons';
import { OpeningForm } from './opening-form';

export default function OpeningEditPage() {
  const { t } = useTranslation();
  const id = useParams()['id']!;
  const { data, error, refetch } = useJobOpening(id);
  return (
    <Container size="lg">
      <PageHeader
        title={t('officer.editOpening')}
        lead={data?.title}
        backTo={`/can-bo/tin-tuyen-dung/${id}`}
        backText={t('officer.backToOpening')}
      />
      {error && !data && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!error && !data && <ListSkeleton />}
      {data && <OpeningForm key={data.id} opening={data} />}
    </Container>
  );
}
