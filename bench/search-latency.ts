// Search through HTTP with facets at 100,000 openings: one client p95 ≤ 50 ms, selective ≤ 20 ms, 8 clients p95 ≤ 150 ms; a worker's matches p95 ≤ 50 ms. `--openings=N`.
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import type { JobOpeningState } from '#contracts';
import { aJobseeker } from '#contracts/testing';
import type { DomainEvent } from '#events';
import { createLogger, KeyRing, Metrics, PeerError, readEnvironment, RunningService } from '#platform';
import { OpeningsForJobseeker } from '../apps/matching/src/matches/openings-for-jobseeker.js';
import { OpeningProjection } from '../apps/matching/src/read-model/opening.projection.js';
import { SearchKnowledge } from '../apps/matching/src/search/search-knowledge.js';
import { matchingService } from '../apps/matching/src/service.js';
import { manyOpenings } from './search-quality/many-openings.js';
import { quantile, withServer } from './support/bench-server.js';
import { seeded } from './support/seeded.js';

const QUERIES_PER_KIND = 100;
const BATCH = 2_000;
const argument = process.argv.find((arg) => arg.startsWith('--openings='));
const count = Number(argument?.split('=')[1] ?? 100_000);
const random = seeded(7);
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;

const FREQUENT = [
  ...[
    'kế toán',
    'nhân viên',
    'kinh doanh',
    'marketing',
    'nhan vien',
    'ke toan',
    'kỹ sư',
    'chuyên viên',
    'sales',
    'tư vấn',
  ],
  ...[
    'trưởng phòng',
    'thiết kế',
    'kỹ thuật',
    'bán hàng',
    'nhân sự',
    'hành chính',
    'quản lý',
    'điện',
    'kho',
    'giáo viên',
  ],
];

/** The committed mix: what is asked, by kind; the same for the same seed. */
function mix(openings: readonly JobOpeningState[]): Record<string, string[]> {
  const words = (title: string): string[] =>
    title.split(/[\s/(),.-]+/).filter((word) => /^\p{L}{2,}$/u.test(word));
  const few = (): string => {
    for (;;) {
      const all = words(pick(openings).title);
      const length = random() < 0.5 ? 2 : 3;
      const at = Math.floor(random() * Math.max(1, Math.min(all.length - length, 4)));
      if (all.length >= at + length)
        return all
          .slice(at, at + length)
          .join(' ')
          .toLowerCase();
    }
  };
  const misspelt = (text: string): string => {
    const at = 1 + Math.floor(random() * (text.length - 2));
    return random() < 0.5
      ? text.slice(0, at) + text.slice(at + 1)
      : text.slice(0, at) + text[at + 1]! + text[at]! + text.slice(at + 2);
  };
  const times = (part: number, make: () => string): string[] =>
    Array.from({ length: Math.round(QUERIES_PER_KIND * 10 * part) }, make);
  return {
    browse: times(0.3, () =>
      random() < 0.5 ? '' : `province=${pick(['01', '79', '75', '24', '31', '48'])}`,
    ),
    'one frequent word': times(0.3, () => `q=${encodeURIComponent(pick(FREQUENT))}`),
    'two or three words': times(0.3, () => `q=${encodeURIComponent(few())}`),
    misspelt: times(0.1, () => `q=${encodeURIComponent(misspelt(few()))}`),
  };
}

/** The service as the embedded profile runs it, over HTTP. */
async function startMatching(
  url: string,
  log: RunningServiceHost['eventLog'],
  folder: string,
): Promise<{ service: RunningService; address: string }> {
  const service = await RunningService.start(matchingService, {
    environment: readEnvironment({ LOG_LEVEL: 'silent', PORT: '0' }),
    logger: createLogger('silent', 'matching'),
    metrics: new Metrics(),
    eventLog: log,
    keys: await KeyRing.open(join(folder, 'keys')),
    peers: { send: (peer) => Promise.reject(new PeerError(peer, 503, 'not part of this benchmark')) },
    databaseUrl: () => url,
  });
  await service.app.listen({ host: '127.0.0.1', port: 0 });
  return { service, address: (await service.app.getUrl()).replace('[::1]', '127.0.0.1') };
}
type RunningServiceHost = Parameters<typeof RunningService.start>[1];

