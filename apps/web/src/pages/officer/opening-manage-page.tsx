import { Alert, Button, Card, Container, Group, Stack, Text } from '@mantine/core';
import { IconArrowBackUp, IconExternalLink, IconPencil, IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { JobOpening } from '../../api/models';
import { useOccupationNames } from '../../api/reference';
import { useJobOpening } from '../../api/use-job-opening';
import { usePlaceNames } from '../../api/use-place-names';
import { useMe } from '../../api/use-session';
import { ErrorState } from '../../components/error-state';
import { Facts } from '../../components/facts';
import { PageHeader } from '../../components/page-header';
import { ListSkeleton } from '../../components/skeletons';
import { StatusBadge } from '../../components/status-badge';
import { useFormats } from '../../lib/use-formats';
import { placing } from '../../shell/navigation';
import { OpeningSections } from '../opening/opening-sections';
import { OpeningActions } from './opening-actions';

const editable = ['draft', 'returned', 'pending', 'published'];

function Overview({ opening }: { opening: JobOpening }) {
  const { t } = useTranslation();
  const format = useFormats();
  const places = usePlaceNames(opening.workplaces);
  const { contact } = opening.details;
  return (
    <Facts
      title={t('officer.overview')}
      facts={[
        { label: t('officer.field.employerId'), value: opening.employer.name },
        { label: t('officer.column.place'), value: format.places(places, opening.otherPlacesCount, 10) },
        { label: t('officer.column.pay'), value: format.pay(opening.pay) },
        { label: t('search.filter.experience'), value: format.experience(opening.experience) },
        { label: t('officer.column.deadline'), value: format.date(opening.deadline) },
        { label: t('officer.published'), value: format.instant(opening.publishedAt) },
        { label: t('officer.source'), value: opening.source },
        {
          label: t('officer.contact'),
          value:
            contact &&
            [contact.name, contact.phone, contact.email, contact.address].filter(Boolean).join('\n'),
        },
      ]}
    />
  );
}

function Manage({ opening }: { opening: JobOpening }) {
  const { t } = useTranslation();
  const me = useMe();
  const names = useOccupationNames(opening.occupationCode ? [opening.occupationCode] : []);
  const base = `/can-bo/tin-tuyen-dung/${opening.id}`;
  const published = opening.status === 'published';
  return (
    <Stack gap="md">
      <Card>
        <Stack gap="md">
          <Group gap="sm">
            <StatusBadge list="openingStatus" status={opening.status} />
            {opening.quantity && <Text>{t('opening.persons', { count: opening.quantity })}</Text>}
          </Group>
          {opening.status === 'returned' && opening.returnReason && (
            <Alert color="red" icon={<IconArrowBackUp aria-hidden />} title={t('officer.returnedBecause')}>
              <Text className="nv-prose">{opening.returnReason}</Text>
            </Alert>
          )}
          <Group gap="sm" className="nv-actions">
            <OpeningActions opening={opening} />
            {editable.includes(opening.status) && (
              <Button
                component={Link}
                to={`${base}/sua`}
                variant="default"
                leftSection={<IconPencil size={18} aria-hidden />}
              >
                {t('edit')}
              </Button>
            )}
            {published && me && placing.includes(me.role) && (
              <Button
                component={Link}
                to={`${base}/ung-vien`}
                leftSection={<IconUsers size={18} aria-hidden />}
              >
                {t('officer.candidates')}
              </Button>
            )}
            {published && (
              <Button
                component={Link}
                to={`/viec-lam/${opening.id}`}
                variant="subtle"
                leftSection={<IconExternalLink size={18} aria-hidden />}
              >
                {t('officer.publicPage')}
              </Button>
            )}
          </Group>
        </Stack>
      </Card>
      <Overview opening={opening} />
      <OpeningSections opening={opening} occupation={names.get(opening.occupationCode ?? '')} />
    </Stack>
  );
}

export default function OpeningManagePage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useJobOpening(useParams()['id']!);
  return (
    <Container size="lg">
      <PageHeader
        title={data?.title ?? t('nav.openings')}
        backTo="/can-bo/tin-tuyen-dung"
        backText={t('nav.openings')}
      />
      {error && !data && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!error && !data && <ListSkeleton />}
      {data && <Manage opening={data} />}
    </Container>
  );
}
