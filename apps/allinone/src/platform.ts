import { join, resolve } from 'node:path';
import type { FastifyInstance } from 'fastify';
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
  Shutdown,
  startTracing,
} from '#platform';
import { createEdge } from '../../edge/src/edge.js';
import { loadDemo } from './demo/load-demo.js';
import { backendsOf } from './in-process-backends.js';
import { InProcessPeers } from './in-process-peers.js';
import { readyText } from './ready-text.js';
import { services } from './services.js';

export interface StartOptions {
  /** Leaves out the demo data. */
  empty: boolean;
  stopping: AbortSignal;
}

/** How long requests in hand may go on once a stop is asked for; the whole stop has 14 s. */
const EDGE_MS = 3000;

interface Databases {
  url(name: string): string;
}

/** Starts the embedded profile: PostgreSQL, the event log, every service, the edge. Resolves with its stop. */
export async function startPlatform(
  environment: Environment,
  options: StartOptions,
): Promise<() => Promise<void>> {
  assertDriversExist(environment);
  // A person at a terminal gets the warnings, and the rest in a file; who reads the output gets all of it.
  const logFile = process.stdout.isTTY ? join(environment.DATA_DIR, 'logs', 'noiviec.log') : undefined;
  const logger = createLogger(environment.LOG_LEVEL, 'noiviec', logFile);
  const shutdown = new Shutdown(logger);
  const goOn = (): void => {
    if (options.stopping.aborted) throw new Error('Stopped while starting.');
  };
  try {
    shutdown.add('traces', 1000, await startTracing(environment));
    const databases = await startDatabases(environment, logger, shutdown);
    goOn();

    const metrics = new Metrics();
    const eventLog = await createEventLog(environment, {
      logger,
      clientId: 'noiviec',
      databaseUrl: () => databases.url('events'),
    });
    await eventLog.start();
    shutdown.add('event log', 1000, () => eventLog.close());

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
    const running = await startServices(host, shutdown);
    goOn();
    running.forEach((service) => peers.add(service));

    await loadDemo({ ...options, dataDir: environment.DATA_DIR, services: running, logger });
    goOn();

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
    shutdown.add('admin port', 500, () => admin.close());

    const publicUrl = environment.PUBLIC_URL ?? `http://${environment.HOST}:${environment.PORT}`;
    const edge = await createEdge({
      backends: backendsOf(running),
      ready: async () => (await readiness(checks(), accepting())).ready,
      webFolder: resolve(import.meta.dirname, '../../../web'),
      publicUrl,
      trustedProxies: environment.TRUSTED_PROXIES,
    });
    await edge.listen({ host: environment.HOST, port: environment.PORT });
    shutdown.add('edge', EDGE_MS + 500, () => closeEdge(edge));
    console.log(readyText({ publicUrl, dataDir: environment.DATA_DIR, logFile }));
    return () => shutdown.run();
  } catch (error) {
    await shutdown.run();
    throw error;
  }
}

/** PostgreSQL of our own, or the server of DATABASE_URL; a database for each service, and one for a log in PostgreSQL. */
async function startDatabases(
  environment: Environment,
  logger: Logger,
  shutdown: Shutdown,
): Promise<Databases> {
  const names = services.map(({ name }) => name);
  if (environment.EVENTS === 'postgres') names.push('events');
  const urls = new Map<string, string>();
  const url = (name: string): string => urls.get(name) ?? '';
  if (environment.DATABASE_URL) {
    for (const name of names) urls.set(name, await ensureDatabase(environment.DATABASE_URL, name));
    return { url };
  }
  const server = await startEmbeddedPostgres({ dataDir: environment.DATA_DIR, logger });
  shutdown.add('PostgreSQL', 5000, () => server.stop(3000));
  for (const name of names) urls.set(name, await server.ensureDatabase(name, name));
  return { url };
}

async function startServices(host: ServiceHost, shutdown: Shutdown): Promise<RunningService[]> {
  const running: RunningService[] = [];
  shutdown.add('services', 3500, async () => {
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

/** Takes no new requests and waits for those in hand; a client that is slower than that is cut off. */
async function closeEdge(edge: FastifyInstance): Promise<void> {
  const late = setTimeout(() => edge.server.closeAllConnections(), EDGE_MS);
  await edge.close();
  clearTimeout(late);
}
