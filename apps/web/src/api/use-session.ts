import { useSyncExternalStore } from 'react';
import type { Me } from './models';
import { session, type SessionState } from './session';

export const useSession = (): SessionState => useSyncExternalStore(session.subscribe, session.get);

/** Who is signed in, also while an ended session waits for the password; undefined for visitors. */
export function useMe(): Me | undefined {
  const state = useSession();
  return 'me' in state ? state.me : undefined;
}