async function fill(service: RunningService, openings: readonly JobOpeningState[]): Promise<void> {
  const dataSource = service.app.get(DataSource);
  const projection = service.app.get(OpeningProjection, { strict: false });
  const began = performance.now();
  for (let i = 0; i < openings.length; i += BATCH) {
    const events = openings.slice(i, i + BATCH).map((state): DomainEvent<JobOpeningState> => ({
      id: state.id,
      type: 'vn.openings.job-opening.published.v1',
      source: '/openings',
      time: state.publishedAt!,
      key: state.id,
      state,
    }));
    await dataSource.transaction((tx) => projection.project(events, tx));
  }
  console.log(`projected ${Math.round((openings.length * 1000) / (performance.now() - began))} openings/s`);
  await dataSource.query('VACUUM ANALYZE opening_index');
  await service.app.get(SearchKnowledge, { strict: false }).refresh();
}

async function timed(address: string, query: string): Promise<{ ms: number; total: number }> {
  const began = performance.now();
  const response = await fetch(`${address}/api/v1/matching/openings?${query}`);
  const body = (await response.json()) as { total: number };
  if (response.status !== 200) throw new Error(`${query}: ${response.status} ${JSON.stringify(body)}`);
  return { ms: performance.now() - began, total: body.total };
}

const line = (name: string, values: number[], note = ''): void =>
  console.log(
    `${name.padEnd(28)} p50 ${quantile(values, 0.5).toFixed(1).padStart(6)} ms   p95 ${quantile(values, 0.95).toFixed(1).padStart(6)} ms   ${values.length} ${note}`,
  );

await withServer(async (server) => {
  const openings = manyOpenings(count);
  const { service, address } = await startMatching(
    await server.url('matching'),
    await server.log(),
    server.folder,
  );
  await fill(service, openings);
  const kinds = mix(openings);
  const shuffled = Object.values(kinds)
    .flat()
    .map((query) => ({ query, at: random() }))
    .sort((a, b) => a.at - b.at);
  const all: number[] = [];
  const selective: number[] = [];
  const byKind = new Map<string, number[]>();
  const kindOf = new Map(
    Object.entries(kinds).flatMap(([kind, list]) => list.map((query) => [query, kind] as const)),
  );
  for (const { query } of shuffled.slice(0, 50)) await timed(address, query);
  for (const { query } of shuffled) {
    const { ms, total } = await timed(address, query);
    all.push(ms);
    if (total <= 500) selective.push(ms);
    const kind = kindOf.get(query)!;
    byKind.set(kind, [...(byKind.get(kind) ?? []), ms]);
  }
  for (const [kind, values] of byKind) line(kind, values);
  line('one client, the mix', all, '(goal p95 ≤ 50)');
  line('one client, ≤ 500 hits', selective, '(goal p95 ≤ 20)');
  const eight: number[] = [];
  await Promise.all(
    Array.from({ length: 8 }, async (_, client) => {
      for (let i = client; i < shuffled.length; i += 8)
        eight.push((await timed(address, shuffled[i]!.query)).ms);
    }),
  );
  line('eight clients, the mix', eight, '(goal p95 ≤ 150)');
  const matcher = service.app.get(OpeningsForJobseeker, { strict: false });
  const matched: number[] = [];
  for (let i = 0; i < 120; i++) {
    const wish = pick(openings);
    const code = wish.occupationProposals[0]?.code;
    const began = performance.now();
    const found = await matcher.find(
      aJobseeker({
        desiredTitle: wish.title.slice(0, 60),
        desiredOccupationCodes: code ? [code] : [],
        desiredPlaces: [{ provinceCode: '01', communeCode: null, radiusKm: null, countryCode: null }],
      }),
      20,
    );
    if (i >= 20) matched.push(performance.now() - began);
    if (!found.length && i === 0) console.log('no match for', wish.title);
  }
  line('a worker, top 20 explained', matched, '(goal p95 ≤ 50)');
  console.log(`memory ${Math.round(process.memoryUsage().rss / 2 ** 20)} MB RSS`);
  await service.stop();
});
