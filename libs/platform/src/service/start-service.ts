import { resolve } from 'node:path';
import { PostgresLogDriver } from '#events';
import { readEnvironment } from '../config/environment.js';
import { ensureDatabase } from '../database/ensure-database.js';
import { KeyRing } from '../keys/key-ring.js';
import { createLogger } from '../observability/logger.js';
import { Metrics } from '../observability/metrics.js';
import { HttpPeerTransport } from '../peers/peer-client.js';
import { serveAdmin } from './admin-server.js';
import type { ServiceDefinition } from './definition.js';
import { RunningService } from './running-service.js';
import { untilStopped } from './until-stopped.js';

/** Runs one service as a process of its own: everything it depends on is given by URL. */
export async function startService(definition: ServiceDefinition): Promise<void> {
  await untilStopped(async (stopping) => {
    const environment = readEnvironment();
    const logger = createLogger(environment.LOG_LEVEL, definition.name);
    const { DATABASE_URL: server } = environment;
    if (!server)
      throw new Error(
        'DATABASE_URL: set it to the PostgreSQL server, postgres://user:password@host:5432/postgres.',
      );
    const override = process.env[`${definition.name.toUpperCase()}_DATABASE_URL`];
    const ownUrl = override ?? (await ensureDatabase(server, definition.name));
    const eventLog = new PostgresLogDriver({ url: await ensureDatabase(server, 'events'), logger });
    await eventLog.start();
    const metrics = new Metrics();
    const service = await RunningService.start(definition, {
      environment,
      logger,
      metrics,
      eventLog,
      keys: await KeyRing.open(environment.KEYS_DIR ?? resolve(environment.DATA_DIR, 'keys')),
      peers: new HttpPeerTransport(peerUrls(process.env)),
      databaseUrl: () => ownUrl,
    });
    await service.app.listen({ host: environment.HOST, port: environment.PORT });
    const admin = await serveAdmin({
      host: environment.HOST,
      port: environment.ADMIN_PORT,
      metrics,
      checks: () => ({ ...service.checks, events: () => eventLog.check() }),
      accepting: () => !stopping.aborted,
    });
    return async () => {
      await service.stop();
      await eventLog.close();
      await admin.close();
    };
  });
}

/** `OPENINGS_URL=http://host:port` and the like. */
function peerUrls(env: NodeJS.ProcessEnv): Record<string, string> {
  const urls: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    const service = /^([A-Z]+)_URL$/.exec(name)?.[1];
    if (service && value?.startsWith('http')) urls[service.toLowerCase()] = value.replace(/\/$/, '');
  }
  return urls;
}
