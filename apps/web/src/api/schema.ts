import type { paths as identity } from './generated/identity';
import type { paths as jobseekers } from './generated/jobseekers';
import type { paths as matching } from './generated/matching';
import type { paths as openings } from './generated/openings';

/** Every path of every service, as their OpenAPI documents state them. */
export type paths = identity & jobseekers & matching & openings;
