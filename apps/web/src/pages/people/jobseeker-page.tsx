import { Alert, Box, Button, Card, Container, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { api, call } from '../../api/http';
import type { Jobseeker } from '../../api/models';
import { ErrorState } from '../../components/error-state';
import { PageHeader } from '../../components/page-header';
import { ListSkeleton } from '../../components/skeletons';
import { hasMatchingConsent } from '../../lib/consents';
import { useIssued } from '../../lib/use-issued';
import { ClaimCodeCard } from './claim-code-card';
import { useFocusKept } from '../../shell/navigation-focus';
import { ProfileForm } from '../profile/profile-form';

/** An officer compares the card with the person and types its number: only then it counts as verified. */
function VerifyCitizenId({ person }: { person: Jobseeker }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [citizenId, setCitizenId] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  useFocusKept(person.citizenIdStatus);
  const verify = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      await call(
        api.POST('/api/v1/jobseekers/jobseekers/{id}/verify-citizen-id', {
          params: { path: { id: person.id } },
          body: { citizenId: citizenId.trim() },
        }),
      );
      setCitizenId('');
      await cache.invalidateQueries({ queryKey: ['jobseeker', person.id] });
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Card component="section" mb="md" aria-labelledby="verify-title">
      <Stack gap="sm">
        <Title order={2} id="verify-title">
          {t('people.verifyTitle')}
        </Title>
        {person.citizenIdStatus === 'verified' ? (
          <Alert role="status" color="song" icon={<IconShieldCheck aria-hidden />}>
            {t('people.verified', { number: person.citizenId })}
          </Alert>
        ) : (
          <form onSubmit={(event) => void verify(event)}>
            <Group align="flex-end">
              <TextInput
                label={t('profile.field.citizenId')}
                inputMode="numeric"
                autoComplete="off"
                pattern="\d{12}"
                maxLength={12}
                required
                value={citizenId}
                onChange={(event) => setCitizenId(event.currentTarget.value)}
              />
              <Button type="submit" loading={busy}>
                {t('people.verify')}
              </Button>
            </Group>
            <Text size="sm" c="dimmed" mt="xs">
              {t('people.verifyText')}
            </Text>
          </form>
        )}
        {error !== undefined && <ErrorState error={error} withFields />}
      </Stack>
    </Card>
  );
}

/** A walk-in person who lost the code gets a new one; the former ends. */
function NewClaimCode({ person }: { person: Jobseeker }) {
  const { t } = useTranslation();
  const { issued, error, busy, issue } = useIssued(() =>
    call(api.POST('/api/v1/jobseekers/jobseekers/{id}/claim-codes', { params: { path: { id: person.id } } })),
  );
  if (issued) {
    return (
      <Box mb="md">
        <ClaimCodeCard title={t('people.newCode')} code={issued.claimCode} expiresAt={issued.expiresAt} />
      </Box>
    );
  }
  return (
    <Card mb="md">
      <Group justify="space-between">
        <Text>{t('people.noAccount')}</Text>
        <Button variant="default" loading={busy} onClick={issue}>
          {t('people.newCode')}
        </Button>
      </Group>
      {error !== undefined && <ErrorState error={error} />}
    </Card>
  );
}

export default function JobseekerPage() {
  const { t } = useTranslation();
  const id = useParams()['id']!;
  const { data, error, refetch } = useQuery({
    queryKey: ['jobseeker', id],
    queryFn: () => call(api.GET('/api/v1/jobseekers/jobseekers/{id}', { params: { path: { id } } })),
  });
  return (
    <Container size="lg">
      <PageHeader
        title={data?.fullName ?? t('nav.jobseekers')}
        lead={data && t(hasMatchingConsent(data) ? 'people.consents' : 'people.noConsent')}
        backTo="/can-bo/nguoi-tim-viec"
        backText={t('nav.jobseekers')}
      />
      {error && !data && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!error && !data && <ListSkeleton />}
      {data && (
        <>
          <VerifyCitizenId person={data} />
          {!data.hasAccount && <NewClaimCode person={data} />}
          <ProfileForm key={data.id} profile={data} onSaved={() => void refetch()} />
        </>
      )}
    </Container>
  );
}
