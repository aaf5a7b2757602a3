import type { ServiceDefinition } from '#platform';
import { identityService } from '../../identity/src/service.js';
import { matchingService } from '../../matching/src/service.js';
import { jobseekersService } from '../../jobseekers/src/service.js';
import { openingsService } from '../../openings/src/service.js';

/** The services of the embedded profile. */
export const services: readonly ServiceDefinition[] = [
  identityService,
  openingsService,
  matchingService,
  jobseekersService,
];
