import type { Logger } from 'pino';
import {
  type Checks,
  createEventLog,
  type Environment,
  KeptEventLog,
  KeyRing,
  Metrics,
  RunningService,
  type ServiceHost,
  type Shutdown,
} from '#platform';
import type { Databases } from './databases.js';
import { InProcessPeers } from './in-process-peers.js';
import { services } from './services.js';
import { keysFolderOf } from './start-conditions.js';

export interface Composition {
  services: RunningService[];
  metrics: Metrics;
  checks(): Checks;
}

/** Every service in this process, each in a container of its own. What it starts, `shutdown` ends. */
export async function compose(
  environment: Environment,
  { urls, connections }: Databases,
  logger: Logger,
  shutdown: Shutdown,
): Promise<Composition> {
  const metrics = new Metrics();
  const eventLog = await createEventLog(environment, {
    logger,
    clientId: 'noiviec',
    databaseUrl: () => urls.get('events') ?? '',
    poolSize: connections.logPool,
  });
  const kept = await KeptEventLog.start(eventLog, logger, metrics);
  shutdown.add('event log', 1000, () => kept.close());
  const peers = new InProcessPeers();
  const running = await startServices(
    {
      environment: { ...environment, DB_POOL: connections.pool },
      logger,
      metrics,
      eventLog,
      peers,
      keys: await KeyRing.open(keysFolderOf(environment)),
      databaseUrl: (service) => urls.get(service) ?? '',
    },
    shutdown,
  );
  running.forEach((service) => peers.add(service));
  const checks = (): Checks => ({
    events: kept.check,
    ...Object.fromEntries(
      running.flatMap((service) =>
        Object.entries(service.checks).map(([name, check]) => [`${service.name}.${name}`, check]),
      ),
    ),
  });
  return { services: running, metrics, checks };
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
