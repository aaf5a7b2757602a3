import { employerState, type EmployerState } from '../openings/employer.js';
import { jobOpeningState, type JobOpeningState } from '../openings/job-opening.js';

/** A published opening for three welders at an industrial zone of Thái Nguyên, 10 to 15 million a month. */
export function anOpening(changes: Partial<JobOpeningState> = {}): JobOpeningState {
  return jobOpeningState.parse({
    id: crypto.randomUUID(),
    version: 3,
    status: 'published',
    source: null,
    sourceId: null,
    employer: { id: crypto.randomUUID(), name: 'Công ty TNHH Cơ khí Sông Công', key: null },
    title: 'Thợ hàn MIG/MAG',
    quantity: 3,
    occupationCode: '7212',
    occupationProposals: [],
    positionLevel: 'worker',
    workplaces: [{ provinceCode: '19', communeCode: null, text: 'KCN Sông Công I' }],
    otherPlacesCount: 0,
    pay: {
      kind: 'monthly',
      min: 10_000_000,
      max: 15_000_000,
      currency: 'VND',
      text: '10 - 15 triệu',
    },
    experience: { minMonths: 12, maxMonths: 24 },
    deadline: '2026-12-31',
    expiresOn: '2026-12-31',
    publishedAt: '2026-11-20T02:00:00.000Z',
    endedAt: null,
    hiredCount: 0,
    hiredViaCentreCount: 0,
    areaProvinceCode: '19',
    details: {
      description: 'Hàn kết cấu thép theo bản vẽ.',
      minEducation: 'lowerSecondary',
      minTechnicalLevel: 'elementary',
      specialty: 'Hàn',
      skillGrade: '3/7',
      languages: [],
      itSkills: [],
      softSkills: [],
      contractKind: '12to36Months',
      employmentForm: 'fullTime',
      workSchedule: 'shift8',
      workPurpose: 'longTerm',
      extraDemands: ['shiftWork'],
      meals: 'một bữa ca',
      benefits: ['BHXH', 'BHYT', 'BHTN'],
      workConditions: null,
      priorityGroups: [],
      recruitMethods: ['trực tiếp'],
      contact: null,
    },
    ...changes,
  });
}

/** An approved private company in Thái Nguyên. */
export function anEmployer(changes: Partial<EmployerState> = {}): EmployerState {
  return employerState.parse({
    id: crypto.randomUUID(),
    version: 2,
    employerType: 'nonState',
    legalName: 'Công ty TNHH Cơ khí Sông Công',
    sectorCode: 'C',
    sizeBand: '51-100',
    provinceCode: '19',
    communeCode: null,
    industrialZone: 'KCN Sông Công I',
    areaType: 'urban',
    verificationStatus: 'approved',
    ...changes,
  });
}
