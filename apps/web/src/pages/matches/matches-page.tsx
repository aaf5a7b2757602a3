import { Alert, Button, Container, Group, List, Stack, Text } from '@mantine/core';
import { IconMoodSearch, IconShieldCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, call } from '../../api/http';
import { ApiError } from '../../api/problem';
import { useProfile } from '../../api/use-profile';
import { EmptyState } from '../../components/empty-state';
import { ErrorState } from '../../components/error-state';
import { MatchScore } from '../../components/match-reasons';
import { OpeningReasons } from '../../components/opening-reasons';
import { OpeningCard } from '../../components/opening-card';
import { PageHeader } from '../../components/page-header';
import { ListSkeleton } from '../../components/skeletons';
import { hasMatchingConsent } from '../../lib/consents';

function Matches({ jobseekerId }: { jobseekerId: string }) {
  const { t } = useTranslation();
  const matches = useQuery({
    queryKey: ['matches', jobseekerId, 50],
    queryFn: () =>
      call(
        api.GET('/api/v1/matching/jobseekers/{id}/openings', {
          params: { path: { id: jobseekerId }, query: { limit: 50 } },
        }),
      ),
    // A profile that was saved a moment ago is on its way to the matching.
    retry: (failures, error) =>
      failures < 15 && error instanceof ApiError && error.code === 'matching.jobseeker-not-found',
    retryDelay: 1_000,
  });
  if (matches.isPending) return <ListSkeleton />;
  if (matches.isError && !matches.data) {
    return <ErrorState error={matches.error} onRetry={() => void matches.refetch()} />;
  }
  const { items } = matches.data;
  if (items.length === 0) {
    return (
      <EmptyState
        icon={IconMoodSearch}
        title={t('matches.emptyTitle')}
        action={
          <Group justify="center">
            <Button component={Link} to="/ho-so">
              {t('matches.completeProfile')}
            </Button>
            <Button component={Link} to="/viec-lam" variant="default">
              {t('nav.search')}
            </Button>
          </Group>
        }
      >
        {t('matches.emptyText')}
      </EmptyState>
    );
  }
  return (
    <Stack gap="md">
      <Stack component="ul" gap="md" p={0} m={0} style={{ listStyle: 'none' }}>
        {items.map((match) => (
          <li key={match.opening.id}>
            <OpeningCard opening={match.opening}>
              <Stack gap="sm">
                <MatchScore score={match.score} />
                <OpeningReasons match={match} />
              </Stack>
            </OpeningCard>
          </li>
        ))}
      </Stack>
    </Stack>
  );
}

export default function MatchesPage() {
  const { t } = useTranslation();
  const profile = useProfile();
  return (
    <Container size="lg">
      <PageHeader title={t('matches.title')} lead={t('matches.lead')} />
      {profile.isPending && <ListSkeleton />}
      {profile.error && <ErrorState error={profile.error} onRetry={() => void profile.refetch()} />}
      {profile.data === null && (
        <EmptyState
          icon={IconMoodSearch}
          title={t('matches.noProfileTitle')}
          action={
            <Button component={Link} to="/dang-ky">
              {t('matches.makeProfile')}
            </Button>
          }
        >
          {t('matches.noProfileText')}
        </EmptyState>
      )}
      {profile.data && !hasMatchingConsent(profile.data) && (
        <Alert icon={<IconShieldCheck aria-hidden />} title={t('matches.noConsentTitle')} variant="light">
          <Stack gap="sm">
            <Text>{t('matches.noConsentText')}</Text>
            <List size="sm">
              <List.Item>{t('matches.noConsentUse')}</List.Item>
              <List.Item>{t('matches.noConsentWithdraw')}</List.Item>
            </List>
            <Button component={Link} to="/ho-so#dong-y" w="fit-content">
              {t('matches.toConsent')}
            </Button>
          </Stack>
        </Alert>
      )}
      {profile.data && hasMatchingConsent(profile.data) && <Matches jobseekerId={profile.data.id} />}
    </Container>
  );
}
