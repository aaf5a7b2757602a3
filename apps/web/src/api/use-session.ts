import { useSyncExternalStore } from 'react';
import type { Me, Role } from './models';
import { session, type SessionState } from './session';

export const useSession = (): SessionState => useSyncExternalStore(session.subscribe, session.get);

/** Who is signed in, also while an ended session waits for the password; undefined for visitors. */
export function useMe(): Me | undefined {
  const state = useSession();
  return 'me' in state ? state.me : undefined;
}

/** Whose menu to show: while the session starts, that of who was signed in here last. */
export function useMenuRole(): Role | undefined {
  const state = useSession();
  return state.status === 'starting' ? state.lastRole : 'me' in state ? state.me.role : undefined;
}
