import { Alert, Button, Container, Group, Stack, Text } from '@mantine/core';
import { IconPlus, IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { api, call } from '../../api/http';
import type { Account } from '../../api/models';
import { useList } from '../../api/use-list';
import { type Column, DataTable } from '../../components/data-table';
import { Dialog, useShownDialog } from '../../components/dialog';
import { ErrorState } from '../../components/error-state';
import { ListSearch } from '../../components/list-search';
import { ListView } from '../../components/list-view';
import { PageHeader } from '../../components/page-header';
import { StatusBadge } from '../../components/status-badge';
import { useIssued } from '../../lib/use-issued';
import { useFormats } from '../../lib/use-formats';
import { AccountDialog } from './account-dialog';

/** The code is read out, and no key that is pressed once too often closes what is never shown again. */
const takeFocus = (code: HTMLElement | null) => code?.focus();

/** A one-time code with which the person sets a password; shown only here and only now. */
function CodeDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormats();
  const { close, dialog } = useShownDialog(onClose);
  const { issued, error, busy, issue } = useIssued(() =>
    call(api.POST('/api/v1/identity/accounts/{id}/password-codes', { params: { path: { id: account.id } } })),
  );
  return (
    <Dialog {...dialog} title={t('admin.passwordCode')}>
      <Stack>
        <Text>{t('admin.passwordCodeText', { name: account.fullName })}</Text>
        {error !== undefined && <ErrorState error={error} />}
        {issued ? (
          <>
            <Alert role="status" variant="light">
              <Text ref={takeFocus} tabIndex={-1} ff="monospace" fz="1.6rem" fw={700}>
                {issued.code}
              </Text>
              <Text size="sm">{t('people.claimCodeUntil', { when: format.instant(issued.expiresAt) })}</Text>
            </Alert>
            <Button variant="default" onClick={close}>
              {t('close')}
            </Button>
          </>
        ) : (
          <Button loading={busy} onClick={issue}>
            {t('admin.issueCode')}
          </Button>
        )}
      </Stack>
    </Dialog>
  );
}

export default function AccountsPage() {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const q = params.get('q') ?? undefined;
  const [edited, setEdited] = useState<Account | 'new'>();
  const [coded, setCoded] = useState<Account>();
  const accounts = useList(['accounts', q], (cursor) =>
    call(api.GET('/api/v1/identity/accounts', { params: { query: { q, cursor } } })),
  );
  const columns: Column<Account>[] = [
    {
      key: 'name',
      header: t('admin.column.name'),
      title: true,
      cell: ({ fullName, email }) => (
        <>
          <Text fw={600}>{fullName}</Text>
          <Text size="sm" c="dimmed">
            {email}
          </Text>
        </>
      ),
    },
    { key: 'role', header: t('admin.column.role'), cell: ({ role }) => t(`values.role.${role}`) },
    {
      key: 'organisation',
      header: t('admin.column.organisation'),
      cell: ({ organisationName }) => organisationName ?? '—',
    },
    {
      key: 'status',
      header: t('admin.column.status'),
      cell: ({ status }) => <StatusBadge list="accountStatus" status={status} />,
    },
    {
      key: 'actions',
      header: t('actions'),
      cell: (account) => (
        <Group gap="xs">
          <Button
            size="xs"
            variant="default"
            aria-label={`${t('edit')}: ${account.fullName}`}
            onClick={() => setEdited(account)}
          >
            {t('edit')}
          </Button>
          <Button
            size="xs"
            variant="default"
            aria-label={`${t('admin.passwordCode')}: ${account.fullName}`}
            onClick={() => setCoded(account)}
          >
            {t('admin.passwordCode')}
          </Button>
        </Group>
      ),
    },
  ];
  return (
    <Container size="xl">
      <PageHeader
        title={t('nav.accounts')}
        actions={
          <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setEdited('new')}>
            {t('admin.newAccount')}
          </Button>
        }
      />
      <Stack gap="md">
        <ListSearch label={t('admin.searchAccounts')} />
        <ListView of={accounts} icon={IconUsers} emptyTitle={t('people.noneFound')}>
          {(items) => (
            <DataTable caption={t('nav.accounts')} columns={columns} rows={items} rowKey={({ id }) => id} />
          )}
        </ListView>
      </Stack>
      {edited && (
        <AccountDialog account={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} />
      )}
      {coded && <CodeDialog account={coded} onClose={() => setCoded(undefined)} />}
    </Container>
  );
}
