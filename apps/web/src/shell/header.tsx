import { Burger, Button, Drawer, Group, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, NavLink, useLocation } from 'react-router';
import { useMenuRole, useSession } from '../api/use-session';
import { LanguageSwitch } from './language-switch';
import { navigationFor } from './navigation';
import classes from './shell.module.css';
import { UserMenu } from './user-menu';

function Brand() {
  const { t } = useTranslation();
  return (
    <Link to="/" className="nv-brand">
      {t('product')}
    </Link>
  );
}

function Links({ className }: { className?: string }) {
  const { t } = useTranslation();
  return navigationFor(useMenuRole()).map(({ to, text }) => (
    <li key={to}>
      <NavLink to={to} className={className}>
        {t(text)}
      </NavLink>
    </li>
  ));
}

/** Where to come back to after signing in; the sign-in pages themselves are no such place. */
function useReturnPath(): string {
  const { pathname, search } = useLocation();
  return ['/', '/dang-nhap', '/dang-ky'].includes(pathname)
    ? ''
    : `?${new URLSearchParams({ tiep: pathname + search }).toString()}`;
}

function VisitorButtons({ stacked }: { stacked?: boolean }) {
  const { t } = useTranslation();
  const back = useReturnPath();
  return (
    <>
      <Button component={Link} to={`/dang-nhap${back}`} variant="subtle" px="sm" fullWidth={stacked}>
        {t('shell.signIn')}
      </Button>
      <Button component={Link} to="/dang-ky" fullWidth={stacked}>
        {t('shell.register')}
      </Button>
    </>
  );
}

export function Header() {
  const { t } = useTranslation();
  const [opened, { toggle, close }] = useDisclosure(false);
  const { pathname } = useLocation();
  const { status } = useSession();
  useEffect(close, [pathname, close]);
  const visitor = status === 'anonymous';

  return (
    <header className="nv-header">
      <div className="nv-bar">
        <Brand />
        <nav aria-label={t('shell.nav')} style={{ display: 'contents' }}>
          <ul className={classes.nav}>
            <Links className={classes.link} />
          </ul>
        </nav>
        <span className={classes.spring} />
        <Group gap="xs" wrap="nowrap">
          <LanguageSwitch />
          <Group gap="xs" wrap="nowrap" visibleFrom="sm">
            {visitor && <VisitorButtons />}
          </Group>
          <UserMenu />
        </Group>
        <Burger
          hiddenFrom="md"
          opened={opened}
          onClick={toggle}
          aria-label={opened ? t('shell.closeMenu') : t('shell.menu')}
        />
      </div>
      <Drawer
        opened={opened}
        onClose={close}
        position="right"
        size="min(20rem, 86vw)"
        title={t('product')}
        closeButtonProps={{ 'aria-label': t('shell.closeMenu'), size: 'lg' }}
      >
        <nav aria-label={t('shell.menuNav')}>
          <Stack component="ul" gap={4} p={0} m={0} style={{ listStyle: 'none' }}>
            <Links className={classes.drawerLink} />
          </Stack>
        </nav>
        {visitor && (
          <Stack gap="xs" mt="lg">
            <VisitorButtons stacked />
          </Stack>
        )}
      </Drawer>
    </header>
  );
}
