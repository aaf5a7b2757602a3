import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Outbox } from '#events';
import { AuditLog, conflict, type IdempotentRequest, once, type Principal } from '#platform';
import { ClaimCodes } from '../claim/claim-codes.js';
import { inForce } from '../consent/consent-ledger.js';
import { IdentifierVault } from '../identifiers/identifier-vault.js';
import { IdentifierSealer } from '../jobseeker/identifier-sealer.js';
import { act, type Changed, lock } from '../jobseeker/jobseeker.access.js';
import { Jobseeker } from '../jobseeker/jobseeker.entity.js';
import { codesOf, fault, invalid } from '../jobseeker/jobseeker.errors.js';
import { jobseekerEvent, tombstone } from '../jobseeker/jobseeker.events.js';
import { remove } from '../rights/removal.js';
import { accountOf, fillFrom, needsIdentityCheck } from './combine.js';
import { requestDuplicateCheck } from './duplicate-checks.js';
import { openPair } from './duplicate-pairs.js';

/** Makes two profiles of one person one: the elder id stays, the other becomes a tombstone. */
@Injectable()
export class Merge {
  constructor(
    private readonly outbox: Outbox,
    private readonly vault: IdentifierVault,
    private readonly sealer: IdentifierSealer,
    private readonly claimCodes: ClaimCodes,
    private readonly audit: AuditLog,
  ) {}

  /**
   * @param identityChecked the officer has compared the person with a document
   * @throws Problem 404 when the pair is not in the caller's area, 409 `jobseekers.duplicate-decided`, 409
   * `jobseekers.verified-ids-differ`, 422 `jobseekers.identity-check-required`
   */
  async merge(
    duplicateId: string,
    identityChecked: boolean,
    caller: Principal,
    request: IdempotentRequest,
  ): Promise<Changed> {
    return this.outbox.transaction((tx) =>
      once(tx, request, async () => {
        const { elder, younger, reasons } = await openPair(tx, duplicateId, caller, lock);
        if (elder.citizenIdVerifiedAt && younger.citizenIdVerifiedAt) throw twoPersons();
        // Who holds the claim code of the other profile has shown to be the person.
        if (!identityChecked && !reasons.includes('claim') && needsIdentityCheck([elder, younger]))
          throw invalid([fault('identityChecked', codesOf.identityCheck)]);
        const fields = fillFrom(elder, younger);
        const identifiers = await this.identifiersFor(tx, elder, younger);
        const verifiedAt = elder.citizenIdVerifiedAt ?? younger.citizenIdVerifiedAt;
        elder.accountId = accountOf(elder, younger);
        await tx.query('UPDATE consent_entries SET jobseeker_id = $1 WHERE jobseeker_id = $2', [
          elder.id,
          younger.id,
        ]);
        elder.matchingConsent = await inForce(tx, elder.id, 'matching');
        // First the other one goes: its account and its verified number are unique.
        await remove(tx, younger, 'merged', caller, elder.id);
        await this.vault.destroyKey(tx, younger.id);
        await this.sealer.apply(tx, elder, identifiers);
        elder.citizenIdVerifiedAt = verifiedAt;
        elder.version += 1;
        elder.updatedAt = new Date();
        const event = jobseekerEvent(elder, 'merged');
        await tx.save(Jobseeker, elder);
        if (elder.accountId !== null) await this.claimCodes.revoke(tx, elder.id);
        await this.decided(tx, duplicateId, elder, younger);
        await this.outbox.append(tx, [event, tombstone(younger.id, 'merged')]);
        await this.audit.append(tx, [
          act(caller, 'merged', elder.id, { details: { from: younger.id, fields, identityChecked } }),
          act(caller, 'merged-away', younger.id, { details: { into: elder.id } }),
        ]);
        return { id: elder.id, version: elder.version };
      }),
    );
  }

  /** Numbers that the kept profile takes over: what it does not have, and a verified one before a declared one. */
  private async identifiersFor(
    tx: EntityManager,
    elder: Jobseeker,
    younger: Jobseeker,
  ): Promise<{ citizenId?: string; socialInsuranceNo?: string }> {
    const takesCitizenId =
      younger.citizenIdSealed && (!elder.citizenIdSealed || younger.citizenIdVerifiedAt !== null);
    const takesInsurance = younger.socialInsuranceSealed && !elder.socialInsuranceSealed;
    return {
      ...(takesCitizenId && {
        citizenId: await this.vault.open(
          tx,
          younger.id,
          'citizenId',
          takesCitizenId && younger.citizenIdSealed!,
        ),
      }),
      ...(takesInsurance && {
        socialInsuranceNo: await this.vault.open(
          tx,
          younger.id,
          'socialInsuranceNo',
          younger.socialInsuranceSealed!,
        ),
      }),
    };
  }

  /** Other pairs of the merged one are found again for the kept one. */
  private async decided(
    tx: EntityManager,
    duplicateId: string,
    elder: Jobseeker,
    younger: Jobseeker,
  ): Promise<void> {
    await tx.query(`UPDATE duplicates SET status = 'merged', decided_at = now() WHERE id = $1`, [
      duplicateId,
    ]);
    await tx.query(
      `DELETE FROM duplicates WHERE id <> $1 AND status <> 'merged' AND $2 IN (elder_id, younger_id)`,
      [duplicateId, younger.id],
    );
    await requestDuplicateCheck(tx, [elder.id]);
  }
}

function twoPersons(): ReturnType<typeof conflict> {
  return conflict(
    'jobseekers.verified-ids-differ',
    { vi: 'Hai hồ sơ có hai số căn cước khác nhau đã xác thực', en: 'Two different verified citizen ids' },
    { vi: 'Đó là hai người: hãy bỏ nghi trùng.', en: 'These are two persons: dismiss the suspicion.' },
  );
}
