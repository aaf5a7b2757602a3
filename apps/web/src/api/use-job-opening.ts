import { useQuery } from '@tanstack/react-query';
import { api, call } from './http';

/** An opening as its owner service shows it to those who manage it. */
export const useJobOpening = (id: string) =>
  useQuery({
    queryKey: ['job-opening', id],
    queryFn: () => call(api.GET('/api/v1/openings/job-openings/{id}', { params: { path: { id } } })),
  });
