import {
  type Checks,
  ConfigurationError,
  createLogger,
  type Environment,
  Metrics,
  readiness,
  readServiceSettings,
  serveAdmin,
  type ServiceSettings,
  Shutdown,
  startTracing,
  type UpstreamFailure,
  upstreamFailureReasons,
} from '#platform';
import { closeEdge, createEdge, EDGE_MS } from './edge.js';
import { httpBackends } from './http-backends.js';
import { EDGE } from './observe-request.js';

const CHECK_MS = 2_500;

/** Runs the edge as a process of its own, before services that are given by URL. Resolves with its stop. */
export async function startEdge(
  environment: Environment,
  webFolder: string,
  stopping: AbortSignal,
): Promise<() => Promise<void>> {
  const settings = readServiceSettings(EDGE);
  const shutdown = new Shutdown(createLogger(environment.LOG_LEVEL, EDGE));
  shutdown.add('traces', 1000, await startTracing(environment));
  const metrics = new Metrics();
  const { HOST: host, PORT: port } = environment;
  const checks = (): Checks => readinessOf(settings.adminUrls);
  const accepting = (): boolean => !stopping.aborted;
  const { backends, close } = await httpBackends(routesOf(settings), upstreamFailuresOf(settings, metrics));
  shutdown.add('connections to the services', 500, close);
  const edge = await createEdge({
    backends,
    ready: async () => (await readiness(checks(), accepting())).ready,
    webFolder,
    publicUrl: environment.PUBLIC_URL ?? `http://${host}:${port}`,
    trustedProxies: environment.TRUSTED_PROXIES,
    metrics,
  });
  const admin = await serveAdmin({
    host,
    port: environment.ADMIN_PORT,
    metrics,
    checks,
    accepting,
    independent: true,
  });
  shutdown.add('admin port', 500, () => admin.close());
  await edge.listen({ host, port });
  shutdown.add('edge', EDGE_MS + 500, () => closeEdge(edge));
  return () => shutdown.run();
}

/**
 * The names below `/api/v1/` that lead to a service: those whose health is known, and further names of these.
 * Other `…_URL` variables are none of the edge's business, and never open to the outside.
 */
function routesOf({ peerUrls, adminUrls }: ServiceSettings): Record<string, string[]> {
  const names = Object.keys(adminUrls);
  if (names.length === 0) {
    throw new ConfigurationError(
      'Set OPENINGS_URL and OPENINGS_ADMIN_URL, and likewise for every other service, to where it listens: http://host:port,…',
    );
  }
  const missing = names.find((name) => !peerUrls[name]);
  if (missing)
    throw new ConfigurationError(`${missing.toUpperCase()}_URL: set it to where the service listens.`);
  const isFurther = (urls: readonly string[]): boolean =>
    names.some((name) => urls.every((url) => new URL(url).pathname.startsWith(`/api/v1/${name}/`)));
  return Object.fromEntries(
    Object.entries(peerUrls).filter(([name, urls]) => names.includes(name) || isFurther(urls)),
  );
}

/** Counts what instances did not answer; from the start with 0, so that the first failure is an increase. */
function upstreamFailuresOf(
  { adminUrls }: ServiceSettings,
  { upstreamFailures }: Metrics,
): (upstream: string, reason: UpstreamFailure) => void {
  for (const upstream of Object.keys(adminUrls))
    for (const reason of upstreamFailureReasons) upstreamFailures.inc({ service: EDGE, upstream, reason }, 0);
  return (upstream, reason) => upstreamFailures.inc({ service: EDGE, upstream, reason });
}

/** A service is ready when one of its instances is. */
function readinessOf(adminUrls: ServiceSettings['adminUrls']): Checks {
  return Object.fromEntries(
    Object.entries(adminUrls).map(([name, urls]) => [
      name,
      async () => {
        const answers = await Promise.allSettled(urls.map((url) => askReady(url)));
        if (!answers.some(({ status }) => status === 'fulfilled')) throw new Error('no instance is ready');
      },
    ]),
  );
}

async function askReady(adminUrl: string): Promise<void> {
  const answer = await fetch(`${adminUrl}/health/ready`, { signal: AbortSignal.timeout(CHECK_MS) });
  await answer.body?.cancel();
  if (!answer.ok) throw new Error('not ready');
}
