import { searchEngineSuite } from '../test/search-engine.suite.js';
import { meiliBed, testServer } from './test/meili-bed.js';

searchEngineSuite('Meilisearch', () => {
  const { engine, lexicon, close } = meiliBed(testServer()!);
  return Promise.resolve({ engine, lexicon, settled: () => engine.settled(), close });
});
