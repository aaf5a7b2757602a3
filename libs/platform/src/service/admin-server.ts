import Fastify from 'fastify';
import type { Metrics } from '../observability/metrics.js';
import type { Checks } from './running-service.js';

export interface AdminServer {
  port: number;
  close(): Promise<void>;
}

export interface AdminOptions {
  host: string;
  port: number;
  metrics: Metrics;
  /** Everything the process depends on, by name. */
  checks(): Checks;
  /** False while starting and draining. */
  accepting(): boolean;
  /**
   * Ready also while something that it depends on is not: the edge goes on for the services that are there, and
   * who balances requests must not take it away.
   */
  independent?: boolean;
}

const CHECK_MS = 3000;

export interface Readiness {
  ready: boolean;
  dependencies: Record<string, string>;
}

/** Asks every dependency, each for at most three seconds: up, or what is wrong. */
export async function readiness(checks: Checks, accepting: boolean): Promise<Readiness> {
  const dependencies: Record<string, string> = {};
  let ready = accepting;
  await Promise.all(
    Object.entries(checks).map(async ([name, check]) => {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error(`no answer within ${CHECK_MS} ms`)), CHECK_MS);
      });
      try {
        dependencies[name] = (await Promise.race([check(), late])) ?? 'up';
      } catch (error) {
        ready = false;
        dependencies[name] = error instanceof Error ? error.message : String(error);
      } finally {
        clearTimeout(timer);
      }
    }),
  );
  return { ready, dependencies };
}

/** Health and metrics of a process, on a port that the edge does not pass on. */
export async function serveAdmin(options: AdminOptions): Promise<AdminServer> {
  const server = Fastify();
  server.get('/health/live', () => ({ status: 'live', pid: process.pid }));
  server.get('/health/ready', async (_, reply) => {
    const found = await readiness(options.checks(), options.accepting());
    const result = options.independent ? { ...found, ready: options.accepting() } : found;
    return reply
      .status(result.ready ? 200 : 503)
      .send({ status: result.ready ? 'ready' : 'not ready', ...result });
  });
  server.get('/metrics', async (_, reply) =>
    reply.type(options.metrics.registry.contentType).send(await options.metrics.text()),
  );
  await server.listen({ host: options.host, port: options.port });
  const address = server.server.address();
  return {
    port: typeof address === 'object' && address ? address.port : options.port,
    close: () => server.close(),
  };
}
