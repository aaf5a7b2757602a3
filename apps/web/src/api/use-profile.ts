import { useQuery } from '@tanstack/react-query';
import { api, call } from './http';
import { ApiError } from './problem';
import { useMe } from './use-session';

export const profileKey = ['profile', 'me'];

/** The profile of the jobseeker who is signed in; null while they have none. */
export function useProfile() {
  const me = useMe();
  return useQuery({
    queryKey: profileKey,
    enabled: me?.role === 'jobseeker',
    queryFn: async () => {
      try {
        return await call(api.GET('/api/v1/jobseekers/jobseekers/me'));
      } catch (error) {
        if (error instanceof ApiError && error.status === 404) return null;
        throw error;
      }
    },
  });
}
