import { Box, Container, Text } from '@mantine/core';
import { useNetwork } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { Outlet, ScrollRestoration, useNavigation } from 'react-router';
import { Header } from './header';
import { SessionDialog } from './session-dialog';
import classes from './shell.module.css';

export function AppShell() {
  const { t } = useTranslation();
  const { online } = useNetwork();
  const busy = useNavigation().state === 'loading';
  return (
    <div className={classes.shell}>
      <a className="nv-skip" href="#main">
        {t('skip')}
      </a>
      <Header />
      <div className={classes.progress} data-busy={busy || undefined} aria-hidden />
      <Box role="status" className={online ? 'nv-visually-hidden' : classes.offline}>
        {online ? '' : t('shell.offline')}
      </Box>
      <main id="main" tabIndex={-1} className={classes.main}>
        <Outlet />
      </main>
      <footer className={classes.footer}>
        <Container size="xl">
          <Text size="sm" c="dimmed">
            {t('shell.footer')}
          </Text>
        </Container>
      </footer>
      <SessionDialog />
      <ScrollRestoration />
    </div>
  );
}
