import {
  type ConsentingJobseeker,
  consentingJobseeker,
  withholdingJobseeker,
} from '../jobseekers/jobseeker.js';

/** A welder with two years of experience who has agreed to matching and looks for work in Thái Nguyên. */
export function aJobseeker(changes: Partial<ConsentingJobseeker> = {}): ConsentingJobseeker {
  return consentingJobseeker.parse({
    id: crypto.randomUUID(),
    version: 2,
    consent: true,
    areaProvinceCode: '19',
    provinceCode: '19',
    communeCode: null,
    ofLegalAge: true,
    educationLevel: 'upperSecondary',
    technicalLevel: 'elementary',
    specialty: 'Hàn',
    activityStatus: 'unemployed',
    experience: [{ occupationCode: '7212', title: 'Thợ hàn', months: 24 }],
    experienceMonths: 24,
    languages: [],
    itSkills: [],
    softSkills: [],
    desiredTitle: 'Thợ hàn',
    desiredOccupationCodes: ['7212'],
    desiredPlaces: [{ provinceCode: '19', communeCode: null, radiusKm: null, countryCode: null }],
    desiredPay: { min: 9_000_000, currency: 'VND' },
    contractKind: 'indefinite',
    employmentForm: 'fullTime',
    referralCount: 0,
    ...changes,
  });
}

/** What is known of a person who has not agreed to matching. */
export function aWithholdingJobseeker(changes: { id?: string; version?: number } = {}): {
  id: string;
  version: number;
  consent: false;
} {
  return withholdingJobseeker.parse({
    id: crypto.randomUUID(),
    version: 1,
    consent: false,
    ...changes,
  });
}
