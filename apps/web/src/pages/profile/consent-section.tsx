import { Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { IconShieldCheck, IconShieldOff } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '../../api/http';
import type { Jobseeker } from '../../api/models';
import { profileKey } from '../../api/use-profile';
import { ConfirmDialog } from '../../components/confirm-dialog';
import { ErrorState } from '../../components/error-state';
import { useConsentText } from '../../api/use-consent-text';
import { matchingConsent } from '../../lib/consents';
import { useFormats } from '../../lib/use-formats';
import { useFocusKept } from '../../shell/navigation-focus';
import { ConsentText } from './consent-choice';

/** Consent to matching: given with its text in view, withdrawn as easily as it was given. */
export function ConsentSection({ profile }: { profile: Jobseeker }) {
  const { t } = useTranslation();
  const format = useFormats();
  const cache = useQueryClient();
  const [withdrawing, setWithdrawing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const text = useConsentText();
  const consent = matchingConsent(profile);
  useFocusKept(consent?.givenAt);
  const path = { id: profile.id };

  const give = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await call(
        api.POST('/api/v1/jobseekers/jobseekers/{id}/consents', {
          params: { path },
          body: { purpose: 'matching', textVersion: text.version! },
        }),
      );
      await cache.invalidateQueries();
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  };
  const withdraw = async () => {
    await call(
      api.DELETE('/api/v1/jobseekers/jobseekers/{id}/consents/{purpose}', {
        params: { path: { ...path, purpose: 'matching' } },
      }),
    );
    await cache.invalidateQueries({ queryKey: profileKey });
  };
  const Icon = consent ? IconShieldCheck : IconShieldOff;
  return (
    <Card component="section" id="dong-y" mb="md" aria-labelledby="dong-y-title">
      <Stack gap="sm">
        <Group gap="xs" wrap="nowrap">
          <Icon aria-hidden color={consent ? '#17683a' : '#8a5300'} />
          <Title order={2} id="dong-y-title">
            {t('consent.title')}
          </Title>
        </Group>
        <ConsentText />
        <Text fw={600} role="status">
          {consent ? t('consent.given', { when: format.instant(consent.givenAt) }) : t('consent.notGiven')}
        </Text>
        {error !== undefined && <ErrorState error={error} />}
        {consent ? (
          <Button variant="default" w="fit-content" onClick={() => setWithdrawing(true)}>
            {t('consent.withdrawButton')}
          </Button>
        ) : (
          <Button w="fit-content" loading={busy} disabled={!text.version} onClick={() => void give()}>
            {t('consent.giveButton')}
          </Button>
        )}
      </Stack>
      <ConfirmDialog
        opened={withdrawing}
        title={t('consent.withdrawTitle')}
        confirmText={t('consent.withdrawButton')}
        onConfirm={withdraw}
        onClose={() => setWithdrawing(false)}
      >
        {t('consent.withdrawText')}
      </ConfirmDialog>
    </Card>
  );
}
