import { ConfigurationError, type Environment, readServiceSettings } from '../config/environment.js';
import { ensureDatabase } from './ensure-database.js';

/**
 * URL of a service's database: `<SERVICE>_DATABASE_URL`, or one of its name on the server of `DATABASE_URL`, which
 * is made when it is not there. `events` is the event log of `EVENTS=postgres`.
 * @throws ConfigurationError when neither is set
 */
export async function databaseUrlOf(service: string, { DATABASE_URL }: Environment): Promise<string> {
  const { databaseUrl } = readServiceSettings(service);
  if (databaseUrl) return databaseUrl;
  if (!DATABASE_URL) {
    throw new ConfigurationError(
      'DATABASE_URL: set it to the PostgreSQL server, postgres://user:password@host:5432/postgres.',
    );
  }
  return ensureDatabase(DATABASE_URL, service);
}
