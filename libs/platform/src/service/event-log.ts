import type { Logger } from 'pino';
import { type EventLogDriver, PostgresLogDriver } from '#events';
import { assertDriversExist, type Environment } from '../config/environment.js';

/**
 * The event log that `EVENTS` names.
 * @param url the log's database, for the PostgreSQL driver
 * @throws ConfigurationError for a driver that this version does not have
 */
export function createEventLog(environment: Environment, url: string, logger: Logger): EventLogDriver {
  assertDriversExist(environment);
  return new PostgresLogDriver({ url, logger });
}
