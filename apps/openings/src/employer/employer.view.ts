import type { Employer as StoredEmployer } from './employer.entity.js';

/** An enterprise, body, household business or person that offers jobs (Mẫu 01, part I). */
export type Employer = Omit<StoredEmployer, 'nameFolded'>;

/** Without what only the search needs. */
export function viewOf({ nameFolded: _, ...employer }: StoredEmployer): Employer {
  return employer;
}
