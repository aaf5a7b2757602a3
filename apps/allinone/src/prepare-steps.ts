import {
  createEventLog,
  createLogger,
  databaseUrlOf,
  ensureOwnedDatabase,
  type Environment,
  openDatabase,
  readServiceSettings,
} from '#platform';
import { assertConnections } from './prepare-connections.js';
import { services } from './services.js';

/**
 * A database for each service, migrated. Where `<SERVICE>_DATABASE_URL` names one, it and its role are made with the
 * role of DATABASE_URL, so that no service needs that role itself; without DATABASE_URL somebody else has made them.
 * @throws ConfigurationError, before anything is made, when a database is not named or connections do not suffice
 */
export async function prepareDatabases(environment: Environment): Promise<void> {
  const server = environment.DATABASE_URL;
  const prepared = services.map(({ name }) => {
    const { databaseUrl: url, instances } = readServiceSettings(name);
    return { name, url, instances };
  });
  await assertConnections(prepared, environment);
  for (const service of services) {
    const { databaseUrl: own } = readServiceSettings(service.name);
    if (own && server) await ensureOwnedDatabase(server, ownerIn(own));
    const database = await openDatabase(service, await databaseUrlOf(service.name, environment));
    await database.destroy();
    console.log(`database of ${service.name}: ready`);
  }
}

/** Every topic that the services write. */
export async function prepareTopics(environment: Environment): Promise<void> {
  const eventLog = await createEventLog(environment, {
    logger: createLogger('warn'),
    clientId: 'prepare',
    databaseUrl: () => databaseUrlOf('events', environment),
  });
  await eventLog.start();
  try {
    for (const { name, topics = [] } of services) {
      await eventLog.ensureTopics(topics);
      console.log(`topics of ${name}: ${topics.map((topic) => topic.name).join(', ') || 'none'}`);
    }
  } finally {
    await eventLog.close();
  }
}

/** The database that a URL names, and the role that it is to belong to. */
function ownerIn(databaseUrl: string): { database: string; role: string; password: string } {
  const { pathname, username, password } = new URL(databaseUrl);
  return {
    database: decodeURIComponent(pathname.slice(1)),
    role: decodeURIComponent(username),
    password: decodeURIComponent(password),
  };
}
