import { type EmployerState, employerTopic, naturalPersonEmployerTypes } from '#contracts';
import type { EventDraft } from '#events';
import type { Employer } from './employer.entity.js';

/**
 * Whether the employer is a natural person, whose name and contact never leave this service. As long as nobody has
 * said what it is, it is taken for one.
 */
export function isNaturalPerson(employer: Pick<Employer, 'employerType'>): boolean {
  return employer.employerType === null || naturalPersonEmployerTypes.includes(employer.employerType);
}

/** The name that may be shown with a posting: null for natural persons. */
function publicName(employer: Pick<Employer, 'employerType' | 'legalName'>): string | null {
  return isNaturalPerson(employer) ? null : employer.legalName;
}

export function employerEvent(employer: Employer, happening: string): EventDraft<EmployerState> {
  const state: EmployerState = {
    id: employer.id,
    version: employer.version,
    employerType: employer.employerType,
    legalName: publicName(employer),
    sectorCode: employer.sectorCode,
    sizeBand: employer.sizeBand,
    provinceCode: employer.provinceCode,
    communeCode: employer.communeCode,
    industrialZone: employer.industrialZone,
    areaType: employer.areaType,
    verificationStatus: employer.verificationStatus,
  };
  return { topic: employerTopic, happening, key: employer.id, state };
}
