import { randomUUID } from 'node:crypto';
import { MeilisearchIndexes } from '../../apps/matching/src/search/meilisearch/meilisearch-index.js';
import { MeilisearchServer } from '../../apps/matching/src/search/meilisearch/meilisearch-server.js';
import { logger } from './bench-server.js';

/** Runs `work` with an index of its own on a Meilisearch server, which goes with its search key however that ends. */
export async function withOwnIndex(
  server: { url: string; key?: string },
  work: (indexes: MeilisearchIndexes) => Promise<void>,
): Promise<void> {
  const index = `bench_${randomUUID()}`;
  const indexes = new MeilisearchIndexes(new MeilisearchServer({ ...server, index, logger }));
  try {
    await work(indexes);
  } finally {
    for (const generation of ['live', 'next'] as const) await indexes.drop(generation);
    await indexes.server.dropSearchKey();
  }
}
