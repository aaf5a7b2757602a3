import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Outbox } from '#events';
import { AuditLog, type Principal } from '#platform';
import { IdentifierVault } from '../identifiers/identifier-vault.js';
import { act, lock } from '../jobseeker/jobseeker.access.js';
import type { Jobseeker } from '../jobseeker/jobseeker.entity.js';
import { codesOf, fault, invalid } from '../jobseeker/jobseeker.errors.js';
import { tombstone } from '../jobseeker/jobseeker.events.js';
import { remove } from './removal.js';

/** Why an officer erases a profile; codes, because the audit trail keeps them for ever. */
export const erasureReasons = ['requestedByPerson', 'purposeEnded', 'registeredInError'] as const;
export type ErasureReason = (typeof erasureReasons)[number];

/** The right to be erased (Law 91/2025/QH15). */
@Injectable()
export class Erasure {
  constructor(
    private readonly outbox: Outbox,
    private readonly vault: IdentifierVault,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Erases the profile, its consents and the key of its sealed numbers, and tombstones it in the log. What stays:
   * that a profile of this id was erased, and the audit trail, which has ids and no personal data.
   */
  async erase(id: string, reason: ErasureReason | undefined, caller: Principal): Promise<void> {
    await this.outbox.transaction(async (tx) => {
      const jobseeker = await lock(tx, id, caller);
      if (caller.role !== 'jobseeker' && !reason) throw invalid([fault('reason', codesOf.reason)]);
      jobseeker.version += 1;
      await remove(tx, jobseeker, 'erased', caller);
      await this.vault.destroyKey(tx, id);
      await this.forget(tx, jobseeker);
      await this.outbox.append(tx, [tombstone(id, 'erased')]);
      await this.audit.append(tx, [act(caller, 'erased', id, { reason: reason ?? 'requestedByPerson' })]);
    });
  }

  /** What else could lead back to the person: waiting events, suspicions, stored answers, tries of codes. */
  private async forget(tx: EntityManager, { id, accountId }: Jobseeker): Promise<void> {
    await tx.query('DELETE FROM outbox WHERE key = $1', [id]);
    await tx.query('DELETE FROM duplicates WHERE $1 IN (elder_id, younger_id)', [id]);
    await tx.query(`DELETE FROM idempotency_key WHERE caller = $1 OR body LIKE '%' || $2 || '%'`, [
      accountId,
      id,
    ]);
    await tx.query('DELETE FROM claim_attempts WHERE account_id = $1', [accountId]);
  }
}
