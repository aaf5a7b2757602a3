import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { requireKafka, startKafka } from '#kafka-local';
import { childEnvironment, createLogger, type Environment, Shutdown } from '#platform';
import { startDatabases } from '../databases.js';
import { demoIsDecided } from '../demo/load-demo.js';
import { keepEventLog } from '../event-log-choice.js';
import { freePorts } from '../ports.js';
import { readyText } from '../ready-text.js';
import { services } from '../services.js';
import { assertCanStart } from '../start-conditions.js';
import { againText, Backoff } from './backoff.js';
import { databaseVariables, EDGE, layOut, publicUrlOf, sharedVariables } from './layout.js';
import { KAFKAJS_WARNING, ProcessGroup, type ProcessSpec } from './process-group.js';

export interface ClusterOptions {
  /** Leaves out the demo data. */
  empty: boolean;
  /** How many processes of each service. */
  instances: number;
  stopping: AbortSignal;
}

const OWN_KAFKA = '127.0.0.1:9092';
const FIRST_START = resolve(import.meta.dirname, 'first-start.js');
/** How often something that is waited for is looked at (ms). */
const POLL_MS = 100;

/**
 * Starts the cluster profile on one machine: every service and the edge as processes of their own, and what was
 * not given by URL. Resolves with its stop when the edge says that everything is ready.
 */
export async function startCluster(
  given: Environment,
  options: ClusterOptions,
): Promise<() => Promise<void>> {
  const logger = createLogger(given.LOG_LEVEL, 'cluster');
  const shutdown = new Shutdown(logger);
  const goOn = (): void => {
    if (options.stopping.aborted) throw new Error('Stopped while starting.');
  };
  try {
    if (wantsOwnKafka(given)) await requireKafka();
    // Kafka of our own is none of the settings.
    await assertCanStart({ ...given, KAFKA_BROKERS: given.KAFKA_BROKERS ?? OWN_KAFKA });
    const { instances } = options;
    const databases = await startDatabases(given, { instances, oneProcess: false }, logger, shutdown);
    goOn();
    const environment = await withKafka(given, options.stopping, shutdown);
    await keepEventLog(environment);
    goOn();
    if (!(await demoIsDecided(environment.DATA_DIR))) {
      await firstStart({ ...sharedVariables(environment), ...databaseVariables(databases.urls) }, options);
      goOn();
    }
    const specs = layOut(environment, databases, instances, await freePorts(services.length * instances * 2));
    await writePlaces(environment, specs);
    let refused: string | undefined;
    const group = new ProcessGroup(specs, (name) => (refused = name));
    shutdown.add('services', 4500, () => group.stop((name) => name !== EDGE, 4000));
    shutdown.add('edge', 4500, () => group.stop((name) => name === EDGE, 4000));
    await untilReady(specs, () => {
      goOn();
      if (refused) throw new Error(`${refused} did not start, for the reason above.`);
    });
    group.keep();
    console.log(readyText({ publicUrl: publicUrlOf(environment), dataDir: environment.DATA_DIR }));
    return () => shutdown.run();
  } catch (error) {
    await shutdown.run();
    throw error;
  }
}

const wantsOwnKafka = ({ EVENTS, KAFKA_BROKERS }: Environment): boolean =>
  EVENTS === 'kafka' && !KAFKA_BROKERS;

/** Kafka of our own where it is wanted and not given, kept running. */
async function withKafka(
  environment: Environment,
  stopping: AbortSignal,
  shutdown: Shutdown,
): Promise<Environment> {
  if (!wantsOwnKafka(environment)) return environment;
  const kafka = await startKafka({ dataDir: resolve(environment.DATA_DIR, 'kafka') });
  shutdown.add('Kafka', 4000, () => kafka.stop());
  const backoff = new Backoff();
  kafka.keep((how, ranSeconds) => {
    const pause = backoff.pauseAfter(ranSeconds);
    console.log(`[kafka] ${againText(how, pause)}`);
    return pause;
  }, stopping);
  return { ...environment, KAFKA_BROKERS: kafka.bootstrap };
}

/** Tables and demo data, by a process that ends when it is done. */
async function firstStart(
  variables: Record<string, string>,
  { empty, stopping }: ClusterOptions,
): Promise<void> {
  const child = spawn(process.execPath, [KAFKAJS_WARNING, FIRST_START, ...(empty ? ['--empty'] : [])], {
    env: childEnvironment({ ...variables, END_WITH_INPUT: 'true' }),
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  stopping.addEventListener('abort', () => child.kill('SIGTERM'));
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0 && !stopping.aborted)
    throw new Error('The databases could not be prepared, for the reason above.');
}

/** Where each process can be asked for its health and metrics, for people and their tools. */
async function writePlaces(
  { DATA_DIR, KAFKA_BROKERS }: Environment,
  specs: readonly ProcessSpec[],
): Promise<void> {
  const processes = specs.map(({ name, environment: { HOST, PORT, ADMIN_PORT } }) => ({
    name,
    url: `http://${HOST}:${PORT}`,
    adminUrl: `http://${HOST}:${ADMIN_PORT}`,
  }));
  const places = JSON.stringify({ kafkaBrokers: KAFKA_BROKERS, processes }, null, 2);
  await writeFile(join(DATA_DIR, 'cluster.json'), `${places}\n`);
}

/**
 * Resolves when every process is ready, the edge with them: of two instances the second must not be counted on
 * earlier. Throws `check`'s error as soon as it has one.
 */
async function untilReady(specs: readonly ProcessSpec[], check: () => void): Promise<void> {
  for (const { environment } of specs) {
    const url = `http://${loopback(environment.HOST)}:${environment.ADMIN_PORT}/health/ready`;
    for (;;) {
      check();
      const ready = await fetch(url, { signal: AbortSignal.timeout(4000) }).then(
        (answer) => answer.ok,
        () => false,
      );
      if (ready) break;
      await delay(POLL_MS);
    }
  }
}

const loopback = (host = ''): string => (host === '0.0.0.0' ? '127.0.0.1' : host);
