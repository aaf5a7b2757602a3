import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Outbox } from '#events';
import { AuditLog, type IdempotentRequest, once, type Principal } from '#platform';
import { ClaimCodes, type IssuedClaimCode } from '../claim/claim-codes.js';
import { assertCurrentText, recordConsent } from '../consent/consent-ledger.js';
import { IdentifierVault } from '../identifiers/identifier-vault.js';
import { requestDuplicateCheck } from '../duplicate/duplicate-checks.js';
import { assertAccountOpen } from '../rights/closed-accounts.js';
import { IdentifierSealer } from './identifier-sealer.js';
import { act, type Changed, everywhere } from './jobseeker.access.js';
import type { RegisterJobseekerDto } from './jobseeker.dto.js';
import { Jobseeker } from './jobseeker.entity.js';
import { alreadyRegistered, brokenConstraint, codesOf, fault, invalid } from './jobseeker.errors.js';
import { jobseekerEvent } from './jobseeker.events.js';
import { newJobseeker } from './new-jobseeker.js';
import { type CheckedProfile, checkProfile } from './profile.js';

export interface Registered extends Changed {
  claimCode: string | null;
  claimCodeExpiresAt: string | null;
}

/**
 * Registration by the person or, for walk-ins, by an officer. The answer and the work behind it are the same
 * whether the citizen id is known or not: who has it already is looked up later, outside of the request.
 */
@Injectable()
export class Registration {
  constructor(
    private readonly outbox: Outbox,
    private readonly vault: IdentifierVault,
    private readonly sealer: IdentifierSealer,
    private readonly claimCodes: ClaimCodes,
    private readonly audit: AuditLog,
  ) {}

  /**
   * @returns the claim code of a walk-in, this once: a repeat of the same request has null
   * @throws Problem 409 `jobseekers.already-registered` when the account has a profile, `jobseekers.account-closed`
   * when it has just been erased; 422 of fields
   */
  async register(
    dto: RegisterJobseekerDto,
    caller: Principal,
    request: IdempotentRequest,
  ): Promise<Registered> {
    const { consents: [agreed] = [], ...input } = dto;
    if (agreed) assertCurrentText(agreed);
    const profile = checkProfile(undefined, input);
    const area = areaOf(profile, caller);
    if (profile.faults.length > 0) throw invalid(profile.faults);
    // Kept beside the answer and not in it: what answers a repeat is stored.
    let issued: IssuedClaimCode | undefined;
    const changed = await this.outbox.transaction((tx) =>
      once(tx, request, async () => {
        const self = caller.role === 'jobseeker';
        if (self) await assertAccountOpen(tx, caller.subject);
        const jobseeker = newJobseeker(profile, {
          accountId: self ? caller.subject : null,
          dataSource: self ? 'selfRegistration' : 'walkIn',
          areaProvinceCode: area,
        });
        await this.sealer.apply(tx, jobseeker, profile.identifiers);
        jobseeker.matchingConsent = agreed !== undefined;
        const event = jobseekerEvent(jobseeker, 'registered');
        await insert(tx, jobseeker);
        if (agreed) await recordConsent(tx, jobseeker.id, agreed, caller);
        await requestDuplicateCheck(tx, [jobseeker.id]);
        if (!self) issued = await this.claimCodes.issue(tx, jobseeker.id);
        await this.outbox.append(tx, [event]);
        await this.audit.append(tx, [
          act(caller, 'registered', jobseeker.id, { details: { dataSource: jobseeker.dataSource } }),
        ]);
        return { id: jobseeker.id, version: jobseeker.version };
      }),
    );
    return {
      ...changed,
      claimCode: issued?.claimCode ?? null,
      claimCodeExpiresAt: issued?.expiresAt ?? null,
    };
  }
}

/** The responsible province: where the person lives, or else where the one office that registers them is. */
function areaOf(profile: CheckedProfile, caller: Principal): string | null {
  const { provinceCode } = profile.columns;
  if (caller.role === 'jobseeker' || everywhere(caller.areas)) return provinceCode;
  if (provinceCode && !caller.areas.includes(provinceCode))
    profile.faults.push(fault('provinceCode', codesOf.outsideArea));
  if (!provinceCode && caller.areas.length > 1)
    profile.faults.push(fault('provinceCode', codesOf.provinceMissing));
  return provinceCode ?? caller.areas[0] ?? null;
}

async function insert(tx: EntityManager, jobseeker: Jobseeker): Promise<void> {
  try {
    await tx.insert(Jobseeker, jobseeker);
  } catch (error) {
    if (brokenConstraint(error) === 'jobseekers_account') throw alreadyRegistered();
    throw error;
  }
}
