import { Container } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../components/page-header';
import { OpeningForm } from './opening-form';

export default function OpeningNewPage() {
  const { t } = useTranslation();
  return (
    <Container size="lg">
      <PageHeader
        title={t('officer.newOpening')}
        lead={t('officer.newOpeningLead')}
        backTo="/can-bo/tin-tuyen-dung"
        backText={t('nav.openings')}
      />
      <OpeningForm />
    </Container>
  );
}
