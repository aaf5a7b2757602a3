import { cluster, findMeilisearch, meilisearch, run } from './jest.base.js';

/** Only the suites that need Kafka or Meilisearch (`npm run test:cluster`). */
export default {
  ...run,
  projects: [cluster, ...(findMeilisearch('The tests on Meilisearch (*.meili.ts)') ? [meilisearch] : [])],
};
