import { resolve } from 'node:path';
import { type Environment, routePrefix } from '#platform';
import type { Databases } from '../databases.js';
import { services } from '../services.js';
import { keysFolderOf } from '../start-conditions.js';
import type { ProcessSpec } from './process-group.js';

const APPS = resolve(import.meta.dirname, '../../..');
export const EDGE = 'edge';

/** Where one instance of a service listens, on loopback. */
interface Place {
  service: string;
  port: number;
  adminPort: number;
}

/**
 * Every process of the cluster with its variables: each service `instances` times, and the edge in front of them.
 * @param ports that nobody uses: two for each instance of a service
 */
export function layOut(
  environment: Environment,
  { urls, connections }: Databases,
  instances: number,
  ports: readonly number[],
): ProcessSpec[] {
  const places = services
    .flatMap(({ name }) => Array.from({ length: instances }, () => name))
    .map((service, at): Place => ({ service, port: ports[2 * at] ?? 0, adminPort: ports[2 * at + 1] ?? 0 }));
  const shared = {
    ...sharedVariables(environment),
    ...addresses(places),
    DB_POOL: String(connections.pool),
  };
  return [
    ...places.map(({ service, port, adminPort }, at): ProcessSpec => ({
      name: instances > 1 ? `${service}-${(at % instances) + 1}` : service,
      script: resolve(APPS, service, 'src/main.js'),
      environment: {
        ...shared,
        HOST: '127.0.0.1',
        PORT: String(port),
        ADMIN_PORT: String(adminPort),
        ...databaseVariables(urls, [service, 'events']),
      },
    })),
    {
      name: EDGE,
      script: resolve(APPS, EDGE, 'src/main.js'),
      environment: {
        ...shared,
        HOST: environment.HOST,
        PORT: String(environment.PORT),
        ADMIN_PORT: String(environment.ADMIN_PORT),
      },
    },
  ];
}

export const publicUrlOf = ({ PUBLIC_URL, HOST, PORT }: Environment): string =>
  PUBLIC_URL ?? `http://${HOST}:${PORT}`;

/** What every process is told alike, also when it was a default here. */
export function sharedVariables(environment: Environment): Record<string, string> {
  const dataDir = resolve(environment.DATA_DIR);
  return {
    DATA_DIR: dataDir,
    KEYS_DIR: keysFolderOf(environment),
    EVENTS: environment.EVENTS,
    SEARCH: environment.SEARCH,
    ...(environment.KAFKA_BROKERS && { KAFKA_BROKERS: environment.KAFKA_BROKERS }),
    PUBLIC_URL: publicUrlOf(environment),
  };
}

/** `<SERVICE>_DATABASE_URL`: no process gets another service's. */
export function databaseVariables(
  urls: ReadonlyMap<string, string>,
  names: Iterable<string> = urls.keys(),
): Record<string, string> {
  return Object.fromEntries(
    [...names].flatMap((name) => {
      const url = urls.get(name);
      return url ? [[`${name.toUpperCase()}_DATABASE_URL`, url]] : [];
    }),
  );
}

/** Where each service, under each of its names, and its health are found. */
function addresses(places: readonly Place[]): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const definition of services) {
    const { name, alsoServes = [] } = definition;
    const own = places.filter(({ service }) => service === name);
    const list = (url: (place: Place) => string): string => own.map(url).join(',');
    variables[`${name.toUpperCase()}_URL`] = list(({ port }) => `http://127.0.0.1:${port}`);
    variables[`${name.toUpperCase()}_ADMIN_URL`] = list(({ adminPort }) => `http://127.0.0.1:${adminPort}`);
    for (const further of alsoServes) {
      variables[`${further.toUpperCase()}_URL`] = list(
        ({ port }) => `http://127.0.0.1:${port}/${routePrefix(definition)}/${further}`,
      );
    }
  }
  return variables;
}
