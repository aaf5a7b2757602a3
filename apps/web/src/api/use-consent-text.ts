import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, call } from './http';

/** The words that a person agrees to, as the service that keeps the consents has them, and their version. */
export function useConsentText() {
  const { i18n } = useTranslation();
  const { data, error, refetch } = useQuery({
    queryKey: ['consent-texts'],
    staleTime: Infinity,
    queryFn: () => call(api.GET('/api/v1/jobseekers/consent-texts')),
  });
  const text = data?.items.find(({ purpose }) => purpose === 'matching');
  return {
    words: text && (i18n.language === 'en' ? text.en : text.vi),
    version: text?.version,
    error,
    retry: () => void refetch(),
  };
}
