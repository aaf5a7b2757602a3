import { createBrowserRouter, type RouteObject } from 'react-router';
import type { Role } from './api/models';
import { AppShell } from './shell/app-shell';
import { pageChanged } from './shell/navigation-focus';
import { RequireRole } from './shell/require-role';
import { CrashPage, NotFoundPage } from './shell/status-pages';

type PageModule = { default: React.ComponentType };

/** A page fetched when it is first visited; with roles, shown only to them. */
function page(path: string, load: () => Promise<PageModule>, roles?: readonly Role[]): RouteObject {
  return {
    path,
    lazy: async () => {
      const { default: Page } = await load();
      const guarded = () => (roles ? <RequireRole roles={roles}>{<Page />}</RequireRole> : <Page />);
      return { Component: guarded };
    },
  };
}

const search = () => import('./pages/search/search-page');

export const router = createBrowserRouter([
  {
    Component: AppShell,
    ErrorBoundary: CrashPage,
    HydrateFallback: () => null,
    children: [
      {
        ErrorBoundary: CrashPage,
        children: [
          page('/', search),
          page('/viec-lam', search),
          page('/dang-nhap', () => import('./pages/account/sign-in-page')),
          page('/viec-lam/:id', () => import('./pages/opening/opening-page')),
          page('/dang-ky', () => import('./pages/account/register-page')),
          page('/nhan-ho-so', () => import('./pages/account/claim-page')),
          page('/ho-so', () => import('./pages/profile/profile-page'), ['jobseeker']),
          page('/viec-phu-hop', () => import('./pages/matches/matches-page'), ['jobseeker']),
          { path: '*', Component: NotFoundPage },
        ],
      },
    ],
  },
]);

let path = router.state.location.pathname;
router.subscribe(({ location }) => {
  if (location.pathname !== path) pageChanged();
  path = location.pathname;
});
