import { Anchor, Card, Container, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useNavigate, useSearchParams } from 'react-router';
import { useMe } from '../../api/use-session';
import { PageHeader } from '../../components/page-header';
import { localPath } from '../../lib/local-path';
import { homeOf } from '../../shell/navigation';
import { SignInForm } from './sign-in-form';

export default function SignInPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const next = localPath(search.get('tiep'));
  const me = useMe();
  if (me) return <Navigate replace to={next ?? homeOf(me.role)} />;
  return (
    <Container size={480} pt="md">
      <PageHeader title={t('account.signIn.title')} />
      <Card>
        <SignInForm onSignedIn={(user) => void navigate(next ?? homeOf(user.role), { replace: true })} />
        <Text mt="lg">
          {t('account.signIn.noAccount')}{' '}
          <Anchor component={Link} to="/dang-ky" underline="always">
            {t('account.signIn.register')}
          </Anchor>
        </Text>
        <Text mt="xs">
          <Anchor component={Link} to="/mat-khau" underline="always">
            {t('account.password.set')}
          </Anchor>
        </Text>
        <Text mt="xs" size="sm" c="dimmed">
          {t('account.signIn.claimHint')}
        </Text>
      </Card>
    </Container>
  );
}
