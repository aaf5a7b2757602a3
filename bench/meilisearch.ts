// With MEILI_URL: openings/s through the feeder ÷ raw NDJSON upload (goal ≥ 0.8); search through the API ÷ its requests to Meilisearch sent directly, p95 (goal ≤ 1.3). `--openings=N`.
import { DataSource } from 'typeorm';
import { readEnvironment, type RunningService } from '#platform';
import { noteChanges } from '../apps/matching/src/search/feed/change-queue.js';
import { FeedLease } from '../apps/matching/src/search/feed/feed-lease.js';
import { FEED_BATCH, IndexFeeder } from '../apps/matching/src/search/feed/index-feeder.js';
import { docTerms } from '../apps/matching/src/search/doc-terms.js';
import { ReadyLines } from '../apps/matching/src/search/feed/ready-lines.js';
import { documentLine } from '../apps/matching/src/search/meilisearch/index-document.js';
import { BATCH, type MeilisearchIndexes } from '../apps/matching/src/search/meilisearch/meilisearch-index.js';
import type { MeilisearchServer } from '../apps/matching/src/search/meilisearch/meilisearch-server.js';
import type { OpeningDoc } from '../apps/matching/src/search/opening-doc.js';
import { FACETS } from '../apps/matching/src/search/search-engine.js';
import { manyOpenings } from './search-quality/many-openings.js';
import { mix } from './search-quality/query-mix.js';
import { type BenchServer, logger, quantile, whole, withServer } from './support/bench-server.js';
import { fill, startMatching } from './support/matching-service.js';
import { withOwnIndex } from './support/own-index.js';
import { RecordedRequests } from './support/recorded-requests.js';
import { seeded } from './support/seeded.js';

const argument = process.argv.find((arg) => arg.startsWith('--openings='));
const count = Number(argument?.split('=')[1] ?? 20_000);
const LEASE_MS = 3_600_000;
const WARM_UP = 50;
const ROUNDS = 5;
const { MEILI_URL: url, MEILI_KEY: key } = readEnvironment();

const seconds = async (work: () => Promise<void>): Promise<number> => {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
};

/** The same documents, made beforehand, with the same settings, so many in a request. */
async function rawSeconds(documents: readonly string[], batch: number): Promise<number> {
  let took = 0;
  await withOwnIndex({ url: url!, key }, async (indexes) => {
    await indexes.ensure('live');
    const raw = indexes.server.writer.index(indexes.server.names.live);
    took = await seconds(async () => {
      const tasks: number[] = [];
      for (let i = 0; i < documents.length; i += batch) {
        const body = documents.slice(i, i + batch).join('\n');
        const { taskUid } = await raw.addDocumentsFromString(body, 'application/x-ndjson', {
          primaryKey: 'id',
        });
        tasks.push(taskUid);
      }
      await indexes.server.finished(tasks);
    });
  });
  return took;
}

/**
 * Openings per second, raw and by the feeder: from its queue into an empty index, beside the projection, which has made
 * the lines, and as another process finds it, which reads the rows; and as a whole new index, which reads them too. In
 * turn, as the machine is not equally quick all the time; the index is left full.
 */
async function feedRates(dataSource: DataSource, indexes: MeilisearchIndexes): Promise<void> {
  const rows = await dataSource.query<{ doc: OpeningDoc }[]>('SELECT doc FROM openings');
  const openings = rows.map(({ doc }) => docTerms(doc));
  const documents = openings.map(documentLine);
  const lease = new FeedLease(dataSource, LEASE_MS);
  await lease.hold();
  const ready = new ReadyLines();
  const feeder = new IndexFeeder(dataSource, indexes, lease, logger, ready);
  const rates = {
    ...{ large: [] as number[], small: [] as number[] },
    ...{ ready: [] as number[], read: [] as number[], built: [] as number[], kept: [] as number[] },
  };
  const timed = async (list: number[], took: Promise<number>): Promise<void> =>
    void list.push(rows.length / (await took));
  const fromQueue = async (list: number[]): Promise<void> => {
    await indexes.drop('live');
    await indexes.ensure('live');
    await noteChanges(
      dataSource,
      openings.map(({ doc }) => doc.id),
    );
    await timed(
      list,
      seconds(async () => {
        while ((await feeder.feedChanges()) > 0);
      }),
    );
  };
  for (let round = 0; round < ROUNDS; round++) {
    await timed(rates.large, rawSeconds(documents, BATCH));
    await timed(
      rates.kept,
      seconds(async () => ready.keep(openings)),
    );
    await fromQueue(rates.ready);
    await timed(rates.small, rawSeconds(documents, FEED_BATCH));
    await fromQueue(rates.read);
    await timed(
      rates.built,
      seconds(() => feeder.rebuild()),
    );
  }
  await lease.release();
  const median = (list: number[]): number => quantile(list, 0.5);
  const raw = Math.max(median(rates.large), median(rates.small));
  console.log(
    `raw NDJSON upload             ${whole(median(rates.large))}/s by ${whole(BATCH)}, ${whole(median(rates.small))}/s by ${whole(FEED_BATCH)}, medians of ${ROUNDS}`,
  );
  const line = (what: string, list: number[], note: string): void =>
    console.log(`${what} ${whole(median(list))}/s   ÷ raw ${(median(list) / raw).toFixed(2)} (${note})`);
  line('feeder, beside the projection', rates.ready, 'goal ≥ 0.8');
  line('feeder, of another process   ', rates.read, 'reading and making the documents included');
  line('feeder, a whole index        ', rates.built, 'settings, swap and the former index’s end too');
  console.log(
    `the lines in the projection   ${whole(1e6 / median(rates.kept))} µs an opening, which the feeder need not spend`,
  );
}

