import type { EntityManager } from 'typeorm';
import { conflict, notFound, type Principal, Problem } from '#platform';
import type { Jobseeker } from '../jobseeker/jobseeker.entity.js';

export interface Pair {
  elder: Jobseeker;
  younger: Jobseeker;
  reasons: string[];
}

type Lock = (tx: EntityManager, id: string, caller: Principal) => Promise<Jobseeker>;

/**
 * A pair that waits for a decision, both profiles locked and both in the caller's area.
 * @throws Problem 404 `jobseekers.duplicate-not-found`, 409 `jobseekers.duplicate-decided`
 */
export async function openPair(
  tx: EntityManager,
  duplicateId: string,
  caller: Principal,
  lock: Lock,
): Promise<Pair> {
  const [ids] = await tx.query<{ elder_id: string; younger_id: string; status: string }[]>(
    'SELECT elder_id, younger_id, status FROM duplicates WHERE id = $1',
    [duplicateId],
  );
  if (!ids) throw duplicateNotFound();
  if (ids.status === 'merged') {
    // The kept one tells whether the caller may know of the pair.
    await lock(tx, ids.elder_id, caller).catch(hideMissing);
    throw decided();
  }
  const locked = new Map<string, Jobseeker>();
  // Everybody locks in the same order, and profiles before their pair.
  for (const id of [ids.elder_id, ids.younger_id].sort())
    locked.set(id, await lock(tx, id, caller).catch(hideMissing));
  const [pair] = await tx.query<{ status: string; reasons: string[] }[]>(
    'SELECT status, reasons FROM duplicates WHERE id = $1 FOR UPDATE',
    [duplicateId],
  );
  const elder = locked.get(ids.elder_id);
  const younger = locked.get(ids.younger_id);
  if (!pair || !elder || !younger) throw duplicateNotFound();
  if (pair.status !== 'open') throw decided();
  return { elder, younger, reasons: pair.reasons };
}

function hideMissing(error: unknown): never {
  if (error instanceof Problem && error.problem.status === 404) throw duplicateNotFound();
  throw error;
}

function duplicateNotFound(): Problem {
  return notFound('jobseekers.duplicate-not-found', 'Không tìm thấy cặp nghi trùng', 'There is no such pair');
}

function decided(): Problem {
  return conflict('jobseekers.duplicate-decided', {
    vi: 'Cặp hồ sơ này đã được xử lý',
    en: 'This pair has been decided',
  });
}
