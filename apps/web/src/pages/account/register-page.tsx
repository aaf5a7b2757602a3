import { Anchor, Card, Container, Stepper, Text } from '@mantine/core';
import { notify } from '../../lib/notify';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useNavigate } from 'react-router';
import { useProfile } from '../../api/use-profile';
import { useMe, useSession } from '../../api/use-session';
import { PageHeader } from '../../components/page-header';
import { PageSkeleton } from '../../components/skeletons';
import { homeOf } from '../../shell/navigation';
import { useFocusKept } from '../../shell/navigation-focus';
import { AccountStep } from './account-step';
import { FirstProfileStep } from './first-profile-step';

export default function RegisterPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { status } = useSession();
  const me = useMe();
  const profile = useProfile();
  useFocusKept(Boolean(me) && !profile.isPending);
  if (status === 'starting' || (me?.role === 'jobseeker' && profile.isPending)) return <PageSkeleton />;
  if (me && (me.role !== 'jobseeker' || profile.data)) return <Navigate replace to={homeOf(me.role)} />;

  const done = () => {
    notify(t('account.register.done'));
    void navigate('/viec-phu-hop');
  };
  return (
    <Container size={640} pt="md">
      <PageHeader title={t('account.register.title')} />
      <Stepper active={me ? 1 : 0} size="sm" mb="md" allowNextStepsSelect={false} aria-hidden>
        <Stepper.Step label={t('account.register.stepAccount')} tabIndex={-1} />
        <Stepper.Step label={t('account.register.stepProfile')} tabIndex={-1} />
      </Stepper>
      <Card>{me ? <FirstProfileStep onDone={done} /> : <AccountStep />}</Card>
      {!me && (
        <Text mt="md" ta="center">
          {t('account.register.haveAccount')}{' '}
          <Anchor component={Link} to="/dang-nhap" underline="always">
            {t('account.signIn.title')}
          </Anchor>
        </Text>
      )}
    </Container>
  );
}