/**
 * Milliseconds of each query of the mix: through the API; then the same requests that the API has sent to the server,
 * sent again; and the words alone, as a search of Meilisearch's own, which finds other things.
 */
async function searchRatios(
  address: string,
  queries: readonly string[],
  server: MeilisearchServer,
): Promise<void> {
  const client = await server.reader;
  const index = client.index(server.names.live);
  const times = { through: [] as number[], direct: [] as number[], words: [] as number[] };
  const recorded = new RecordedRequests((to) => to.startsWith(url!) && to.endsWith('search'));
  let requests = 0;
  const timed = async (list: number[], i: number, ask: () => Promise<unknown>): Promise<void> => {
    const took = await seconds(async () => void (await ask()));
    if (i >= WARM_UP) list.push(took * 1000);
  };
  for (const [i, query] of queries.entries()) {
    const asked = new URLSearchParams(query);
    const province = asked.get('province');
    recorded.taken();
    await timed(times.through, i, async () => {
      const response = await fetch(`${address}/api/v1/matching/openings?${query}`);
      const { engine } = (await response.json()) as { engine: string };
      if (engine !== 'meilisearch') throw new Error(`${query} was answered by ${engine}`);
    });
    const waves = recorded.taken();
    requests += waves.flat().length;
    await timed(times.direct, i, () => recorded.send(waves));
    await timed(times.words, i, () =>
      index.search(asked.get('q'), {
        matchingStrategy: 'frequency',
        facets: [...FACETS],
        limit: 20,
        ...(province && { filter: `province = "${province}"` }),
      }),
    );
  }
  recorded.end();
  const line = (what: string, values: number[]): void =>
    console.log(
      `${what} p50 ${quantile(values, 0.5).toFixed(1)} ms, p95 ${quantile(values, 0.95).toFixed(1)} ms`,
    );
  const ratio = (to: number[], of: number): string =>
    (quantile(times.through, of) / quantile(to, of)).toFixed(2);
  line('search through the API                  ', times.through);
  line('its requests to Meilisearch, sent again ', times.direct);
  line('its words alone, asked of Meilisearch   ', times.words);
  console.log(
    `what our process adds, API ÷ its requests directly: p50 ${ratio(times.direct, 0.5)}, p95 ${ratio(times.direct, 0.95)} (goal ≤ 1.3), ${times.through.length} queries, ${(requests / queries.length).toFixed(1)} requests each`,
  );
  console.log(
    `API ÷ the words alone: p50 ${ratio(times.words, 0.5)}, p95 ${ratio(times.words, 0.95)} (another answer: 20 hits, no tiers, no re-ranking)`,
  );
}

if (!url) console.log('MEILI_URL names no Meilisearch server: nothing was measured.');
else await withServer((server) => withOwnIndex({ url, key }, (indexes) => measure(server, indexes)));

async function measure(server: BenchServer, indexes: MeilisearchIndexes): Promise<void> {
  const openings = manyOpenings(count);
  const [database, log] = [await server.url('matching'), await server.log()];
  const first = await startMatching(database, log, server.folder);
  await fill(first.service, openings);
  await feedRates(first.service.app.get(DataSource), indexes);
  await first.service.stop();

  const settings = {
    SEARCH: 'meilisearch',
    MEILI_URL: url!,
    MEILI_INDEX: indexes.server.names.live,
    ...(key && { MEILI_KEY: key }),
  };
  const { service, address } = await startMatching(database, log, server.folder, settings);
  try {
    await ready(service);
    const queries = Object.values(mix(openings, seeded(7))).flat();
    const random = seeded(11);
    const order = queries.map((query) => ({ query, at: random() })).sort((a, b) => a.at - b.at);
    await searchRatios(
      address,
      order.map(({ query }) => query),
      indexes.server,
    );
  } finally {
    await service.stop();
  }
}

/** Waits until the index may be asked. */
async function ready(service: RunningService): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if ((await service.checks['search']?.()) === undefined) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('Meilisearch was not asked within a minute.');
}
