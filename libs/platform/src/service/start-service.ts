import { resolve } from 'node:path';
import { readEnvironment, readServiceSettings } from '../config/environment.js';
import { logPoolFor } from '../database/connection-budget.js';
import { databaseUrlOf } from '../database/database-url.js';
import { KeyRing } from '../keys/key-ring.js';
import { createLogger } from '../observability/logger.js';
import { Metrics } from '../observability/metrics.js';
import { startTracing } from '../observability/tracing.js';
import { HttpPeerTransport } from '../peers/peer-client.js';
import { serveAdmin } from './admin-server.js';
import type { ServiceDefinition } from './definition.js';
import { createEventLog } from './event-log.js';
import { KeptEventLog } from './kept-event-log.js';
import { RunningService } from './running-service.js';
import { untilStopped } from './until-stopped.js';

/** Runs one service as a process of its own: everything it depends on is given by URL. */
export async function startService(definition: ServiceDefinition): Promise<void> {
  await untilStopped(async (stopping) => {
    const environment = readEnvironment();
    const logger = createLogger(environment.LOG_LEVEL, definition.name);
    const endTracing = await startTracing(environment);
    const settings = readServiceSettings(definition.name);
    const ownUrl = await databaseUrlOf(definition.name, environment);
    const eventLog = await createEventLog(environment, {
      logger,
      clientId: definition.name,
      databaseUrl: () => databaseUrlOf('events', environment),
      poolSize: logPoolFor(environment.DB_POOL),
    });
    const metrics = new Metrics();
    const kept = await KeptEventLog.start(eventLog, logger, metrics);
    const service = await RunningService.start(definition, {
      environment,
      logger,
      metrics,
      eventLog,
      keys: await KeyRing.open(environment.KEYS_DIR ?? resolve(environment.DATA_DIR, 'keys')),
      peers: new HttpPeerTransport(settings.peerUrls),
      databaseUrl: () => ownUrl,
    });
    await service.app.listen({ host: environment.HOST, port: environment.PORT });
    const admin = await serveAdmin({
      host: environment.HOST,
      port: environment.ADMIN_PORT,
      metrics,
      checks: () => ({ ...service.checks, events: kept.check }),
      accepting: () => !stopping.aborted,
    });
    return async () => {
      await service.stop();
      await kept.close();
      await admin.close();
      await endTracing();
    };
  });
}
