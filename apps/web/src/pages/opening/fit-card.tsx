import { Button, Card, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { api, call } from '../../api/http';
import { useProfile } from '../../api/use-profile';
import { useMe, useSession } from '../../api/use-session';
import { ErrorState } from '../../components/error-state';
import { MatchScore } from '../../components/match-reasons';
import { OpeningReasons } from '../../components/opening-reasons';
import { hasMatchingConsent } from '../../lib/consents';

function useFit(openingId: string, jobseekerId: string | undefined) {
  return useQuery({
    queryKey: ['matches', jobseekerId, 100],
    enabled: Boolean(jobseekerId),
    queryFn: () =>
      call(
        api.GET('/api/v1/matching/jobseekers/{id}/openings', {
          params: { path: { id: jobseekerId! }, query: { limit: 100 } },
        }),
      ),
    select: ({ items }) => items.find(({ opening }) => opening.id === openingId) ?? null,
  });
}

/** "Do I fit?" – for jobseekers the reasons at once, for visitors the way there. */
export function FitCard({ openingId }: { openingId: string }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const { status } = useSession();
  const me = useMe();
  const profile = useProfile();
  const consents = hasMatchingConsent(profile.data);
  const fit = useFit(openingId, consents ? profile.data?.id : undefined);
  if (status === 'starting' || (me && me.role !== 'jobseeker')) return null;

  let body;
  if (!me) {
    body = (
      <>
        <Text>{t('opening.fitVisitor')}</Text>
        <Button component={Link} to={`/dang-nhap?${new URLSearchParams({ tiep: pathname }).toString()}`}>
          {t('shell.signIn')}
        </Button>
        <Button component={Link} to="/dang-ky" variant="default">
          {t('shell.register')}
        </Button>
      </>
    );
  } else if (profile.isPending || (consents && fit.isPending)) {
    body = <Text role="status">{t('loading')}</Text>;
  } else if (profile.error || fit.error) {
    body = <ErrorState error={profile.error ?? fit.error} onRetry={() => void fit.refetch()} />;
  } else if (!consents) {
    body = (
      <>
        <Text>{t(profile.data ? 'opening.fitNoConsent' : 'opening.fitNoProfile')}</Text>
        <Button component={Link} to="/ho-so">
          {t('nav.profile')}
        </Button>
      </>
    );
  } else if (!fit.data) {
    body = <Text>{t('opening.fitNone')}</Text>;
  } else {
    body = (
      <>
        <MatchScore score={fit.data.score} />
        <OpeningReasons match={fit.data} />
      </>
    );
  }
  return (
    <Card>
      <Stack gap="sm">
        <Title order={2}>{t('opening.fit')}</Title>
        {body}
      </Stack>
    </Card>
  );
}
