import { createBrowserRouter, type RouteObject } from 'react-router';
import type { Role } from './api/models';
import { type Path, paths } from './paths';
import { AppShell } from './shell/app-shell';
import { pageChanged } from './shell/navigation-focus';
import { keepers, placing, posting } from './shell/navigation';
import { RequireRole } from './shell/require-role';
import { forgetServedHead } from './shell/served-head';
import { CrashPage, NotFoundPage } from './shell/status-pages';

type Page = {
  /** Fetched when it is first visited. */
  load: () => Promise<{ default: React.ComponentType }>;
  /** Who is shown it; everybody where it is left out. */
  roles?: readonly Role[];
};

const search = () => import('./pages/search/search-page');

const pages: Record<Path, Page> = {
  '/': { load: search },
  '/viec-lam': { load: search },
  '/viec-lam/:id': { load: () => import('./pages/opening/opening-page') },
  '/dang-nhap': { load: () => import('./pages/account/sign-in-page') },
  '/dang-ky': { load: () => import('./pages/account/register-page') },
  '/nhan-ho-so': { load: () => import('./pages/account/claim-page') },
  '/mat-khau': { load: () => import('./pages/account/password-page') },
  '/ho-so': { load: () => import('./pages/profile/profile-page'), roles: ['jobseeker'] },
  '/viec-phu-hop': { load: () => import('./pages/matches/matches-page'), roles: ['jobseeker'] },
  '/can-bo/tin-tuyen-dung': { load: () => import('./pages/officer/openings-page'), roles: posting },
  '/can-bo/tin-tuyen-dung/moi': { load: () => import('./pages/officer/opening-new-page'), roles: posting },
  '/can-bo/tin-tuyen-dung/:id': { load: () => import('./pages/officer/opening-manage-page'), roles: posting },
  '/can-bo/tin-tuyen-dung/:id/sua': {
    load: () => import('./pages/officer/opening-edit-page'),
    roles: posting,
  },
  '/can-bo/tin-tuyen-dung/:id/ung-vien': {
    load: () => import('./pages/officer/candidates-page'),
    roles: placing,
  },
  '/can-bo/nguoi-tim-viec': { load: () => import('./pages/people/jobseekers-page'), roles: placing },
  '/can-bo/nguoi-tim-viec/moi': { load: () => import('./pages/people/walk-in-page'), roles: placing },
  '/can-bo/nguoi-tim-viec/:id': { load: () => import('./pages/people/jobseeker-page'), roles: placing },
  '/can-bo/ho-so-trung': { load: () => import('./pages/people/duplicates-page'), roles: placing },
  '/can-bo/doanh-nghiep': { load: () => import('./pages/employers/employers-page'), roles: keepers },
  '/can-bo/doanh-nghiep/:id': { load: () => import('./pages/employers/employer-page'), roles: keepers },
  '/can-bo/nhap-tin': { load: () => import('./pages/imports/imports-page'), roles: keepers },
  '/quan-tri/tai-khoan': { load: () => import('./pages/admin/accounts-page'), roles: ['administrator'] },
  '/quan-tri/to-chuc': { load: () => import('./pages/admin/organisations-page'), roles: ['administrator'] },
};

function routeOf(path: Path): RouteObject {
  const { load, roles } = pages[path];
  return {
    path,
    lazy: async () => {
      const { default: Page } = await load();
      const guarded = () => (roles ? <RequireRole roles={roles}>{<Page />}</RequireRole> : <Page />);
      return { Component: guarded };
    },
  };
}

export const router = createBrowserRouter([
  {
    Component: AppShell,
    ErrorBoundary: CrashPage,
    children: [
      {
        ErrorBoundary: CrashPage,
        children: [...paths.map(routeOf), { path: '*', Component: NotFoundPage }],
      },
    ],
  },
]);

let path = router.state.location.pathname;
router.subscribe(({ location }) => {
  if (location.pathname === path) return;
  pageChanged();
  forgetServedHead();
  path = location.pathname;
});
