import base from './jest.config.js';

/**
 * Long fault tests (`npm run test:faults`): kills, stops and floods. One after the other, each bounded in time,
 * what is random in them drawn from Jest's seed, which is printed; `npm run test:faults -- --seed=N` repeats a run.
 */
export default { ...base, testMatch: ['**/*.faults.ts'], testTimeout: 180_000, maxWorkers: 1 };
