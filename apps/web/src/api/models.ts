/** What the services answer, as this application reads it. Codes are those of the value lists. */
export type * from './jobseeker-models';

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
