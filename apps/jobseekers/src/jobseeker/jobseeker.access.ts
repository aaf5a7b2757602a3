import { type EntityManager, type FindOptionsWhere, In } from 'typeorm';
import { type AuditDraft, actorOf, type Principal, staleVersion } from '#platform';
import { Jobseeker } from './jobseeker.entity.js';
import { jobseekerNotFound } from './jobseeker.errors.js';

/** Whether every province is the officer's. */
export function everywhere(areas: readonly string[]): boolean {
  return areas.includes('*');
}

/**
 * The profiles that somebody may work with: a person's own, an officer's area. A profile without a responsible
 * province is for officers of the whole country only: it must not be open to every office.
 */
function scopeOf(caller: Principal): FindOptionsWhere<Jobseeker> {
  if (caller.role === 'jobseeker') return { accountId: caller.subject };
  if (caller.role === 'centreOfficer' && everywhere(caller.areas)) return {};
  return { areaProvinceCode: In(caller.role === 'centreOfficer' ? [...caller.areas] : []) };
}

/** @throws Problem 404 also when the profile is not the caller's to know of */
export async function find(tx: EntityManager, id: string, caller: Principal): Promise<Jobseeker> {
  const jobseeker = await tx.findOneBy(Jobseeker, { id, ...scopeOf(caller) });
  if (!jobseeker) throw jobseekerNotFound();
  return jobseeker;
}

/**
 * The profile, locked until the transaction ends.
 * @param version the one that an edit is based on, if it is
 * @throws Problem 404, or 412 when somebody else has changed it
 */
export async function lock(
  tx: EntityManager,
  id: string,
  caller: Principal,
  version?: number,
): Promise<Jobseeker> {
  const jobseeker = await tx.findOne(Jobseeker, {
    where: { id, ...scopeOf(caller) },
    lock: { mode: 'pessimistic_write' },
  });
  if (!jobseeker) throw jobseekerNotFound();
  if (version !== undefined && version !== jobseeker.version) throw staleVersion(jobseeker.version);
  return jobseeker;
}

/** An audit entry of what the caller did; the person's own acts do not name their account, which outlives erasure. */
export function act(
  caller: Principal,
  action: string,
  subject: string | null,
  more: Pick<AuditDraft, 'reason' | 'details'> = {},
): AuditDraft {
  const self = caller.role === 'jobseeker';
  return {
    action: `jobseeker.${action}`,
    subject,
    ...actorOf(caller),
    ...(self && { actor: 'self' }),
    ...more,
  };
}

/** What a POST that creates or changes answers. */
export interface Changed {
  id: string;
  version: number;
}
