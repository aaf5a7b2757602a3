import type { Logger } from 'pino';
import { startEmbeddedPostgres } from '#embedded-postgres';
import {
  availableConnections,
  type ConnectionDemand,
  connectionsWanted,
  type ConnectionPlan,
  databaseUrlOf,
  type Environment,
  planConnections,
  type Shutdown,
} from '#platform';
import { services } from './services.js';

export interface Databases {
  /** By the service's name; `events` is the event log's. */
  urls: ReadonlyMap<string, string>;
  /** How many connections each process makes. */
  connections: ConnectionPlan;
}

/** Connections that a server of our own is ready for in any case. */
const USUAL_CONNECTIONS = 120;
const RESERVED_FOR_SUPERUSER = 3;

/** A database for each service, and one for the event log where that is in PostgreSQL. */
export function databaseNames({ EVENTS }: Environment): string[] {
  return [...(EVENTS === 'postgres' ? ['events'] : []), ...services.map(({ name }) => name)];
}

/**
 * PostgreSQL of our own, or the server of `DATABASE_URL`; a database for each service and one for the event log.
 * @param instances of each service
 * @throws ConfigurationError when the server has too few connections for all processes
 */
export async function startDatabases(
  environment: Environment,
  { instances, oneProcess }: { instances: number; oneProcess: boolean },
  logger: Logger,
  shutdown: Shutdown,
): Promise<Databases> {
  const names = databaseNames(environment);
  const demand: ConnectionDemand = {
    services: services.length,
    instances: services.length * instances,
    oneProcess,
    pool: environment.DB_POOL,
    log: environment.EVENTS === 'postgres',
  };
  const urls = new Map<string, string>();
  if (environment.DATABASE_URL) {
    const connections = planConnections(await availableConnections(environment.DATABASE_URL), demand);
    for (const name of names) urls.set(name, await databaseUrlOf(name, environment));
    return { urls, connections };
  }
  const wanted = connectionsWanted(demand) + RESERVED_FOR_SUPERUSER;
  const server = await startEmbeddedPostgres({
    dataDir: environment.DATA_DIR,
    logger,
    ...(wanted > USUAL_CONNECTIONS && { settings: { max_connections: wanted } }),
  });
  shutdown.add('PostgreSQL', 5000, () => server.stop(3000));
  for (const name of names) urls.set(name, await server.ensureDatabase(name, name));
  // Asked of the server all the same: the office's own settings win over ours.
  const connections = planConnections(await availableConnections(urls.get(names[0] ?? '') ?? ''), demand);
  return { urls, connections };
}
