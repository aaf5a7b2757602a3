import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { IdentifierVault } from '../identifiers/identifier-vault.js';
import type { Jobseeker } from './jobseeker.entity.js';
import type { CheckedProfile } from './profile.js';

/** Puts the numbers of documents into profiles. */
@Injectable()
export class IdentifierSealer {
  constructor(private readonly vault: IdentifierVault) {}

  /** Given numbers sealed, null ones removed; a citizen id that was put in is not a verified one. */
  async apply(
    tx: EntityManager,
    jobseeker: Jobseeker,
    { citizenId, socialInsuranceNo }: CheckedProfile['identifiers'],
  ): Promise<void> {
    if (citizenId !== undefined) {
      const stored = citizenId ? await this.vault.seal(tx, jobseeker.id, 'citizenId', citizenId) : undefined;
      jobseeker.citizenIdSealed = stored?.sealed ?? null;
      jobseeker.citizenIdIndex = stored?.index ?? null;
      jobseeker.citizenIdVerifiedAt = null;
    }
    if (socialInsuranceNo !== undefined) {
      const stored = socialInsuranceNo
        ? await this.vault.seal(tx, jobseeker.id, 'socialInsuranceNo', socialInsuranceNo)
        : undefined;
      jobseeker.socialInsuranceSealed = stored?.sealed ?? null;
      jobseeker.socialInsuranceIndex = stored?.index ?? null;
    }
  }
}
