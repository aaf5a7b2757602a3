import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { ConfigurationError, type Environment, sentenceOf } from '#platform';

const POLL_MS = 100;
/** A port whose last holder was killed a moment ago becomes free (ms). */
const PORT_MS = 3_000;

/** Ports of loopback that nobody uses, each another one. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => listen('127.0.0.1', 0)));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map(close));
  return ports;
}

/**
 * Sees that PORT and ADMIN_PORT can be listened on, so that nothing is made for a start that cannot succeed.
 * @throws ConfigurationError that names the port and its variable
 */
export async function assertPortsFree({
  HOST,
  PORT,
  ADMIN_PORT,
}: Pick<Environment, 'HOST' | 'PORT' | 'ADMIN_PORT'>): Promise<void> {
  if (PORT === ADMIN_PORT && PORT !== 0) {
    throw new ConfigurationError(`ADMIN_PORT: it is ${PORT}, as PORT is: set one of them to another port.`);
  }
  for (const [variable, port] of Object.entries({ PORT, ADMIN_PORT })) {
    await assertFree(HOST, port).catch((cause: unknown) => {
      throw new ConfigurationError(sentenceOf(cause, variable), { cause });
    });
  }
}

async function assertFree(host: string, port: number): Promise<void> {
  for (const deadline = Date.now() + PORT_MS; ; await delay(POLL_MS)) {
    try {
      return await close(await listen(host, port));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || Date.now() > deadline) throw error;
    }
  }
}

async function listen(host: string, port: number): Promise<Server> {
  const server = createServer().listen(port, host);
  await once(server, 'listening');
  return server;
}

async function close(server: Server): Promise<void> {
  server.close();
  await once(server, 'close');
}
