import type { ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router';
import type { Role } from '../api/models';
import { useSession } from '../api/use-session';
import { PageSkeleton } from '../components/skeletons';
import { ForbiddenPage } from './status-pages';

/** Spares users refusals; what anybody may do is decided by the services. */
export function RequireRole({ roles, children }: { roles: readonly Role[]; children: ReactNode }) {
  const state = useSession();
  const { pathname, search } = useLocation();
  if (state.status === 'starting') return <PageSkeleton />;
  if (state.status === 'anonymous') {
    return (
      <Navigate replace to={`/dang-nhap?${new URLSearchParams({ tiep: pathname + search }).toString()}`} />
    );
  }
  return roles.includes(state.me.role) ? children : <ForbiddenPage />;
}
