export { eventually, type EventuallyOptions } from './eventually.js';
export { type LocalKafka, startOwnKafka, testBrokers } from './test-kafka.js';
export { createTestDatabase, type TestDatabase, testServerUrl } from './test-database.js';
export {
  type LoggedEvent,
  startTestService,
  type TestHttp,
  type TestService,
  type TestServiceOptions,
} from './test-service.js';
export {
  CLUSTER_SEARCH,
  freePort,
  PROFILE,
  type PlatformOptions,
  RunningPlatform,
  temporaryFolder,
} from './running-platform.js';
export { type CollectedSpan, TraceCollector } from './trace-collector.js';
