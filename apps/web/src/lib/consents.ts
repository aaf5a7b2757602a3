import type { Consent } from '../api/models';

export const matchingConsent = (person: { consents: Consent[] } | null | undefined): Consent | undefined =>
  person?.consents.find(({ purpose, withdrawnAt }) => purpose === 'matching' && !withdrawnAt);

export const hasMatchingConsent = (person: { consents: Consent[] } | null | undefined): boolean =>
  Boolean(matchingConsent(person));
