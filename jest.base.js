/** Jest runs the TypeScript sources as ES modules (needs --experimental-vm-modules, set by the npm scripts). */
export const base = {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/scripts'],
  testMatch: ['**/*.spec.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.data'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/dist'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  globalSetup: '<rootDir>/libs/platform/src/testing/jest-run-folder.mjs',
  globalTeardown: '<rootDir>/libs/platform/src/testing/jest-drop-indexes.mjs',
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          target: 'es2023',
          keepClassNames: true,
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
};

/** Suites that need Apache Kafka: one broker for all of them, which starts when one of them is to run. */
export const cluster = {
  ...base,
  testMatch: ['**/*.cluster.ts'],
  globalSetup: '<rootDir>/libs/platform/src/testing/jest-kafka.mjs',
  setupFiles: ['<rootDir>/libs/platform/src/testing/jest-cluster-profile.mjs'],
};

/** Suites that need the Meilisearch server of MEILI_URL. */
export const meilisearch = { ...base, testMatch: ['**/*.meili.ts'] };

/** Whether there is one; where there is none, the run says what it leaves out. */
export function findMeilisearch(what) {
  if (process.env.MEILI_URL) return true;
  console.warn(`${what} do not run: MEILI_URL names no Meilisearch server.`);
  return false;
}

/** What Jest takes for a whole run only. */
export const run = { testTimeout: 60_000, maxWorkers: 2 };
