import { join, resolve } from 'node:path';
import { createLogger, type Environment, readiness, serveAdmin, Shutdown, startTracing } from '#platform';
import { closeEdge, createEdge, EDGE_MS } from '../../edge/src/edge.js';
import { compose } from './compose.js';
import { startDatabases } from './databases.js';
import { loadDemo } from './demo/load-demo.js';
import { keepEventLog } from './event-log-choice.js';
import { backendsOf } from './in-process-backends.js';
import { readyText } from './ready-text.js';
import { assertCanStart } from './start-conditions.js';

export interface StartOptions {
  /** Leaves out the demo data. */
  empty: boolean;
  stopping: AbortSignal;
}

/** Starts the embedded profile: PostgreSQL, the event log, every service, the edge. Resolves with its stop. */
export async function startPlatform(
  environment: Environment,
  options: StartOptions,
): Promise<() => Promise<void>> {
  await assertCanStart(environment);
  // A person at a terminal gets the warnings, and the rest in a file; who reads the output gets all of it.
  const logFile = process.stdout.isTTY ? join(environment.DATA_DIR, 'logs', 'noiviec.log') : undefined;
  const logger = createLogger(environment.LOG_LEVEL, 'noiviec', logFile);
  const shutdown = new Shutdown(logger);
  const goOn = (): void => {
    if (options.stopping.aborted) throw new Error('Stopped while starting.');
  };
  try {
    shutdown.add('traces', 1000, await startTracing(environment));
    const databases = await startDatabases(environment, { instances: 1, oneProcess: true }, logger, shutdown);
    await keepEventLog(environment);
    goOn();
    const { services, metrics, checks } = await compose(environment, databases, logger, shutdown);
    goOn();
    await loadDemo({ ...options, dataDir: environment.DATA_DIR, services, logger });
    goOn();

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
      backends: backendsOf(services),
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
