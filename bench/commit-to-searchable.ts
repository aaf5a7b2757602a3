// From the commit of a published opening until the search finds it, at 200 openings per second (goal p95 ≤ 1 s; 2 s with EVENTS=kafka and SEARCH=meilisearch). `--per-second=N`.
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  createEventLog,
  createLogger,
  type Environment,
  KeyRing,
  Metrics,
  PeerError,
  readEnvironment,
  RunningService,
  type ServiceHost,
} from '#platform';
import { matchingService } from '../apps/matching/src/service.js';
import { BulkOpenings } from '../apps/openings/src/bulk/bulk-openings.js';
import { openingsService } from '../apps/openings/src/service.js';
import { withKafka } from './support/bench-kafka.js';
import { type BenchServer, quantile, whole, withServer } from './support/bench-server.js';
import { withOwnIndex } from './support/own-index.js';

const argument = process.argv.find((arg) => arg.startsWith('--per-second='));
const perSecond = Number(argument?.split('=')[1] ?? 200);
const WARM_UP_SECONDS = 5;
const SECONDS = 20;
/** An employer's openings are committed together, as a desk or an import does; each commit is timed by itself. */
const AT_ONCE = 20;
/** The search is asked for one opening in so many, by the number in its title … */
const PROBE_EVERY = 20;
/** … again after so long: what is measured is too long by half of this on average. */
const LOOK_EVERY_MS = 200;
const GIVE_UP_MS = 30_000;

const given = readEnvironment({ ...process.env, LOG_LEVEL: 'error', PORT: '0' });

if (given.EVENTS === 'kafka' && !given.KAFKA_BROKERS) {
  await withKafka('commit → searchable on Kafka', ({ bootstrap }) =>
    searchingBy({ ...given, KAFKA_BROKERS: bootstrap }),
  );
} else await searchingBy(given);

/** By Meilisearch in an index of its own: the server may be one that others use. */
function searchingBy(environment: Environment): Promise<void> {
  const { SEARCH, MEILI_URL: url, MEILI_KEY: key } = environment;
  if (SEARCH !== 'meilisearch' || !url) return run(environment);
  return withOwnIndex({ url, key }, ({ server }) => run({ ...environment, MEILI_INDEX: server.names.live }));
}

/** Openings and matching, with a search over HTTP. */
function run(environment: Environment): Promise<void> {
  return withServer(async (server) => {
    const eventLog = await createEventLog(environment, {
      logger: createLogger('error'),
      clientId: 'bench',
      databaseUrl: () => server.url('event_log'),
    });
    await eventLog.start();
    const running: RunningService[] = [];
    try {
      for (const definition of [openingsService, matchingService])
        running.push(
          await RunningService.start(
            definition,
            await hostOf(server, environment, definition.name, eventLog),
          ),
        );
      const [openings, matching] = running as [RunningService, RunningService];
      await matching.app.listen({ host: '127.0.0.1', port: 0 });
      const address = (await matching.app.getUrl()).replace('[::1]', '127.0.0.1');
      await measure(openings.app.get(BulkOpenings, { strict: false }), `${address}/api/v1/matching/openings`);
    } finally {
      for (const service of running) await service.stop();
      await eventLog.close();
    }
  });
}

async function hostOf(
  server: BenchServer,
  environment: Environment,
  name: string,
  eventLog: ServiceHost['eventLog'],
): Promise<ServiceHost> {
  const url = await server.url(name);
  return {
    environment,
    logger: createLogger('error', name),
    metrics: new Metrics(),
    eventLog,
    keys: await KeyRing.open(join(server.folder, 'keys')),
    peers: { send: (peer) => Promise.reject(new PeerError(peer, 503, 'not part of this benchmark')) },
    databaseUrl: () => url,
  };
}

async function measure(bulk: BulkOpenings, search: string): Promise<void> {
  const latencies: number[] = [];
  const looking: Promise<void>[] = [];
  const commits = ((WARM_UP_SECONDS + SECONDS) * perSecond) / AT_ONCE;
  const began = performance.now();
  for (let n = 0; n < commits; n++) {
    await delay(Math.max(0, began + (n * AT_ONCE * 1000) / perSecond - performance.now()));
    await bulk.store([employer(n)], 'bench');
    const committed = performance.now();
    if (committed - began < WARM_UP_SECONDS * 1000) continue;
    for (let i = 0; i < AT_ONCE; i += PROBE_EVERY)
      looking.push(foundAfter(search, numberOf(n, i), committed).then((ms) => void latencies.push(ms)));
  }
  const rate = (commits * AT_ONCE * 1000) / (performance.now() - began);
  await Promise.all(looking);
  const ms = (part: number): string => `${quantile(latencies, part).toFixed(0)} ms`;
  console.log(
    `commit → found by the search at ${rate.toFixed(0)} openings/s (${perSecond}/s asked for), events by ${given.EVENTS}, search by ${given.SEARCH}: ` +
      `p50 ${ms(0.5)}, p95 ${ms(0.95)}, max ${ms(1)} of ${whole(latencies.length)} looked for ` +
      `(goal p95 ≤ ${given.EVENTS === 'kafka' ? 2 : 1} s; load of the machine ${loadavg()[0]?.toFixed(1)})`,
  );
}

function numberOf(commit: number, i: number): number {
  return 700_001 + commit * AT_ONCE + i;
}

function employer(n: number): Parameters<BulkOpenings['store']>[0][number] {
  return {
    legalName: `Công ty Cơ khí ${n}`,
    employerType: 'nonState',
    sectorCode: 'C',
    sizeBand: '51-100',
    provinceCode: '19',
    communeCode: null,
    industrialZone: null,
    organisationId: null,
    verificationStatus: 'approved',
    openings: Array.from({ length: AT_ONCE }, (_, i) => ({
      title: `Thợ hàn tổ ${numberOf(n, i)}`,
      quantity: 3,
      occupationCode: '7212',
      workplaces: [{ provinceCode: '19' }],
      pay: { kind: 'monthly' as const, min: 9_000_000, max: 14_000_000, currency: 'VND' },
      experience: { minMonths: 12, maxMonths: null },
      status: 'published' as const,
      ageDays: 0,
    })),
  };
}

/** Milliseconds from the commit until the search answers with the opening of that number. */
async function foundAfter(search: string, number: number, committed: number): Promise<number> {
  while (performance.now() - committed < GIVE_UP_MS) {
    const answer = await fetch(`${search}?q=${number}&limit=1`);
    const { items } = (await answer.json()) as { items: { title: string }[] };
    if (items[0]?.title.includes(String(number))) return performance.now() - committed;
    await delay(LOOK_EVERY_MS);
  }
  throw new Error(`the search did not find ${number} in ${GIVE_UP_MS / 1000} s`);
}
