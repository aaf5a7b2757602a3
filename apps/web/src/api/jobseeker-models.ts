import type { LanguageSkill } from './models';

export type Consent = { purpose: string; givenAt: string; withdrawnAt: string | null; textVersion: string };

export type DesiredPlace = {
  provinceCode: string | null;
  communeCode: string | null;
  radiusKm: number | null;
  countryCode: string | null;
};

export type PastJob = {
  title: string | null;
  occupationCode: string | null;
  months: number | null;
  employerName?: string | null;
  tasks?: string | null;
};

export type CitizenIdStatus = 'none' | 'declared' | 'verified';

/** Mẫu 01a; null is "not stated". Citizen-id and social-insurance numbers arrive masked. */
export type Profile = {
  fullName: string;
  birthDate: string | null;
  gender: string | null;
  citizenId: string | null;
  phone: string | null;
  email: string | null;
  ethnicityCode: string | null;
  permanentAddress: string | null;
  currentAddress: string | null;
  provinceCode: string | null;
  communeCode: string | null;
  areaType: string | null;
  priorityGroups: string[] | null;
  educationLevel: string | null;
  technicalLevel: string | null;
  specialty: string | null;
  activityStatus: string | null;
  inactiveReason: string | null;
  employmentStatus: string | null;
  unemploymentDuration: string | null;
  everWorked: boolean | null;
  socialInsuranceNo: string | null;
  socialInsuranceKind: string | null;
  experience: PastJob[] | null;
  languages: LanguageSkill[] | null;
  itSkills: string[] | null;
  softSkills: string[] | null;
  desiredTitle: string | null;
  desiredOccupationCodes: string[] | null;
  desiredSectorCodes: string[] | null;
  desiredPlaces: DesiredPlace[] | null;
  desiredMarkets: string[] | null;
  desiredPayMin: number | null;
  desiredPayCurrency: string | null;
  contractKind: string | null;
  employmentForm: string | null;
  workConditionLimits: string | null;
  wantsTraining: boolean | null;
  trainingTrade: string | null;
  trainingLevel: string | null;
};

export type Jobseeker = Profile & {
  id: string;
  version: number;
  citizenIdStatus: CitizenIdStatus;
  hasAccount: boolean;
  consents: Consent[];
};

export type GivenConsent = { purpose: 'matching'; textVersion: string; channel?: 'online' | 'paper' };
export type ConsentText = { purpose: string; version: string; vi: string; en: string };

/** The answer to a registration; the code of a walk-in is told this once. */
export type Registered = {
  id: string;
  version: number;
  claimCode: string | null;
  claimCodeExpiresAt: string | null;
};

export type JobseekerListItem = {
  id: string;
  version: number;
  fullName: string;
  birthDate: string | null;
  phone: string | null;
  provinceCode: string | null;
  technicalLevel: string | null;
  desiredTitle: string | null;
  matchingConsent: boolean;
  citizenIdStatus: CitizenIdStatus;
  hasAccount: boolean;
};

export type Duplicate = {
  id: string;
  reasons: string[];
  /** elder first: the one that a merger keeps */
  jobseekers: JobseekerListItem[];
};
