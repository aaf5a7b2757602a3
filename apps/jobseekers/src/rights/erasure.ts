import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Outbox } from '#events';
import { AuditLog, type Principal } from '#platform';
import { IdentifierVault } from '../identifiers/identifier-vault.js';
import { act, lock } from '../jobseeker/jobseeker.access.js';
import { Jobseeker } from '../jobseeker/jobseeker.entity.js';
import { codesOf, fault, invalid } from '../jobseeker/jobseeker.errors.js';
import { tombstone } from '../jobseeker/jobseeker.events.js';
import { closeAccount } from './closed-accounts.js';
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
      await this.eraseLocked(tx, jobseeker, reason ?? 'requestedByPerson', caller);
    });
  }

  /** The same of the profile that an account has, if any; the account gets no new one. A repeat changes nothing. */
  async eraseOfAccount(accountId: string, caller: Principal): Promise<void> {
    await this.outbox.transaction(async (tx) => {
      await closeAccount(tx, accountId);
      // A merge may give the account another profile while this waits for the lock of the first.
      while (await tx.existsBy(Jobseeker, { accountId })) {
        const jobseeker = await tx.findOne(Jobseeker, {
          where: { accountId },
          lock: { mode: 'pessimistic_write' },
        });
        if (jobseeker) await this.eraseLocked(tx, jobseeker, 'requestedByPerson', caller);
      }
      await this.forgetAccount(tx, accountId);
    });
  }

  private async eraseLocked(
    tx: EntityManager,
    jobseeker: Jobseeker,
    reason: ErasureReason,
    caller: Principal,
  ): Promise<void> {
    const { id } = jobseeker;
    jobseeker.version += 1;
    await remove(tx, jobseeker, 'erased', caller);
    await this.vault.destroyKey(tx, id);
    await this.forget(tx, jobseeker);
    await this.outbox.append(tx, [tombstone(id, 'erased')]);
    await this.audit.append(tx, [act(caller, 'erased', id, { reason })]);
  }

  /** What else could lead back to the person: waiting events, suspicions, stored answers, tries of codes. */
  private async forget(tx: EntityManager, { id, accountId }: Jobseeker): Promise<void> {
    await tx.query('DELETE FROM outbox WHERE key = $1', [id]);
    await tx.query('DELETE FROM duplicates WHERE $1 IN (elder_id, younger_id)', [id]);
    await tx.query(`DELETE FROM idempotency_key WHERE body LIKE '%' || $1 || '%'`, [id]);
    if (accountId !== null) await this.forgetAccount(tx, accountId);
  }

  private async forgetAccount(tx: EntityManager, accountId: string): Promise<void> {
    await tx.query('DELETE FROM idempotency_key WHERE caller = $1', [accountId]);
    await tx.query('DELETE FROM claim_attempts WHERE account_id = $1', [accountId]);
  }
}
