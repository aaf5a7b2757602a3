import { Button, Container } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useProfile } from '../../api/use-profile';
import { EmptyState } from '../../components/empty-state';
import { ErrorState } from '../../components/error-state';
import { PageHeader } from '../../components/page-header';
import { ListSkeleton } from '../../components/skeletons';
import { ConsentSection } from './consent-section';
import { DataRights } from './data-rights';
import { ProfileForm } from './profile-form';

export default function ProfilePage() {
  const { t } = useTranslation();
  const profile = useProfile();
  return (
    <Container size="lg">
      <PageHeader title={t('profile.title')} lead={t('profile.lead')} />
      {profile.isPending && <ListSkeleton />}
      {profile.error && <ErrorState error={profile.error} onRetry={() => void profile.refetch()} />}
      {profile.data === null && (
        <EmptyState
          icon={IconUserPlus}
          title={t('matches.noProfileTitle')}
          action={
            <>
              <Button component={Link} to="/dang-ky">
                {t('matches.makeProfile')}
              </Button>
              <Button component={Link} to="/nhan-ho-so" variant="default">
                {t('account.register.claimInstead')}
              </Button>
            </>
          }
        >
          {t('matches.noProfileText')}
        </EmptyState>
      )}
      {profile.data && (
        <>
          <ConsentSection profile={profile.data} />
          <ProfileForm key={profile.data.id} profile={profile.data} />
          <DataRights profile={profile.data} />
        </>
      )}
    </Container>
  );
}
