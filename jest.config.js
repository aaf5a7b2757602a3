import { findKafka } from './deploy/kafka-local/kafka-local.mjs';
import { base, cluster, run } from './jest.base.js';

/** All tests (`npm test`). Those on Kafka are among them where it is installed; where not, the run says so. */
export default {
  ...run,
  projects: findKafka('The tests on Kafka (*.cluster.ts)') ? [base, cluster] : [base],
};
