import { findKafka } from './deploy/kafka-local/kafka-local.mjs';
import { base, findMeilisearch, run } from './jest.base.js';

/**
 * Long fault tests (`npm run test:faults`): kills, stops and floods. One after the other, each bounded in time,
 * what is random in them drawn from Jest's seed, which is printed; `npm run test:faults -- --seed=N` repeats a run.
 */
export default {
  ...{ ...base, ...run, testMatch: ['**/*.faults.ts'], testTimeout: 180_000, maxWorkers: 1 },
  testPathIgnorePatterns: [
    ...base.testPathIgnorePatterns,
    ...(findKafka('The faults of Kafka (kafka-*.faults.ts)') ? [] : ['/kafka-[^/]*\\.faults\\.ts$']),
    ...(findMeilisearch('The faults of Meilisearch (meilisearch-*.faults.ts)')
      ? []
      : ['/meilisearch-[^/]*\\.faults\\.ts$']),
  ],
};
