import { resolve } from 'node:path';
import type { Logger } from 'pino';
import { startEmbeddedPostgres } from '#embedded-postgres';
import {
  assertDriversExist,
  type Checks,
  createEventLog,
  createLogger,
  ensureDatabase,
  type Environment,
  KeyRing,
  Metrics,
  readiness,
  RunningService,
  serveAdmin,
  type ServiceHost,
} from '#platform';
import { createEdge } from '../../edge/src/edge.js';
import { loadDemo } from './demo/load-demo.js';
import { backendsOf } from './in-process-backends.js';
import { InProcessPeers } from './in-process-peers.js';
import { services } from './services.js';

export interface StartOptions {
  /** Leaves out the demo data. */
  empty: boolean;
  stopping: AbortSignal;
}

interface Databases {
  url(name: string): string;
}

/** Starts the embedded profile: PostgreSQL, the event log, every service, the edge. Resolves with its stop. */
export async function startPlatform(
  environment: Environment,
  options: StartOptions,
): Promise<() => Promise<void>> {
  const undo: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const step of undo.reverse()) await step();
    undo.length = 0;
  };
  try {
    assertDriversExist(environment);
    const logger = createLogger(environment.LOG_LEVEL);
    const databases = await startDatabases(environment, logger, undo);

    const metrics = new Metrics();
    const eventLog = createEventLog(environment, databases.url('events'), logger);
    await eventLog.start();
    undo.push(() => eventLog.close());

    const peers = new InProcessPeers();
    const host: ServiceHost = {
      environment,
      logger,
      metrics,
      eventLog,
      peers,
      keys: await KeyRing.open(environment.KEYS_DIR ?? resolve(environment.DATA_DIR, 'keys')),
      databaseUrl: (service) => databases.url(service),
    };
    const running = await startServices(host, undo);
    running.forEach((service) => peers.add(service));

    await loadDemo({ dataDir: environment.DATA_DIR, empty: options.empty, services: running, logger });

    const checks = (): Checks => ({
      events: () => eventLog.check(),
      ...Object.fromEntries(
        running.flatMap((service) =>
          Object.entries(service.checks).map(([name, check]) => [`${service.name}.${name}`, check]),
        ),
      ),
    });
    const accepting = (): boolean => !options.stopping.aborted;
    const admin = await serveAdmin({
      host: environment.HOST,
      port: environment.ADMIN_PORT,
      metrics,
      checks,
      accepting,
    });
    undo.push(() => admin.close());

    const publicUrl = environment.PUBLIC_URL ?? `http://${environment.HOST}:${environment.PORT}`;
    const edge = await createEdge({
      backends: backendsOf(running),
      ready: async () => (await readiness(checks(), accepting())).ready,
      webFolder: resolve(import.meta.dirname, '../../../web'),
      publicUrl,
      trustedProxies: environment.TRUSTED_PROXIES,
    });
    await edge.listen({ host: environment.HOST, port: environment.PORT });
    undo.push(() => edge.close());
    console.log(`Nối Việc is ready: ${publicUrl}`);
    return stop;
  } catch (error) {
    await stop();
    throw error;
  }
}

/** PostgreSQL of our own, or the server of DATABASE_URL; a database for each service and one for the log. */
async function startDatabases(
  environment: Environment,
  logger: Logger,
  undo: (() => Promise<void>)[],
): Promise<Databases> {
  const names = ['events', ...services.map(({ name }) => name)];
  const urls = new Map<string, string>();
  const url = (name: string): string => urls.get(name) ?? '';
  if (environment.DATABASE_URL) {
    for (const name of names) urls.set(name, await ensureDatabase(environment.DATABASE_URL, name));
    return { url };
  }
  const server = await startEmbeddedPostgres({ dataDir: environment.DATA_DIR, logger });
  undo.push(() => server.stop());
  for (const name of names) urls.set(name, await server.ensureDatabase(name, name));
  return { url };
}

async function startServices(host: ServiceHost, undo: (() => Promise<void>)[]): Promise<RunningService[]> {
  const running: RunningService[] = [];
  undo.push(async () => {
    await Promise.all(running.map((service) => service.stop()));
  });
  const results = await Promise.allSettled(
    services.map(async (definition) => {
      running.push(await RunningService.start(definition, host));
    }),
  );
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
  return running;
}
