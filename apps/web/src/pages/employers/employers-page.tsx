import { Anchor, Button, Container, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBuildingFactory2, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { api, call } from '../../api/http';
import type { Employer } from '../../api/models';
import { useProvinces } from '../../api/reference';
import { useList } from '../../api/use-list';
import { type Column, DataTable } from '../../components/data-table';
import { ListSearch } from '../../components/list-search';
import { ListView } from '../../components/list-view';
import { PageHeader } from '../../components/page-header';
import { StatusBadge } from '../../components/status-badge';
import { ShowAllButton, StatusTabs, TabButton } from '../../components/status-tabs';
import { useFormats } from '../../lib/use-formats';
import { NewEmployerDialog } from './new-employer-dialog';

const statuses: Employer['verificationStatus'][] = ['pending', 'approved', 'rejected', 'suspended'];

function useColumns(): Column<Employer>[] {
  const { t } = useTranslation();
  const format = useFormats();
  const provinces = useProvinces();
  return [
    {
      key: 'name',
      header: t('employer.field.legalName'),
      title: true,
      cell: ({ id, legalName }) => (
        <Anchor component={Link} to={`/can-bo/doanh-nghiep/${id}`} fw={600}>
          {legalName}
        </Anchor>
      ),
    },
    {
      key: 'number',
      header: t('employer.field.registrationNo'),
      cell: ({ registrationNo }) => registrationNo ?? t('notStated'),
    },
    {
      key: 'type',
      header: t('employer.field.employerType'),
      cell: ({ employerType }) => format.value('employerType', employerType) ?? t('unknown'),
    },
    {
      key: 'place',
      header: t('employer.field.provinceCode'),
      cell: ({ provinceCode }) =>
        provinces.data?.find(({ value }) => value === provinceCode)?.label ?? t('unknown'),
    },
    {
      key: 'status',
      header: t('officer.column.status'),
      cell: ({ verificationStatus, verificationReason }) => (
        <Stack gap={4}>
          <StatusBadge list="verificationStatus" status={verificationStatus} />
          {verificationStatus !== 'approved' && verificationReason && (
            <Text size="sm" c="dimmed" lineClamp={2}>
              {verificationReason}
            </Text>
          )}
        </Stack>
      ),
    },
  ];
}

export default function EmployersPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const status = params.get('status') ?? 'pending';
  const q = params.get('q') ?? undefined;
  const columns = useColumns();
  const waiting = status === 'pending' && !q;
  const nothing = q ? 'noneFound' : status === 'all' ? 'none' : waiting ? 'nonePending' : 'noneHere';
  const [adding, { open, close }] = useDisclosure(false);
  const employers = useList(['employers', 'list', status, q], (cursor) =>
    call(
      api.GET('/api/v1/openings/employers', {
        params: { query: { status: statuses.find((known) => known === status), q, cursor } },
      }),
    ),
  );
  return (
    <Container size="xl">
      <PageHeader
        title={t('nav.employers')}
        lead={t('employer.lead')}
        actions={
          <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={open}>
            {t('officer.newEmployer')}
          </Button>
        }
      />
      <StatusTabs statuses={statuses} list="verificationStatus" start="pending">
        <Stack gap="md">
          <ListSearch label={t('employer.search')} />
          <ListView
            of={employers}
            icon={IconBuildingFactory2}
            emptyTitle={t(`employer.${nothing}`)}
            emptyText={waiting ? t('employer.nonePendingText') : undefined}
            emptyAction={
              <>
                {waiting && <TabButton status="approved">{t('employer.showApproved')}</TabButton>}
                <ShowAllButton />
              </>
            }
          >
            {(items) => (
              <DataTable
                caption={t('nav.employers')}
                columns={columns}
                rows={items}
                rowKey={({ id }) => id}
              />
            )}
          </ListView>
        </Stack>
      </StatusTabs>
      <NewEmployerDialog
        opened={adding}
        onClose={close}
        onSaved={({ id }) => void navigate(`/can-bo/doanh-nghiep/${id}`)}
      />
    </Container>
  );
}
