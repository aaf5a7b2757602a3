import { availableConnections, ConfigurationError, type Environment, planConnections, POOL } from '#platform';

export interface PreparedService {
  name: string;
  /** At most. */
  instances: number;
  /** Of its database, where it has one of its own. */
  url?: string;
}

/** What a server answers that does not tell its settings: no privilege, or no such setting. */
const UNTOLD = ['42501', '42704'];

/**
 * Whether PostgreSQL has the connections that all instances together may make: processes that are started apart from
 * each other do not know their sum. A server that does not tell is only warned of.
 * @throws ConfigurationError with the numbers and what to change when they do not suffice
 */
export async function assertConnections(
  services: readonly PreparedService[],
  environment: Environment,
): Promise<void> {
  const servers = services.map((service) => serverOf(service, environment));
  for (const server of new Set(servers)) {
    const there = services.filter((_, index) => servers[index] === server);
    const available = await toldConnections(environment.DATABASE_URL ?? there[0]?.url ?? '');
    if (available === undefined) {
      console.warn(
        `${server} does not tell its max_connections: compare them with instances × DB_POOL yourself.`,
      );
      continue;
    }
    planConnections(available, {
      services: there.length,
      instances: there.reduce((sum, { instances }) => sum + instances, 0),
      oneProcess: false,
      pool: environment.DB_POOL ?? POOL,
      log: environment.EVENTS === 'postgres',
    });
  }
}

/** Who makes the databases makes them on one server; otherwise each service names its own. */
function serverOf({ name, url }: PreparedService, { DATABASE_URL }: Environment): string {
  const given = DATABASE_URL ?? url;
  if (!given) {
    throw new ConfigurationError(
      `DATABASE_URL: set it to a role that may create databases, or name that of ${name} by ` +
        `${name.toUpperCase()}_DATABASE_URL.`,
    );
  }
  const { hostname, port } = new URL(given);
  return `${hostname}:${port || 5432}`;
}

async function toldConnections(url: string): Promise<number | undefined> {
  try {
    return await availableConnections(url);
  } catch (error) {
    if (UNTOLD.includes(String((error as { code?: unknown }).code))) return undefined;
    throw error;
  }
}
