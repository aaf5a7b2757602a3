import { randomUUID } from 'node:crypto';
import { readEnvironment } from '#platform';
import { CurrentLexicon } from '../../../query/current-lexicon.js';
import { MeilisearchSearchEngine } from '../meilisearch-search-engine.js';
import { MeilisearchServer } from '../meilisearch-server.js';

export const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** The server that the tests may use, with `MEILI_URL` and `MEILI_KEY`; undefined where none is given. */
export function testServer(): { url: string; key?: string } | undefined {
  const { MEILI_URL: url, MEILI_KEY: key } = readEnvironment();
  return url ? { url, key } : undefined;
}

export interface MeiliBed {
  engine: MeilisearchSearchEngine;
  lexicon: CurrentLexicon;
  /** Removes the indexes. */
  close(): Promise<void>;
}

/** An engine with an index of its own on a server. */
export function meiliBed(server: { url: string; key?: string }, index = `test_${randomUUID()}`): MeiliBed {
  const lexicon = new CurrentLexicon();
  const engine = new MeilisearchSearchEngine(
    new MeilisearchServer({ ...server, index, logger: silent }),
    lexicon,
  );
  const close = async (): Promise<void> => {
    await engine.store.drop('live');
    await engine.store.drop('next');
    await engine.server.dropSearchKey();
  };
  return { engine, lexicon, close };
}
