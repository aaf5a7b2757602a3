import { employerTopic, jobOpeningTopic } from '#contracts';
import { restatesStates } from '#events';
import { AuditTables1700000000002, ownedTopics, type ServiceDefinition } from '#platform';
import { Employer } from './employer/employer.entity.js';
import { employerEvent } from './employer/employer.events.js';
import { JobOpening } from './job-opening/job-opening.entity.js';
import { openingEvent } from './job-opening/job-opening.events.js';
import { acceptCsv } from './imports/csv-body.js';
import { EmployersAndFeed1732100000002 } from './migrations/1732100000002-employers-and-feed.js';
import { Imports1732100000001 } from './migrations/1732100000001-imports.js';
import { JobOpenings1732100000000 } from './migrations/1732100000000-job-openings.js';
import { PayUnknown1732100000003 } from './migrations/1732100000003-pay-unknown.js';
import { OpeningsModule } from './openings.module.js';

/** Employers and job openings (Mẫu 01). */
export const openingsService: ServiceDefinition = {
  name: 'openings',
  module: OpeningsModule,
  entities: [Employer, JobOpening],
  migrations: [
    AuditTables1700000000002,
    JobOpenings1732100000000,
    Imports1732100000001,
    EmployersAndFeed1732100000002,
    PayUnknown1732100000003,
  ],
  topics: ownedTopics(jobOpeningTopic, employerTopic),
  restates: [
    restatesStates(employerTopic, Employer, employerEvent),
    restatesStates(jobOpeningTopic, JobOpening, openingEvent),
  ],
  othersHold: {
    topic: jobOpeningTopic.name,
    rows: "SELECT id, version FROM job_opening WHERE status = 'published'",
  },
  configure: (app) => {
    acceptCsv(app);
    return Promise.resolve();
  },
};
