import { v7 as uuidv7 } from 'uuid';
import { fold } from '#reference';
import { Jobseeker } from './jobseeker.entity.js';
import type { CheckedProfile } from './profile.js';

/** A profile as it begins: without numbers of documents and without consent. */
export function newJobseeker(
  { columns, form }: CheckedProfile,
  origin: Pick<Jobseeker, 'accountId' | 'dataSource' | 'areaProvinceCode'>,
): Jobseeker {
  const now = new Date();
  return Object.assign(new Jobseeker(), columns, origin, {
    id: uuidv7(),
    version: 1,
    fullNameFolded: fold(columns.fullName),
    citizenIdSealed: null,
    citizenIdIndex: null,
    citizenIdVerifiedAt: null,
    socialInsuranceSealed: null,
    socialInsuranceIndex: null,
    matchingConsent: false,
    publishedOfLegalAge: null,
    form,
    registeredAt: now,
    updatedAt: now,
  });
}
