import { anOrganisation } from './identity.js';
import { aJobseeker } from './jobseekers.js';
import { anEmployer, anOpening } from './openings.js';

export { anOrganisation } from './identity.js';
export { aJobseeker, aWithholdingJobseeker } from './jobseekers.js';
export { anEmployer, anOpening } from './openings.js';

/** A valid state of every topic, by the topic's name. */
export const validStates: Readonly<Record<string, () => object>> = {
  'identity.organisation': () => anOrganisation(),
  'openings.job-opening': () => anOpening(),
  'openings.employer': () => anEmployer(),
  'jobseekers.jobseeker': () => aJobseeker(),
};
