import type { EntityManager } from 'typeorm';
import type { Principal } from '#platform';
import { Jobseeker } from '../jobseeker/jobseeker.entity.js';

/**
 * Removes a profile and what hangs on it (consents, claim code, waiting comparison); a line without personal data
 * stays that says that it was. The person's key is destroyed by the vault.
 */
export async function remove(
  tx: EntityManager,
  jobseeker: Jobseeker,
  cause: 'merged' | 'erased',
  caller: Principal,
  mergedInto: string | null = null,
): Promise<void> {
  await tx.query('DELETE FROM duplicate_checks WHERE jobseeker_id = $1', [jobseeker.id]);
  await tx.delete(Jobseeker, { id: jobseeker.id });
  await tx.query(
    `INSERT INTO retired_jobseekers (id, last_version, cause, merged_into, by_role) VALUES ($1, $2, $3, $4, $5)`,
    [jobseeker.id, jobseeker.version, cause, mergedInto, caller.role ?? 'service'],
  );
}
