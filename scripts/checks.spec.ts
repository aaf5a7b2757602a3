import { afterEach, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Clone } from './test/clone.js';

/** A check that cannot fail is none: each one here sees an offender and must refuse it. */
describe('npm run check', () => {
  let clone: Clone;
  afterEach(() => clone.remove());
  const check = (name: string) => clone.run(['scripts/check.mjs', name]);

  it('refuses forgotten promises, side doors to the environment and tests that are left out; lets Nest be', async () => {
    clone = new Clone(
      {
        'package.json': JSON.stringify({ type: 'module' }),
        'apps/openings/src/forgets.ts': `async function save() {}\nexport function close() {\n  save();\n}\n`,
        'apps/openings/src/misuses.ts': `export const all = [1].filter(async () => true);\n`,
        'apps/openings/src/peeks.ts': `export const secret = process.env['SECRET'];\n`,
        'apps/openings/src/later.spec.ts': `import { it } from '@jest/globals';\nit.skip('does it', () => {});\n`,
        'apps/openings/src/types.ts': `import { Clock } from './clock.js';\nexport const now = (clock: Clock) => clock;\n`,
        'apps/openings/src/clock.ts': `export class Clock {}\n`,
        'apps/openings/src/injected.ts': `import { Clock } from './clock.js';\nimport { Injectable } from '@nestjs/common';\n\n@Injectable()\nexport class Deadlines {\n  constructor(readonly clock: Clock) {}\n}\n`,
      },
      ['eslint.config.js', 'tsconfig.json'],
    ).withPackages();
    const { code, output } = await check('lint');
    expect(code).toBe(1);
    const findings = output.split(/\n(?=\s*\/)/).flatMap((file) => {
      const path = /apps\/openings\/src\/([\w.]+)/.exec(file)?.[1];
      return path
        ? [
            `${path}: ${[...file.matchAll(/\S+$/gm)]
              .map(String)
              .filter((w) => /^@|^no-/.test(w))
              .join()}`,
          ]
        : [];
    });
    expect(findings.sort()).toEqual([
      'forgets.ts: @typescript-eslint/no-floating-promises',
      'later.spec.ts: no-restricted-syntax',
      'misuses.ts: @typescript-eslint/no-misused-promises',
      'peeks.ts: no-restricted-syntax',
      'types.ts: @typescript-eslint/consistent-type-imports',
    ]);
  });

  it('refuses files, exports and packages that nothing uses', async () => {
    clone = new Clone(
      {
        'package.json': JSON.stringify({ type: 'module', dependencies: { zod: '4.0.0', pg: '8.0.0' } }),
        'apps/openings/src/main.ts': `import { z } from 'zod';\nimport { used } from './part.js';\nexport const main = [z, used];\n`,
        'apps/openings/src/part.ts': `export const used = 1;\nexport const unusedExport = 2;\n`,
        'apps/openings/src/unused-file.ts': `export {};\n`,
      },
      ['knip.jsonc', 'tsconfig.json'],
    ).withPackages();
    const { code, output } = await check('knip');
    expect(code).toBe(1);
    for (const finding of ['unused-file.ts', 'unusedExport', 'pg ']) expect(output).toContain(finding);
    expect(output).not.toMatch(/\bzod\b|main\.ts/);
  });

  it('refuses wrong types', async () => {
    clone = new Clone({ 'apps/openings/src/main.ts': `export const quantity: number = 'five';\n` }, [
      'tsconfig.json',
    ]).withPackages();
    expect(await check('types')).toMatchObject({ code: 1, output: expect.stringContaining('TS2322') });
  });

  it('refuses what is not formatted', async () => {
    clone = new Clone({ 'apps/openings/src/main.ts': `export   const x = "1"` }, [
      '.prettierrc.json',
    ]).withPackages();
    expect(await check('format')).toMatchObject({ code: 1, output: expect.stringContaining('main.ts') });
  });

  it('refuses generated files that are not what the sources generate, and changes nothing itself', async () => {
    const generator = `require('node:fs').writeFileSync('docs/events.md', require('node:fs').readFileSync('source.txt'))`;
    clone = new Clone({
      'package.json': JSON.stringify({ scripts: { 'generate:docs': 'node generate.cjs' } }),
      'package-lock.json': '{}',
      '.gitignore': 'node_modules\ndist/\n',
      'generate.cjs': generator,
      'source.txt': 'new',
      'docs/events.md': 'old',
    })
      .withPackages()
      .asRepository();
    expect(await check('generated')).toMatchObject({
      code: 1,
      output: expect.stringContaining('docs/events.md'),
    });
    expect(readFileSync(clone.path('docs/events.md'), 'utf8')).toBe('old');

    expect((await clone.run(['scripts/generate.mjs'])).code).toBe(0);
    expect(readFileSync(clone.path('docs/events.md'), 'utf8')).toBe('new');
    expect((await check('generated')).code).toBe(0);

    clone.write({ 'generate.cjs': `throw new Error('no database')` });
    expect(await check('generated')).toMatchObject({
      code: 1,
      output: expect.stringContaining('no database'),
    });
  });

  it('says what of a check that passes did not run', async () => {
    clone = new Clone({}, ['deploy', 'docker-compose.yml']);
    const nothing = { PATH: clone.folder, XDG_CACHE_HOME: clone.folder };
    expect(await clone.run(['scripts/check.mjs', 'deploy'], nothing)).toMatchObject({
      code: 0,
      output: expect.stringMatching(
        /^ok +deploy .*\n +Not run, because .*hadolint, compose, helm, promtool\.\n/,
      ),
    });
    expect(
      await clone.run(['scripts/check.mjs', 'deploy'], { ...nothing, REQUIRE_DEPLOY_TOOLS: '1' }),
    ).toMatchObject({ code: 1, output: expect.stringMatching(/^FAILED +deploy /) });
  });

  it('shows what a check that passes warns of, not its progress or its results', async () => {
    clone = new Clone({
      'passes.mjs': `console.error('[noi-viec] building ...'); console.error('Not run: b.'); console.log('fine');`,
      'steps.mjs': `import { runSteps } from './scripts/lib/steps.mjs';
        await runSteps([{ name: 'a', command: [process.execPath, 'passes.mjs'], remedy: 'none' }]);`,
    });
    expect(await clone.run(['steps.mjs'])).toEqual({
      code: 0,
      output: expect.stringMatching(/^ok +a .*\n +Not run: b\.\n$/),
    });
  });

  describe('upgrade', () => {
    const upgrade = (env: Record<string, string> = {}) => clone.run(['scripts/check.mjs', 'upgrade'], env);
    const required = { REQUIRE_UPGRADE: '1' };
    const commit = (file: string) => {
      clone.write({ [file]: 'x' });
      const git = (...args: string[]) => execFileSync('git', args, { cwd: clone.folder });
      git('add', '--all');
      git('-c', 'user.name=x', '-c', 'user.email=x@example.vn', 'commit', '--quiet', '--message', file);
    };

    it('says that it did not run, which may not be where it is required', async () => {
      clone = new Clone({});
      const why = expect.stringContaining('upgrade: not run, this is no git repository');
      expect(await upgrade()).toEqual({ code: 0, output: why });
      expect(await upgrade(required)).toEqual({ code: 1, output: why });
    });

    it('is excused where the clone has no commit before', async () => {
      clone = new Clone({}).asRepository();
      commit('README.md');
      expect(await upgrade(required)).toEqual({
        code: 0,
        output: expect.stringContaining('upgrade: not run, the clone does not have HEAD^'),
      });
    });

    it('has nothing to do where nothing that makes data has changed', async () => {
      clone = new Clone({}).asRepository();
      commit('apps/openings/src/main.ts');
      commit('README.md');
      expect(await upgrade(required)).toEqual({ code: 0, output: expect.not.stringContaining('not run') });
    });
  });

  it('knows no check by another name', async () => {
    clone = new Clone({});
    expect(await check('everything')).toMatchObject({
      code: 2,
      output: expect.stringContaining('there are: lint'),
    });
  });
});

