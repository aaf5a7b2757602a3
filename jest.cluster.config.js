import { cluster, run } from './jest.base.js';

/** Only the suites that need Kafka (`npm run test:cluster`). */
export default { ...cluster, ...run };
