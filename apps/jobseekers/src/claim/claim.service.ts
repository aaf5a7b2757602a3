import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Outbox } from '#events';
import { AuditLog, conflict, type IdempotentRequest, once, type Principal, Problem } from '#platform';
import { suspect } from '../duplicate/duplicate-checks.js';
import { IdentifierVault } from '../identifiers/identifier-vault.js';
import { act, type Changed, lock } from '../jobseeker/jobseeker.access.js';
import { Jobseeker } from '../jobseeker/jobseeker.entity.js';
import { alreadyRegistered, codesOf, fault, invalid } from '../jobseeker/jobseeker.errors.js';
import { jobseekerEvent } from '../jobseeker/jobseeker.events.js';
import { assertAccountOpen } from '../rights/closed-accounts.js';
import { ClaimCodes, type IssuedClaimCode } from './claim-codes.js';

const ATTEMPTS_PER_HOUR = 5;

/** What a valid try leads to; a wrong code is a throw. */
type Outcome = { kind: 'claimed'; changed: Changed } | { kind: 'has-profile' };

/** Tying a walk-in profile to the account of the person who holds its code. */
@Injectable()
export class ClaimService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly outbox: Outbox,
    private readonly codes: ClaimCodes,
    private readonly vault: IdentifierVault,
    private readonly audit: AuditLog,
  ) {}

  /**
   * A new code for a profile that nobody has claimed.
   * @throws Problem 409 `jobseekers.already-claimed`
   */
  async issue(id: string, caller: Principal): Promise<IssuedClaimCode> {
    return this.dataSource.transaction(async (tx) => {
      const jobseeker = await lock(tx, id, caller);
      if (jobseeker.accountId !== null) throw alreadyClaimed();
      const issued = await this.codes.issue(tx, id);
      await this.audit.append(tx, [act(caller, 'claim-code-issued', id)]);
      return issued;
    });
  }

  /**
   * @throws Problem 422 `jobseekers.claim-code-invalid` alike for wrong, used and expired codes; 429
   * `jobseekers.too-many-claims`; 409 `jobseekers.already-registered` when the account has a profile of its own:
   * the two then wait in the merge queue and the code stays valid
   */
  async claim(typed: string, caller: Principal, request: IdempotentRequest): Promise<Changed> {
    await this.countAttempt(caller.subject);
    const outcome = await this.outbox.transaction((tx) =>
      once(tx, request, async (): Promise<Outcome> => {
        await assertAccountOpen(tx, caller.subject);
        const id = await this.codes.lockProfileOf(tx, typed);
        if (!id) throw invalid([fault('claimCode', codesOf.claimCode)]);
        const own = await tx.findOneBy(Jobseeker, { accountId: caller.subject });
        if (own) {
          await suspect(tx, own.id, id, 'claim');
          return { kind: 'has-profile' };
        }
        return { kind: 'claimed', changed: await this.tie(tx, id, caller) };
      }),
    );
    if (outcome.kind === 'has-profile') throw alreadyRegistered();
    return outcome.changed;
  }

  private async tie(tx: EntityManager, id: string, caller: Principal): Promise<Changed> {
    const jobseeker = await tx.findOne(Jobseeker, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!jobseeker || jobseeker.accountId !== null) throw invalid([fault('claimCode', codesOf.claimCode)]);
    jobseeker.accountId = caller.subject;
    jobseeker.version += 1;
    jobseeker.updatedAt = new Date();
    const event = jobseekerEvent(jobseeker, 'revised');
    await tx.save(Jobseeker, jobseeker);
    await this.codes.revoke(tx, id);
    await tx.query('DELETE FROM claim_attempts WHERE account_id = $1', [caller.subject]);
    await this.outbox.append(tx, [event]);
    await this.audit.append(tx, [act(caller, 'claimed', id)]);
    return { id, version: jobseeker.version };
  }

  /** Counted before the code is looked at, and for itself: many tries at once count as many. */
  private async countAttempt(accountId: string): Promise<void> {
    const attempts = await this.dataSource.transaction(async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`claim:${accountId}`]);
      await tx.query(`DELETE FROM claim_attempts WHERE at < now() - interval '1 hour'`);
      await tx.query('INSERT INTO claim_attempts (account_id) VALUES ($1)', [accountId]);
      const [counted] = await tx.query<{ attempts: number }[]>(
        'SELECT count(*)::int AS attempts FROM claim_attempts WHERE account_id = $1',
        [accountId],
      );
      return counted?.attempts ?? 0;
    });
    if (attempts <= ATTEMPTS_PER_HOUR) return;
    throw new Problem({
      status: 429,
      code: 'jobseekers.too-many-claims',
      title: { vi: 'Bạn đã thử quá nhiều mã', en: 'Too many codes were tried' },
      detail: { vi: 'Hãy thử lại sau một giờ.', en: 'Try again in an hour.' },
      headers: { 'retry-after': '3600' },
    });
  }
}

function alreadyClaimed(): Problem {
  return conflict('jobseekers.already-claimed', {
    vi: 'Hồ sơ này đã gắn với một tài khoản',
    en: 'This profile is tied to an account already',
  });
}
