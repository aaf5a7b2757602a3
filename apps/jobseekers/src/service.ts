import { jobseekerTopic } from '#contracts';
import { restatesStates, restatesTombstones } from '#events';
import { AuditTables1700000000002, ownedTopics, type ServiceDefinition } from '#platform';
import { Jobseeker } from './jobseeker/jobseeker.entity.js';
import { jobseekerEvent } from './jobseeker/jobseeker.events.js';
import { JobseekersModule } from './jobseekers.module.js';
import { Jobseekers1732120000000 } from './migrations/1732120000000-jobseekers.js';
import { ClosedAccounts1732140000000 } from './migrations/1732140000000-closed-accounts.js';
import { VerificationAttempts1732130000000 } from './migrations/1732130000000-verification-attempts.js';

/** Jobseeker profiles (Mẫu 01a), their consents and their identities. */
export const jobseekersService: ServiceDefinition = {
  name: 'jobseekers',
  module: JobseekersModule,
  entities: [Jobseeker],
  migrations: [
    AuditTables1700000000002,
    Jobseekers1732120000000,
    VerificationAttempts1732130000000,
    ClosedAccounts1732140000000,
  ],
  topics: ownedTopics(jobseekerTopic),
  restates: [
    restatesStates(jobseekerTopic, Jobseeker, jobseekerEvent),
    restatesTombstones(jobseekerTopic, 'retired_jobseekers'),
  ],
  othersHold: {
    topic: jobseekerTopic.name,
    rows: 'SELECT id, version FROM jobseekers WHERE matching_consent',
  },
  configure: async (app) => {
    const fastify = app.getHttpAdapter().getInstance();
    // Answers are about people: neither a proxy nor the browser of a shared computer keeps them.
    fastify.addHook('onSend', async (_request, reply) => {
      void reply.header('cache-control', 'no-store');
    });
  },
};