describe('The last line of .ci/run', () => {
  let clone: Clone;
  afterEach(() => clone.remove());
  const summary = async (results?: object) => {
    clone = new Clone(results ? { 'jest.json': JSON.stringify(results) } : {});
    const { code, output } = await clone.run(['scripts/ci-summary.mjs', 'jest.json']);
    return { code, last: output.trim().split('\n').at(-1) };
  };
  const jest = (
    numPassedTests: number,
    numFailedTests = 0,
    numPendingTests = 0,
    testResults: object[] = [],
  ) => ({
    numPassedTests,
    numFailedTests,
    numPendingTests,
    numTodoTests: 0,
    testResults,
  });

  it('counts what Jest counted', async () => {
    expect(await summary(jest(12))).toEqual({ code: 0, last: '12 passed, 0 failed' });
    clone.remove();
    expect(await summary(jest(12, 1, 2))).toEqual({ code: 1, last: '12 passed, 1 failed, 2 skipped' });
  });

  it('counts a suite that could not start as a failure', async () => {
    const broken = { name: 'a.spec.ts', status: 'failed', assertionResults: [] };
    expect(await summary(jest(12, 0, 0, [broken]))).toEqual({ code: 1, last: '12 passed, 1 failed' });
  });

  describe('where suites ran a second time, by themselves', () => {
    const suite = (name: string, ...tests: string[]) => ({
      ...{ name, status: tests.length && !tests.includes('failed') ? 'passed' : 'failed' },
      assertionResults: tests.map((status) => ({ status })),
    });
    const twice = async (first: object, second: object) => {
      clone = new Clone({ 'first.json': JSON.stringify(first), 'second.json': JSON.stringify(second) });
      const { code, output } = await clone.run(['scripts/ci-summary.mjs', 'first.json', 'second.json']);
      return { code, lines: output.trim().split('\n') };
    };
    const again = async (...suites: object[]) => {
      clone = new Clone({ 'jest.json': JSON.stringify(jest(1, 1, 0, suites)) });
      const { output } = await clone.run(['scripts/ci-summary.mjs', '--again', 'jest.json']);
      return output.trim().split('\n');
    };

    it('counts them as they ended, and says how they began', async () => {
      const first = jest(11, 1, 0, [suite('a', 'passed', 'failed'), suite('b', 'passed')]);
      expect(await twice(first, jest(2, 0, 0, [suite('a', 'passed', 'passed')]))).toEqual({
        code: 0,
        lines: ['ci: at first 1 failed in a, then 0', '12 passed, 0 failed'],
      });
      clone.remove();
      expect(await twice(first, jest(0, 2, 0, [suite('a', 'failed', 'failed')]))).toEqual({
        code: 1,
        lines: ['ci: at first 1 failed in a, then 2', '10 passed, 2 failed'],
      });
    });

    it('counts what did not start at first', async () => {
      const first = jest(11, 0, 0, [suite('a'), suite('b', 'passed')]);
      expect(await twice(first, jest(2, 0, 0, [suite('a', 'passed', 'passed')]))).toMatchObject({
        code: 0,
        lines: [expect.anything(), '13 passed, 0 failed'],
      });
      clone.remove();
      expect(await twice(first, jest(0, 0, 0, [suite('a')]))).toMatchObject({
        code: 1,
        lines: [expect.anything(), 'ci: this suite did not run: a', '11 passed, 1 failed'],
      });
    });

    it('counts what the second run left out as a failure', async () => {
      const first = jest(2, 1, 0, [suite('a', 'passed', 'passed', 'failed')]);
      expect(await twice(first, jest(0, 0, 3, [suite('a', 'passed', 'passed', 'pending')]))).toMatchObject({
        code: 1,
        lines: [
          expect.anything(),
          'ci: the second time fewer tests ran in a',
          '2 passed, 1 failed, 1 skipped',
        ],
      });
      clone.remove();
      expect(await twice(first, jest(0, 0, 0, [suite('a')]))).toMatchObject({ code: 1 });
    });

    it('are those that failed, when they are few', async () => {
      expect(await again(suite('a', 'failed'), suite('b', 'passed'), suite('c'))).toEqual(['a', 'c']);
      clone.remove();
      expect(await again(...['a', 'b', 'c', 'd'].map((name) => suite(name, 'failed')))).toEqual(['']);
    });
  });

  it('fails when Jest ran nothing or left no results', async () => {
    expect(await summary(jest(0))).toEqual({ code: 1, last: '0 passed, 0 failed' });
    clone.remove();
    expect(await summary()).toEqual({ code: 1, last: '0 passed, 1 failed' });
  });
});
