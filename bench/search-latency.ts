// Search through HTTP with facets at 100,000 openings: one client p95 ≤ 50 ms, selective ≤ 20 ms, 8 clients p95 ≤ 150 ms; a worker's matches p95 ≤ 50 ms. `--openings=N`.
import { aJobseeker } from '#contracts/testing';
import { OpeningsForJobseeker } from '../apps/matching/src/matches/openings-for-jobseeker.js';
import { manyOpenings } from './search-quality/many-openings.js';
import { mix } from './search-quality/query-mix.js';
import { quantile, withServer } from './support/bench-server.js';
import { fill, startMatching } from './support/matching-service.js';
import { seeded } from './support/seeded.js';

const argument = process.argv.find((arg) => arg.startsWith('--openings='));
const count = Number(argument?.split('=')[1] ?? 100_000);
const random = seeded(7);
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;

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
  const kinds = mix(openings, random);
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
