import { type JobseekerState, jobseekerTopic } from '#contracts';
import type { EventDraft } from '#events';
import { localDate } from '#reference';
import { hasReached, LEGAL_AGE } from './age.js';
import type { Jobseeker } from './jobseeker.entity.js';

/** What can happen to a jobseeker, as the contract names it. */
export type Happening =
  'registered' | 'revised' | 'consent-given' | 'consent-withdrawn' | 'merged' | 'erased' | 'restated';

/**
 * The jobseeker as events carry it: what matching needs and nothing that names the person; without consent only
 * that the person exists.
 */
function stateOf(jobseeker: Jobseeker, today = localDate()): JobseekerState {
  const { id, version, form } = jobseeker;
  if (!jobseeker.matchingConsent) return { id, version, consent: false };
  return {
    id,
    version,
    consent: true,
    areaProvinceCode: jobseeker.areaProvinceCode,
    provinceCode: jobseeker.provinceCode,
    communeCode: jobseeker.communeCode,
    ofLegalAge: hasReached(LEGAL_AGE, jobseeker.birthDate, today),
    educationLevel: form.educationLevel,
    technicalLevel: jobseeker.technicalLevel as Extract<JobseekerState, { consent: true }>['technicalLevel'],
    specialty: form.specialty,
    activityStatus: jobseeker.activityStatus as Extract<JobseekerState, { consent: true }>['activityStatus'],
    experience: form.experience.map(({ occupationCode, title, months }) => ({
      occupationCode,
      title,
      months,
    })),
    experienceMonths: form.experienceMonths,
    languages: form.languages.map(({ code, proficiency }) => ({ code, proficiency })),
    itSkills: form.itSkills,
    softSkills: form.softSkills,
    desiredTitle: form.desiredTitle,
    desiredOccupationCodes: form.desiredOccupationCodes,
    desiredPlaces: form.desiredPlaces,
    desiredPay: { min: form.desiredPayMin, currency: form.desiredPayCurrency },
    contractKind: form.contractKind,
    employmentForm: form.employmentForm,
    referralCount: null,
  };
}

/** The event of a change. Notes on the jobseeker what it tells of the legal age: store the jobseeker after it. */
export function jobseekerEvent(
  jobseeker: Jobseeker,
  happening: Happening,
  today?: string,
): EventDraft<JobseekerState> {
  const state = stateOf(jobseeker, today);
  jobseeker.publishedOfLegalAge = state.consent ? state.ofLegalAge : null;
  return { topic: jobseekerTopic, happening, key: jobseeker.id, state };
}

/** The profile is gone, by erasure or into another one: the log forgets it too. */
export function tombstone(id: string, happening: 'merged' | 'erased'): EventDraft<JobseekerState> {
  return { topic: jobseekerTopic, happening, key: id, state: null };
}
