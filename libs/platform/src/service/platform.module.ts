import {
  type BeforeApplicationShutdown,
  type DynamicModule,
  Global,
  Module,
  type OnApplicationShutdown,
  type Provider,
} from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { ConsumerRuntime, DeadLetters, OriginProvider, Outbox, Relay } from '#events';
import { AuditController } from '../audit/audit.controller.js';
import { AuditLog } from '../audit/audit-log.js';
import { AuditTables1700000000002 } from '../audit/audit.migration.js';
import { AdminController } from '../admin/admin.controller.js';
import { RepublishController } from '../admin/republish.controller.js';
import { VersionsController } from '../admin/versions.controller.js';
import { AuthGuard } from '../auth/auth.guard.js';
import { Tokens } from '../auth/tokens.js';
import { giveWay } from '../http/give-way.js';
import { IdempotencyCleaner } from '../http/idempotency-cleaner.js';
import { KeyRing } from '../keys/key-ring.js';
import { ContextOriginProvider, ownTraceparent, withOrigin } from '../observability/request-context.js';
import { PeerClient } from '../peers/peer-client.js';
import { OpenApiController } from '../http/openapi.controller.js';
import { ProblemFilter } from '../problems/problem.filter.js';
import { validationPipe } from '../problems/validation.js';
import type { ServiceDefinition, ServiceHost } from './definition.js';
import { openDatabase } from './open-database.js';
import { ENVIRONMENT, LOGGER, SERVICE_DEFINITION } from './tokens.js';

/** What every service has: database, events, guard, errors, calls to peers, its own operations. */
@Global()
@Module({})
export class PlatformModule implements BeforeApplicationShutdown, OnApplicationShutdown {
  constructor(
    private readonly dataSource: DataSource,
    private readonly relay: Relay,
  ) {}

  async beforeApplicationShutdown(): Promise<void> {
    await this.relay.stop();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.dataSource.destroy();
  }

  static forService(definition: ServiceDefinition, host: ServiceHost): DynamicModule {
    const { name } = definition;
    const providers: Provider[] = [
      { provide: ENVIRONMENT, useValue: host.environment },
      { provide: SERVICE_DEFINITION, useValue: definition },
      { provide: LOGGER, useValue: host.logger },
      { provide: KeyRing, useValue: host.keys },
      { provide: Tokens, useValue: new Tokens(host.keys) },
      // Provided here and not by TypeOrmModule.forRoot, whose registry knows one default data source per process.
      {
        provide: DataSource,
        useFactory: () =>
          openDatabase(definition, host.databaseUrl(name), {
            poolSize: host.environment.DB_POOL,
            logger: host.logger,
          }),
      },
      { provide: OriginProvider, useClass: ContextOriginProvider },
      {
        provide: PeerClient,
        inject: [Tokens],
        useFactory: (tokens: Tokens) => new PeerClient(name, tokens, host.peers),
      },
      {
        provide: Relay,
        inject: [DataSource],
        useFactory: (dataSource: DataSource) =>
          new Relay(dataSource, host.eventLog, { service: name, logger: host.logger, giveWay }),
      },
      Outbox,
      AuditLog,
      DeadLetters,
      IdempotencyCleaner,
      {
        provide: ConsumerRuntime,
        inject: [DataSource, DeadLetters],
        useFactory: (dataSource: DataSource, deadLetters: DeadLetters) =>
          new ConsumerRuntime(dataSource, host.eventLog, deadLetters, {
            service: name,
            logger: host.logger,
            topics: definition.topics,
            around: ({ correlationId, traceparent }, run) =>
              withOrigin({ correlationId, traceparent: ownTraceparent(traceparent) }, run),
          }),
      },
      {
        provide: APP_GUARD,
        inject: [Tokens],
        useFactory: (tokens: Tokens) => new AuthGuard(name, tokens),
      },
      { provide: APP_FILTER, useValue: new ProblemFilter(name, host.logger) },
      { provide: APP_PIPE, useValue: validationPipe(name) },
    ];
    return {
      module: PlatformModule,
      controllers: [
        OpenApiController,
        AdminController,
        ...(definition.restates ? [RepublishController] : []),
        ...(definition.othersHold ? [VersionsController] : []),
        ...(keepsAudit(definition) ? [AuditController] : []),
      ],
      providers,
      exports: [
        DataSource,
        ENVIRONMENT,
        SERVICE_DEFINITION,
        LOGGER,
        KeyRing,
        Tokens,
        PeerClient,
        Relay,
        Outbox,
        AuditLog,
        DeadLetters,
        ConsumerRuntime,
      ],
    };
  }
}

function keepsAudit({ migrations = [] }: ServiceDefinition): boolean {
  return migrations.includes(AuditTables1700000000002);
}
