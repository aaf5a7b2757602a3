import { Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { notify } from '../../lib/notify';
import { IconDownload, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api, call } from '../../api/http';
import type { Jobseeker } from '../../api/models';
import { queryClient } from '../../api/query-client';
import { session } from '../../api/session';
import { ConfirmDialog } from '../../components/confirm-dialog';
import { ErrorState } from '../../components/error-state';
import { download } from '../../lib/download';
import { today } from '../../lib/format-date';
import { PasswordField } from '../../forms/password-field';

/** Access, export and erasure (Law 91/2025/QH15). */
export function DataRights({ profile }: { profile: Jobseeker }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [erasing, setErasing] = useState(false);
  const [password, setPassword] = useState('');
  const [error, setError] = useState<unknown>();
  const params = { path: { id: profile.id } };

  const exportData = async () => {
    setError(undefined);
    try {
      const data = await call(api.GET('/api/v1/jobseekers/jobseekers/{id}/export', { params }));
      download(`noi-viec-${today()}.json`, 'application/json', JSON.stringify(data, null, 2));
    } catch (refused) {
      setError(refused);
    }
  };
  const erase = async () => {
    await call(api.POST('/api/v1/identity/me/erasure', { body: { currentPassword: password } }));
    await session.signOut();
    queryClient.clear();
    notify(t('profile.rights.erased'));
    await navigate('/');
  };
  return (
    <Card component="section" mt="md" aria-labelledby="rights-title">
      <Stack gap="sm">
        <Title order={2} id="rights-title">
          {t('profile.rights.title')}
        </Title>
        <Text>{t('profile.rights.text')}</Text>
        {error !== undefined && <ErrorState error={error} />}
        <Group>
          <Button
            variant="default"
            leftSection={<IconDownload size={18} aria-hidden />}
            onClick={() => void exportData()}
          >
            {t('profile.rights.export')}
          </Button>
          <Button
            variant="outline"
            color="red.9"
            leftSection={<IconTrash size={18} aria-hidden />}
            onClick={() => setErasing(true)}
          >
            {t('profile.rights.erase')}
          </Button>
        </Group>
      </Stack>
      <ConfirmDialog
        opened={erasing}
        danger
        title={t('profile.rights.eraseTitle')}
        confirmText={t('profile.rights.erase')}
        onConfirm={erase}
        onClose={() => {
          setPassword('');
          setErasing(false);
        }}
      >
        <Text>{t('profile.rights.eraseText')}</Text>
        <PasswordField
          data-autofocus
          label={t('account.password.current')}
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
      </ConfirmDialog>
    </Card>
  );
}
