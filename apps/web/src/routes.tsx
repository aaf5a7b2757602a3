import { createBrowserRouter, type RouteObject } from 'react-router';
import type { Role } from './api/models';
import { AppShell } from './shell/app-shell';
import { pageChanged } from './shell/navigation-focus';
import { keepers, posting } from './shell/navigation';
import { RequireRole } from './shell/require-role';
import { forgetServedHead } from './shell/served-head';
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

const officer: Role[] = ['centreOfficer'];
const search = () => import('./pages/search/search-page');

export const router = createBrowserRouter([
  {
    Component: AppShell,
    ErrorBoundary: CrashPage,
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
          page('/can-bo/tin-tuyen-dung', () => import('./pages/officer/openings-page'), posting),
          page('/can-bo/tin-tuyen-dung/moi', () => import('./pages/officer/opening-new-page'), posting),
          page('/can-bo/tin-tuyen-dung/:id', () => import('./pages/officer/opening-manage-page'), posting),
          page('/can-bo/tin-tuyen-dung/:id/sua', () => import('./pages/officer/opening-edit-page'), posting),
          page(
            '/can-bo/tin-tuyen-dung/:id/ung-vien',
            () => import('./pages/officer/candidates-page'),
            keepers,
          ),
          page('/can-bo/nguoi-tim-viec', () => import('./pages/people/jobseekers-page'), officer),
          page('/can-bo/nguoi-tim-viec/moi', () => import('./pages/people/walk-in-page'), officer),
          page('/can-bo/nguoi-tim-viec/:id', () => import('./pages/people/jobseeker-page'), officer),
          page('/can-bo/ho-so-trung', () => import('./pages/people/duplicates-page'), officer),
          page('/can-bo/doanh-nghiep', () => import('./pages/employers/employers-page'), keepers),
          page('/can-bo/doanh-nghiep/:id', () => import('./pages/employers/employer-page'), keepers),
          page('/can-bo/nhap-tin', () => import('./pages/imports/imports-page'), keepers),
          page('/mat-khau', () => import('./pages/account/password-page')),
          page('/quan-tri/tai-khoan', () => import('./pages/admin/accounts-page'), ['administrator']),
          page('/quan-tri/to-chuc', () => import('./pages/admin/organisations-page'), ['administrator']),
          { path: '*', Component: NotFoundPage },
        ],
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
