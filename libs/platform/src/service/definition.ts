import type { INestApplicationContext, Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import type { EntitySchema, MigrationInterface, MixedList } from 'typeorm';
import type { EventLogDriver, RebuildTarget, Restatable } from '#events';
import type { TopicDefinition } from '#contracts';
import type { DataSource } from 'typeorm';
import type { Environment } from '../config/environment.js';
import type { HeldByOthers } from '../http/version-list.js';
import type { KeyRing } from '../keys/key-ring.js';
import type { Metrics } from '../observability/metrics.js';
import type { PeerTransport } from '../peers/peer-client.js';
import type { Checks } from './running-service.js';

/** What makes a service; its `main.ts` and the embedded composer share it. */
export interface ServiceDefinition {
  /** First part of its paths (`/api/v1/<name>`), its topics and its database's name. */
  name: string;
  module: Type;
  // eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- TypeORM's own type for entity classes
  entities?: MixedList<Function | EntitySchema>;
  migrations?: (new () => MigrationInterface)[];
  /** Topics that this service writes. */
  topics?: readonly TopicDefinition[];
  /** How it says again all that the log must hold of its topics, when the log was lost; in the order of saying. */
  restates?: readonly Restatable[];
  /** What others must hold of it; they compare theirs with the list at `/versions`. */
  othersHold?: HeldByOthers;
  searchPath?: string;
  /** Names below `/api/v1` that the edge passes to it: `x` there is `<name>/x` here (reference data, say). */
  alsoServes?: readonly string[];
  /** What it depends on beside its database, by name; what it can do without for a while is a note, no failure. */
  checks?: (app: INestApplicationContext) => Checks;
  /** Figures of its own, set at each scrape. */
  measure?: (app: INestApplicationContext, metrics: Metrics) => Promise<void>;
  /** How its read model is rebuilt from the log, if it has one. */
  rebuildTarget?: (dataSource: DataSource) => RebuildTarget;
  /**
   * Resolves when what is made from its read model outside its database has followed it, and rejects after `timeoutMs`:
   * before that the service has not caught up.
   */
  followed?: (app: Pick<INestApplicationContext, 'get'>, timeoutMs: number) => Promise<void>;
  /** Plugins and the like, before the application is initialised. */
  configure?: (app: NestFastifyApplication) => Promise<void>;
}

/** What the profile gives to each service; a service never asks which profile it runs in. */
export interface ServiceHost {
  environment: Environment;
  logger: Logger;
  metrics: Metrics;
  keys: KeyRing;
  eventLog: EventLogDriver;
  peers: PeerTransport;
  databaseUrl(service: string): string;
}

/** What all paths of a service begin with. */
export function routePrefix({ name }: ServiceDefinition): string {
  return `api/v1/${name}`;
}

/** A service's topics as declared, whatever their state's type. */
export function ownedTopics(...topics: unknown[]): TopicDefinition[] {
  return topics as TopicDefinition[];
}
