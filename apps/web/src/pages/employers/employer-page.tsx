import { Alert, Anchor, Button, Card, Container, Group, Stack, Text } from '@mantine/core';
import { IconFileText, IconInfoCircle, IconPencil } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { api, call } from '../../api/http';
import type { Employer } from '../../api/models';
import { useProvinces, useUnitNames } from '../../api/reference';
import { ErrorState } from '../../components/error-state';
import { Facts } from '../../components/facts';
import { PageHeader } from '../../components/page-header';
import { ListSkeleton } from '../../components/skeletons';
import { StatusBadge } from '../../components/status-badge';
import { useFormats } from '../../lib/use-formats';
import { EditEmployerDialog } from './edit-employer-dialog';
import { EmployerActions } from './employer-actions';

function useFacts(employer: Employer) {
  const { t } = useTranslation();
  const format = useFormats();
  const province = employer.provinceCode;
  const communes = useUnitNames(province ? [province] : []);
  const provinces = useProvinces();
  const fact = (name: keyof Employer, value: React.ReactNode = employer[name] as string | null) => ({
    label: t(`employer.field.${name}`),
    value,
  });
  const { website, email } = employer;
  return {
    identity: [
      fact('legalName'),
      fact('registrationNo'),
      fact('employerType', format.value('employerType', employer.employerType)),
      fact('sectorCode', format.value('sectorCode', employer.sectorCode)),
      fact('sizeBand', format.value('sizeBand', employer.sizeBand)),
      { label: t('employer.registeredAt'), value: format.instant(String(employer.createdAt)) },
    ],
    contact: [
      fact('addressLine'),
      fact('communeCode', communes.get(employer.communeCode ?? '') ?? employer.communeCode),
      fact('provinceCode', provinces.data?.find(({ value }) => value === province)?.label ?? province),
      fact('areaType', format.value('areaType', employer.areaType)),
      fact('industrialZone'),
      fact('contactName'),
      fact('contactTitle'),
      fact('phone'),
      fact('email', email && <Anchor href={`mailto:${email}`}>{email}</Anchor>),
      fact('website', website && <WebsiteLink address={website} />),
    ],
  };
}

/** An address is typed by anybody: only what is a web address is made a link. */
function WebsiteLink({ address }: { address: string }) {
  const url = /^https?:\/\//i.test(address) ? address : `https://${address}`;
  if (!URL.canParse(url)) return address;
  return (
    <Anchor href={url} target="_blank" rel="noopener noreferrer nofollow">
      {address}
    </Anchor>
  );
}

function Details({ employer }: { employer: Employer }) {
  const { t } = useTranslation();
  const facts = useFacts(employer);
  const [editing, setEditing] = useState(false);
  const { verificationStatus: status, verificationReason: reason } = employer;
  const openings = new URLSearchParams({ status: 'all', q: employer.legalName });
  return (
    <Stack gap="md">
      <Card>
        <Stack gap="md">
          <StatusBadge list="verificationStatus" status={status} />
          {reason && status !== 'approved' && (
            <Alert
              color="red"
              icon={<IconInfoCircle aria-hidden />}
              title={t(`employer.because.${status === 'suspended' ? 'suspended' : 'rejected'}`)}
            >
              <Text className="nv-prose">{reason}</Text>
            </Alert>
          )}
          {!employer.employerType && employer.actions.includes('approve') && (
            <Alert color="yellow" icon={<IconInfoCircle aria-hidden />}>
              {t('employer.typeFirst')}
            </Alert>
          )}
          <Group gap="sm" className="nv-actions">
            <EmployerActions employer={employer} />
            <Button
              variant="default"
              leftSection={<IconPencil size={18} aria-hidden />}
              onClick={() => setEditing(true)}
            >
              {t('edit')}
            </Button>
            <Button
              component={Link}
              to={`/can-bo/tin-tuyen-dung?${openings.toString()}`}
              variant="subtle"
              leftSection={<IconFileText size={18} aria-hidden />}
            >
              {t('employer.openings')}
            </Button>
          </Group>
        </Stack>
      </Card>
      <Facts title={t('employer.identity')} facts={facts.identity} />
      <Facts title={t('employer.contact')} facts={facts.contact} />
      {editing && <EditEmployerDialog employer={employer} onClose={() => setEditing(false)} />}
    </Stack>
  );
}

export default function EmployerPage() {
  const { t } = useTranslation();
  const id = useParams()['id']!;
  const { data, error, refetch } = useQuery({
    queryKey: ['employer', id],
    queryFn: () => call(api.GET('/api/v1/openings/employers/{id}', { params: { path: { id } } })),
  });
  return (
    <Container size="lg">
      <PageHeader
        title={data?.legalName ?? t('nav.employers')}
        backTo="/can-bo/doanh-nghiep"
        backText={t('nav.employers')}
      />
      {error && !data && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!error && !data && <ListSkeleton />}
      {data && <Details employer={data} />}
    </Container>
  );
}
