import {
  ConfigurationError,
  createEventLog,
  createLogger,
  ensureDatabase,
  ensureOwnedDatabase,
  type Environment,
  openDatabase,
  readServiceSettings,
} from '#platform';
import { services } from './services.js';

/**
 * A database for each service, migrated. Where `<SERVICE>_DATABASE_URL` names one, it and its role are made with the
 * role of DATABASE_URL, so that no service needs that role itself.
 */
export async function prepareDatabases({ DATABASE_URL: server }: Environment): Promise<void> {
  if (!server) throw new ConfigurationError('DATABASE_URL: set it to a role that may create databases.');
  for (const service of services) {
    const { databaseUrl } = readServiceSettings(service.name);
    if (databaseUrl) {
      const url = new URL(databaseUrl);
      await ensureOwnedDatabase(server, {
        database: decodeURIComponent(url.pathname.slice(1)),
        role: decodeURIComponent(url.username),
        password: decodeURIComponent(url.password),
      });
    }
    const database = await openDatabase(service, databaseUrl ?? (await ensureDatabase(server, service.name)));
    await database.destroy();
    console.log(`database of ${service.name}: ready`);
  }
}

/** Every topic that the services write. */
export async function prepareTopics(environment: Environment): Promise<void> {
  const eventLog = await createEventLog(environment, {
    logger: createLogger('warn'),
    clientId: 'prepare',
    databaseUrl: () => ensureDatabase(environment.DATABASE_URL ?? '', 'events'),
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
