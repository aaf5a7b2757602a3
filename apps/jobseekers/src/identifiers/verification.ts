import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AuditLog, conflict, type IdempotentRequest, once, type Principal } from '#platform';
import { suspect } from '../duplicate/duplicate-checks.js';
import { IdentifierSealer } from '../jobseeker/identifier-sealer.js';
import { act } from '../jobseeker/jobseeker.access.js';
import { brokenConstraint, codesOf, fault, invalid } from '../jobseeker/jobseeker.errors.js';
import { JobseekerService } from '../jobseeker/jobseeker.service.js';
import type { JobseekerView } from '../jobseeker/jobseeker.view.js';
import { IdentifierVault } from './identifier-vault.js';
import { parseIdentifier } from './identifiers.js';
import { VerificationAttempts } from './verification-attempts.js';

/** An officer compares the person's document with the profile. */
@Injectable()
export class Verification {
  constructor(
    private readonly dataSource: DataSource,
    private readonly jobseekers: JobseekerService,
    private readonly vault: IdentifierVault,
    private readonly sealer: IdentifierSealer,
    private readonly attempts: VerificationAttempts,
    private readonly audit: AuditLog,
  ) {}

  /**
   * The document's number is the profile's from now on, and verified.
   * @throws Problem 409 `jobseekers.citizen-id-taken` when another profile has it verified: the pair then waits in
   * the merge queue, and that the officer asked is in the audit trail; 429 `jobseekers.too-many-verifications`
   */
  async verify(
    id: string,
    typed: string,
    caller: Principal,
    request: IdempotentRequest,
  ): Promise<JobseekerView> {
    const digits = parseIdentifier('citizenId', typed);
    if (!digits) throw invalid([fault('citizenId', codesOf.citizenId)]);
    const attempt = await this.attempts.count(caller);
    const index = await this.vault.indexOf('citizenId', digits);
    try {
      return await this.jobseekers.change(id, caller, undefined, 'revised', async (tx, jobseeker) => {
        let verified = false;
        const declared = jobseeker.citizenIdIndex?.equals(index) ?? false;
        await once(tx, request, async () => {
          if (declared && jobseeker.citizenIdVerifiedAt) return;
          if (!declared) await this.sealer.apply(tx, jobseeker, { citizenId: digits });
          jobseeker.citizenIdVerifiedAt = new Date();
          verified = true;
        });
        return verified
          ? act(caller, 'citizen-id-verified', id, { details: { asDeclared: declared } })
          : undefined;
      });
    } catch (error) {
      if (brokenConstraint(error) !== 'jobseekers_verified_citizen_id') throw error;
      await this.attempts.refused(attempt);
      await this.queue(id, index, caller);
      throw conflict(
        'jobseekers.citizen-id-taken',
        {
          vi: 'Số căn cước này đã được xác thực cho một hồ sơ khác',
          en: 'Another profile has this citizen id',
        },
        {
          vi: 'Hai hồ sơ đã được đưa vào danh sách nghi trùng.',
          en: 'The two profiles wait in the list of suspected duplicates.',
        },
      );
    }
  }

  private async queue(id: string, index: Buffer, caller: Principal): Promise<void> {
    await this.dataSource.transaction(async (tx) => {
      const [holder] = await tx.query<{ id: string }[]>(
        'SELECT id FROM jobseekers WHERE citizen_id_index = $1 AND citizen_id_verified_at IS NOT NULL',
        [index],
      );
      if (holder) await suspect(tx, holder.id, id, 'citizenId');
      await this.audit.append(tx, [act(caller, 'citizen-id-refused', id)]);
    });
  }
}
