import type { Consent } from '../api/models';

/** The version of the text that the application shows; it is stored with the consent. */
export const matchingConsentVersion = '2026-11';

export const matchingConsent = (person: { consents: Consent[] } | null | undefined): Consent | undefined =>
  person?.consents.find(({ purpose, withdrawnAt }) => purpose === 'matching' && !withdrawnAt);

export const hasMatchingConsent = (person: { consents: Consent[] } | null | undefined): boolean =>
  Boolean(matchingConsent(person));
