import type { Principal } from '#platform';
import type { Employer as StoredEmployer } from './employer.entity.js';
import { type Verification, verificationsOf } from './employer.verification.js';

/** An enterprise, body, household business or person that offers jobs (Mẫu 01, part I). */
export type Employer = Omit<StoredEmployer, 'nameFolded'> & {
  /** What the caller may do with it in its present state. */
  actions: Verification[];
};

/** Without what only the search needs. */
export function viewOf({ nameFolded: _, ...employer }: StoredEmployer, caller: Principal): Employer {
  return { ...employer, actions: caller.role === 'employer' ? [] : verificationsOf(employer) };
}
