export { eventually, type EventuallyOptions } from './eventually.js';
export { createTestDatabase, type TestDatabase, testServerUrl } from './test-database.js';
