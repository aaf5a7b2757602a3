/** What the services answer, as this application reads it. Codes are those of the value lists. */

export type Role =
  'jobseeker' | 'centreOfficer' | 'employer' | 'school' | 'agency' | 'departmentOfficer' | 'administrator';

export type Page<T> = { items: T[]; total: number; totalIsExact: boolean; nextCursor?: string };

export type Me = {
  id: string;
  email: string;
  name: string;
  role: Role;
  organisation?: { id: string; name: string; kind: string } | null;
  areas: string[];
};

export type Account = {
  id: string;
  version: number;
  email: string;
  fullName: string;
  role: Role;
  organisationId: string | null;
  organisationName: string | null;
  areas: string[];
  narrowedAreas: string[] | null;
  status: 'active' | 'locked';
};

export type Organisation = {
  id: string;
  version: number;
  name: string;
  kind: string;
  naturalPerson: boolean;
  /** province codes; `*` alone is the whole country */
  areas: string[];
  status: 'active' | 'suspended';
};

/** Places and occupations come with their names; the others are codes of value lists. */
export type FacetValue = { value: string; label: string | null; count: number };

/** Amounts are integer minor units of the currency; null is unknown, never 0. */
export type Pay = {
  kind: string | null;
  min: number | null;
  max: number | null;
  currency: string | null;
  text?: string | null;
};

/** Half-open range in months; both null is unknown, 0–0 is "none asked". */
export type Experience = { minMonths: number | null; maxMonths: number | null };

export type Workplace = {
  provinceCode: string | null;
  provinceName?: string | null;
  communeCode?: string | null;
  communeName?: string | null;
  text?: string | null;
};

export type OpeningHit = {
  id: string;
  sourceId?: string | null;
  title: string;
  titleHighlighted?: string | null;
  employerName: string | null;
  workplaces: Workplace[];
  otherPlacesCount: number;
  pay: Pay;
  experience: Experience;
  occupationCode: string | null;
  occupationName: string | null;
  positionLevel: string | null;
  employmentForm: string | null;
  publishedAt: string | null;
  deadline: string | null;
};

export type SearchAnswer = Page<OpeningHit> & {
  facets?: Record<string, FacetValue[]>;
  corrected?: { from: string; to: string } | null;
  /** `relaxed`: no opening has all the words, these have most */
  understanding?: { relaxed?: boolean } | null;
};

export type Suggestion = { text: string; kind: 'occupation' | 'title' | 'place' };

export type LanguageSkill = { code: string; certificate?: string | null; proficiency?: string | null };

export type WorkConditions = {
  place: string | null;
  lifting: string | null;
  standing: string | null;
  hearing: string | null;
  vision: string | null;
  handWork: string | null;
  hands: string | null;
};

export type OpeningDetails = {
  description: string | null;
  minEducation: string | null;
  minTechnicalLevel: string | null;
  specialty: string | null;
  skillGrade: string | null;
  languages: LanguageSkill[];
  itSkills: string[];
  softSkills: string[];
  contractKind: string | null;
  employmentForm: string | null;
  workSchedule: string | null;
  workPurpose: string | null;
  extraDemands: string[];
  meals: string | null;
  benefits: string[];
  workConditions: WorkConditions | null;
  priorityGroups: string[];
  recruitMethods: string[];
  contact: { name: string | null; phone: string | null; email: string | null; address: string | null } | null;
};

/** A job opening (Mẫu 01) as its owner service answers it. */
export type JobOpening = {
  id: string;
  version: number;
  status: string;
  source?: string | null;
  sourceId?: string | null;
  employer: { id: string | null; name: string | null; key?: string | null };
  title: string;
  quantity: number | null;
  occupationCode: string | null;
  occupationName?: string | null;
  positionLevel: string | null;
  workplaces: Workplace[];
  otherPlacesCount: number;
  pay: Pay;
  experience: Experience;
  deadline: string | null;
  expiresOn?: string | null;
  publishedAt?: string | null;
  endedAt?: string | null;
  hiredCount?: number;
  hiredViaCentreCount?: number;
  returnReason?: string | null;
  details: OpeningDetails;
  /** what the caller may do with it now: submit, approve, return, close, reopen, markFilled, edit */
  actions?: string[];
};

export type Employer = {
  id: string;
  version: number;
  registrationNo?: string | null;
  legalName: string;
  employerType: string | null;
  sectorCode: string | null;
  sizeBand: string | null;
  provinceCode: string | null;
  communeCode: string | null;
  addressLine?: string | null;
  phone?: string | null;
  email?: string | null;
  verificationStatus: string;
};

export type ImportJob = {
  id: string;
  status: string;
  progress: { read: number; accepted: number; unchanged: number; rejected: number; total: number | null };
  startedAt: string | null;
  finishedAt: string | null;
};

export type Rejection = {
  line: number;
  field: string | null;
  code: string;
  reason: string;
  value: string | null;
};

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

/** A value that was compared: a code, an amount, a number of months, words. */
export type ComparedValue = string | number | string[] | null;

export type Criterion = {
  criterion: string;
  outcome: 'met' | 'partial' | 'missing' | 'unknown';
  points: number;
  maxPoints: number;
  wanted: ComparedValue;
  offered: ComparedValue;
  missing?: string[];
};

type Explained = { score: number; weightsVersion: number; criteria: Criterion[] };
export type MatchedOpening = Explained & { opening: OpeningHit };
export type MatchedJobseeker = Explained & {
  fullName: string | null;
  jobseeker: {
    id: string;
    provinceCode: string | null;
    communeCode: string | null;
    desiredTitle: string | null;
    technicalLevel: string | null;
  };
};

export type AdministrativeUnit = {
  code: string;
  name: string;
  fullName?: string;
  parentCode?: string | null;
};
export type Occupation = { code: string; level: number; nameVi: string; nameEn?: string | null };
