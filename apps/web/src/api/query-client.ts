import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './problem';
import { session } from './session';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      networkMode: 'always',
      // A refusal stays one when asked again; only silence and a troubled server are worth another try.
      retry: (failures, error) =>
        failures < 2 && (!(error instanceof ApiError) || error.status === 0 || error.status >= 502),
    },
    mutations: { networkMode: 'always' },
  },
});

let owner: string | undefined;

/** What one user has fetched is not shown to the next. */
session.subscribe(() => {
  const state = session.get();
  const next = 'me' in state ? state.me.id : undefined;
  if (owner && owner !== next) queryClient.clear();
  owner = next;
});
