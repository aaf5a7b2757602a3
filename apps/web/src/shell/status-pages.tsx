import { Button, Container, Group } from '@mantine/core';
import { IconLock, IconMapOff, IconMoodSad } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useRouteError } from 'react-router';
import { ApiError } from '../api/problem';
import { EmptyState } from '../components/empty-state';
import { ErrorState } from '../components/error-state';
import { usePageTitle } from '../components/page-header';

function Home() {
  const { t } = useTranslation();
  return (
    <Button component={Link} to="/">
      {t('home')}
    </Button>
  );
}

export function NotFoundPage() {
  const { t } = useTranslation();
  usePageTitle(t('errors.notFound.title'));
  return (
    <Container size="sm" pt="xl">
      <EmptyState heading icon={IconMapOff} title={t('errors.notFound.title')} action={<Home />}>
        {t('errors.notFound.text')}
      </EmptyState>
    </Container>
  );
}

export function ForbiddenPage() {
  const { t } = useTranslation();
  usePageTitle(t('errors.forbidden.title'));
  return (
    <Container size="sm" pt="xl">
      <EmptyState heading icon={IconLock} title={t('errors.forbidden.title')} action={<Home />}>
        {t('errors.forbidden.text')}
      </EmptyState>
    </Container>
  );
}

/** A page that failed, or whose code could not be fetched (server down, offline, a newer version deployed). */
export function CrashPage() {
  const { t } = useTranslation();
  const error = useRouteError();
  const reload = () => window.location.reload();
  usePageTitle(t('errors.crash.title'));
  if (error instanceof ApiError) {
    return (
      <Container size="sm" pt="xl">
        <ErrorState error={error} onRetry={reload} />
      </Container>
    );
  }
  return (
    <Container size="sm" pt="xl">
      <EmptyState
        heading
        icon={IconMoodSad}
        title={t('errors.crash.title')}
        action={
          <Group>
            <Button onClick={reload}>{t('reload')}</Button>
            <Home />
          </Group>
        }
      >
        {t('errors.crash.text')}
      </EmptyState>
    </Container>
  );
}
