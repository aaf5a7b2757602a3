import { findKafka } from './deploy/kafka-local/kafka-local.mjs';
import { base, cluster, findMeilisearch, meilisearch, run } from './jest.base.js';

/** All tests (`npm test`). Those on Kafka and Meilisearch are among them where there is one; where not, the run says so. */
export default {
  ...run,
  projects: [
    base,
    ...(findKafka('The tests on Kafka (*.cluster.ts)') ? [cluster] : []),
    ...(findMeilisearch('The tests on Meilisearch (*.meili.ts)') ? [meilisearch] : []),
  ],
};
