// What compose files get wrong that `docker compose config` lets pass: looks at what it prints with --format json.

/** What no visitor may get near. */
const STORES = /^(postgres|kafka|meilisearch)(-\d+)?$/;

const shareNetwork = (one, other) =>
  Object.keys(one.networks ?? {}).some((network) => network in (other.networks ?? {}));

/** @returns a sentence for each fault */
export function composeFaults({ services }) {
  return Object.entries(services).flatMap(([name, service]) => [
    ...logFaults(name, service),
    ...healthFaults(name, service),
    ...networkFaults(name, service, services),
  ]);
}

function logFaults(name, { logging }) {
  const { 'max-size': size, 'max-file': files } = logging?.options ?? {};
  return size && files ? [] : [`what ${name} says is kept without a limit`];
}

/** A JVM is no small thing to start. */
function healthFaults(name, { healthcheck }) {
  const test = healthcheck?.test?.join(' ') ?? '';
  if (!test.includes('/opt/kafka/')) return [];
  return [
    ...(/\bKAFKA_HEAP_OPTS=\S/.test(test)
      ? []
      : [`${name} is asked for its health with the heap of a broker`]),
    ...(inSeconds(healthcheck.interval) >= 30
      ? []
      : [`${name} is asked for its health more often than every 30 s`]),
  ];
}

function inSeconds(duration = '') {
  return [...duration.matchAll(/(\d+)([hms])/g)].reduce(
    (sum, [, number, unit]) => sum + Number(number) * { h: 3600, m: 60, s: 1 }[unit],
    0,
  );
}

function networkFaults(name, service, services) {
  const faults = Object.entries(service.environment ?? {}).flatMap(([variable, value]) =>
    [...String(value ?? '').matchAll(/([\w-]+):\d+/g)]
      .filter(([, host]) => host !== name && services[host] && !shareNetwork(service, services[host]))
      .map(([address]) => `${name} is told ${variable}=…${address}…, which is on none of its networks`),
  );
  if (!service.ports?.length) return faults;
  const near = Object.keys(services).filter(
    (other) => STORES.test(other) && shareNetwork(service, services[other]),
  );
  return [
    ...faults,
    ...near.map((store) => `${name}, which the outside world reaches, is on a network of ${store}`),
  ];
}
