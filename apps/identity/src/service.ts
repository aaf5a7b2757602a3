import cookie from '@fastify/cookie';
import { organisationTopic } from '#contracts';
import { restatesStates } from '#events';
import { AuditTables1700000000002, ownedTopics, type ServiceDefinition } from '#platform';
import { Account } from './account/account.entity.js';
import { IdentityModule } from './identity.module.js';
import { Identity1732110000000 } from './migrations/1732110000000-identity.js';
import { Organisation } from './organisation/organisation.entity.js';
import { organisationEvent } from './organisation/organisation.events.js';
import { Session } from './session/session.entity.js';

/** Accounts, organisations, roles, tokens, audit. */
export const identityService: ServiceDefinition = {
  name: 'identity',
  module: IdentityModule,
  entities: [Account, Organisation, Session],
  migrations: [AuditTables1700000000002, Identity1732110000000],
  topics: ownedTopics(organisationTopic),
  restates: [restatesStates(organisationTopic, Organisation, organisationEvent)],
  configure: async (app) => {
    await app.register(cookie);
  },
};
