import { organisationTopic } from './identity/organisation.js';
import { jobseekerTopic } from './jobseekers/jobseeker.js';
import { employerTopic } from './openings/employer.js';
import { jobOpeningTopic } from './openings/job-opening.js';
import type { AggregateState, TopicDefinition } from './topic.js';

export * from './values.js';
export * from './topic.js';
export * from './identity/organisation.js';
export * from './openings/employer.js';
export * from './openings/job-opening.js';
export * from './jobseekers/jobseeker.js';

/** Every topic of the platform, by name. */
export const topics: ReadonlyMap<string, TopicDefinition> = new Map(
  [jobOpeningTopic, employerTopic, jobseekerTopic, organisationTopic].map((topic) => [
    topic.name,
    topic as unknown as TopicDefinition<AggregateState>,
  ]),
);
