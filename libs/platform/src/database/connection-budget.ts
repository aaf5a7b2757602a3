import pg from 'pg';
import { ConfigurationError } from '../config/environment.js';

/** Most connections that a process has to its service's database, unless `DB_POOL` says so. */
export const POOL = 10;
/** Fewest with which it works: a relay, a consumer, a clock and requests hold one each. */
const LEAST_POOL = 4;
/** Kept free for the command line, backups and monitoring. */
const SPARE = 5;

export interface ConnectionDemand {
  services: number;
  /** Of all services together. */
  instances: number;
  /** `DB_POOL`. */
  pool?: number;
  /** The event log is in PostgreSQL, too: each process has connections to it. */
  log: boolean;
  /** Every service in one process, so one pool for the log. */
  oneProcess: boolean;
}

export interface ConnectionPlan {
  /** Connections of each instance of a service to its database. */
  pool: number;
  /** Connections of each process to the event log; 0 when that is not in PostgreSQL. */
  logPool: number;
  /** All of them together. */
  total: number;
}

/** A process reads the log while its handlers work, so it needs fewer connections to it. */
export const logPoolFor = (pool = POOL): number => Math.min(8, Math.max(3, Math.ceil(pool / 2)));

function planFor(pool: number, { instances, log, oneProcess }: ConnectionDemand): ConnectionPlan {
  const logPool = log ? (oneProcess ? 8 : logPoolFor(pool)) : 0;
  const processes = oneProcess ? 1 : instances;
  return { pool, logPool, total: instances * pool + processes * logPool };
}

/** What `demand` takes with the usual pool: what a server of our own should allow. */
export function connectionsWanted(demand: ConnectionDemand): number {
  return planFor(demand.pool ?? POOL, demand).total + SPARE;
}

/**
 * Shares the connections that a server has among the processes.
 * @param available `max_connections` without what is reserved for the superuser
 * @throws ConfigurationError with the numbers and what to change when they do not suffice
 */
export function planConnections(available: number, demand: ConnectionDemand): ConnectionPlan {
  const left = available - SPARE;
  if (demand.pool === undefined) {
    for (let pool = POOL; pool >= LEAST_POOL; pool--) {
      const plan = planFor(pool, demand);
      if (plan.total <= left) return plan;
    }
  }
  const plan = planFor(demand.pool ?? LEAST_POOL, demand);
  if (plan.total <= left) return plan;
  const { services, instances } = demand;
  const log = plan.logPool ? ` and ${plan.logPool} of each process to the event log` : '';
  throw new ConfigurationError(
    `PostgreSQL allows ${available} connections and keeps ${SPARE} of them free, but ${instances} instances of ` +
      `${services} services × ${plan.pool} connections${log} are ${plan.total}: set max_connections of the server to ` +
      `${plan.total + SPARE + 3} or more, ${demand.pool ? 'lower DB_POOL, ' : ''}or start fewer instances.`,
  );
}

/** How many connections a server gives to ordinary roles: `max_connections` without the reserved ones. */
export async function availableConnections(serverUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: serverUrl, connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ n: number }>(
      `SELECT current_setting('max_connections')::int
            - current_setting('superuser_reserved_connections')::int
            - current_setting('reserved_connections')::int AS n`,
    );
    return rows[0]?.n ?? 0;
  } finally {
    await client.end();
  }
}
