// `npm run check`: everything but the tests that must hold on main. One line per check, what to do when it fails,
// and a summary. It changes no file. `npm run check -- lint knip` runs only those.
import { inRoot } from './lib/paths.mjs';
import { runSteps } from './lib/steps.mjs';
import { seconds } from './lib/say.mjs';

const tool = (path, ...args) => [process.execPath, inRoot('node_modules', path), ...args];
const typecheck = (name, config) => ({
  name,
  command: tool(
    'typescript/bin/tsc',
    '-p',
    config,
    '--noEmit',
    '--incremental',
    '--tsBuildInfoFile',
    `dist/.${name}.tsbuildinfo`,
  ),
  remedy: 'correct the types at the lines named',
});

/** @type {import('./lib/steps.mjs').Step[]} */
const ALL = [
  {
    name: 'lint',
    command: tool('eslint/bin/eslint.js', '.', '--max-warnings', '0'),
    remedy: '`npm run lint -- --fix` corrects what can be corrected mechanically',
  },
  {
    name: 'generated',
    command: [process.execPath, inRoot('scripts/generate.mjs'), '--check'],
    remedy: 'run `npm run generate` and commit what it changes',
  },
  {
    name: 'schemas',
    command: [process.execPath, inRoot('scripts/check-schemas.mjs')],
    remedy: 'the sentence names the edit that breaks readers of the event log',
  },
  {
    name: 'upgrade',
    command: [process.execPath, inRoot('scripts/check-upgrade.mjs')],
    remedy:
      'a migration must bring the data of the commit before along and leave what its code reads; a released migration is never edited',
  },
  typecheck('types', 'tsconfig.json'),
  typecheck('types-web', 'apps/web/tsconfig.json'),
  typecheck('types-web-e2e', 'apps/web/e2e/tsconfig.json'),
  {
    name: 'format',
    command: tool('prettier/bin/prettier.cjs', '--check', '.', '--log-level', 'warn'),
    remedy: 'run `npm run format`',
  },
  {
    name: 'dependencies',
    command: tool(
      'dependency-cruiser/bin/dependency-cruiser.mjs',
      'apps',
      'libs',
      '--config',
      '.dependency-cruiser.cjs',
    ),
    remedy: 'the rule named says who may import what, and why: .dependency-cruiser.cjs',
  },
  {
    name: 'knip',
    command: tool('knip/bin/knip.js', '--no-progress', '--no-config-hints'),
    remedy: 'delete what nothing uses',
  },
  {
    name: 'deploy',
    command: [process.execPath, inRoot('scripts/check-deploy.mjs')],
    remedy: 'correct the file named; docs/operations.md says what it is for',
  },
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !ALL.some((step) => step.name === name));
if (unknown.length > 0) {
  console.error(
    `There is no check ${unknown.join(', ')}; there are: ${ALL.map(({ name }) => name).join(', ')}.`,
  );
  process.exit(2);
}
const since = Date.now();
const steps = ALL.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const failed = await runSteps(steps);
console.log(
  `check: ${steps.length - failed.length} of ${steps.length} passed in ${seconds(since)}` +
    (failed.length > 0 ? `; failed: ${failed.join(', ')}` : ''),
);
process.exitCode = failed.length > 0 ? 1 : 0;
