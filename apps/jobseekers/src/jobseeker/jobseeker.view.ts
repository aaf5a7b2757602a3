import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Consent, consentsOf, ledgerOf } from '../consent/consent-ledger.js';
import { IdentifierVault } from '../identifiers/identifier-vault.js';
import { FULL_AGE, hasReached, LEGAL_AGE } from './age.js';
import type { Jobseeker } from './jobseeker.entity.js';
import type { ProfileColumns, ProfileForm } from './profile.js';

export type CitizenIdStatus = 'none' | 'declared' | 'verified';

/** A whole profile, for the person and the officers of the area. Numbers of documents are masked. */
export type JobseekerView = ProfileColumns &
  ProfileForm & {
    id: string;
    version: number;
    dataSource: string;
    areaProvinceCode: string | null;
    citizenId: string | null;
    citizenIdStatus: CitizenIdStatus;
    citizenIdVerifiedAt: string | null;
    socialInsuranceNo: string | null;
    hasAccount: boolean;
    /** 15 or older today; null = unknown. */
    ofLegalAge: boolean | null;
    /** 18 or older today; null = unknown. */
    adult: boolean | null;
    consents: Consent[];
    registeredAt: string;
    updatedAt: string;
  };

/** A profile in a list. */
export interface JobseekerListItem {
  id: string;
  version: number;
  fullName: string;
  birthDate: string | null;
  gender: string | null;
  phone: string | null;
  provinceCode: string | null;
  communeCode: string | null;
  activityStatus: string | null;
  technicalLevel: string | null;
  desiredTitle: string | null;
  matchingConsent: boolean;
  citizenIdStatus: CitizenIdStatus;
  hasAccount: boolean;
  registeredAt: string;
}

@Injectable()
export class JobseekerViews {
  constructor(private readonly vault: IdentifierVault) {}

  async view(tx: EntityManager, jobseeker: Jobseeker): Promise<JobseekerView> {
    const { id, birthDate } = jobseeker;
    return {
      id,
      version: jobseeker.version,
      dataSource: jobseeker.dataSource,
      areaProvinceCode: jobseeker.areaProvinceCode,
      fullName: jobseeker.fullName,
      birthDate,
      gender: jobseeker.gender,
      phone: jobseeker.phone,
      email: jobseeker.email,
      ethnicityCode: jobseeker.ethnicityCode,
      provinceCode: jobseeker.provinceCode,
      communeCode: jobseeker.communeCode,
      priorityGroups: jobseeker.priorityGroups,
      technicalLevel: jobseeker.technicalLevel,
      activityStatus: jobseeker.activityStatus,
      ...jobseeker.form,
      citizenId: await this.vault.masked(tx, id, 'citizenId', jobseeker.citizenIdSealed),
      citizenIdStatus: citizenIdStatus(jobseeker),
      citizenIdVerifiedAt: jobseeker.citizenIdVerifiedAt?.toISOString() ?? null,
      socialInsuranceNo: await this.vault.masked(
        tx,
        id,
        'socialInsuranceNo',
        jobseeker.socialInsuranceSealed,
      ),
      hasAccount: jobseeker.accountId !== null,
      ofLegalAge: hasReached(LEGAL_AGE, birthDate),
      adult: hasReached(FULL_AGE, birthDate),
      consents: consentsOf(await ledgerOf(tx, id)),
      registeredAt: jobseeker.registeredAt.toISOString(),
      updatedAt: jobseeker.updatedAt.toISOString(),
    };
  }
}

export function listItem(jobseeker: Jobseeker): JobseekerListItem {
  return {
    id: jobseeker.id,
    version: jobseeker.version,
    fullName: jobseeker.fullName,
    birthDate: jobseeker.birthDate,
    gender: jobseeker.gender,
    phone: jobseeker.phone,
    provinceCode: jobseeker.provinceCode,
    communeCode: jobseeker.communeCode,
    activityStatus: jobseeker.activityStatus,
    technicalLevel: jobseeker.technicalLevel,
    desiredTitle: jobseeker.form.desiredTitle,
    matchingConsent: jobseeker.matchingConsent,
    citizenIdStatus: citizenIdStatus(jobseeker),
    hasAccount: jobseeker.accountId !== null,
    registeredAt: jobseeker.registeredAt.toISOString(),
  };
}

function citizenIdStatus(jobseeker: Jobseeker): CitizenIdStatus {
  if (!jobseeker.citizenIdIndex) return 'none';
  return jobseeker.citizenIdVerifiedAt ? 'verified' : 'declared';
}
