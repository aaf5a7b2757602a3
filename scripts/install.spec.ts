import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Clone } from './test/clone.js';

/**
 * Stands for npm: does what `npm ci` does to node_modules, in the same order (empty it, put the packages in, write
 * the record of what is installed), slowly enough to be killed in between, and counts how often it ran.
 */
const NPM = `
const fs = require('node:fs');
fs.appendFileSync('npm-ran', 'x');
if (process.env.NPM_FAILS) { console.error(process.env.NPM_FAILS); process.exit(1); }
const { packages } = JSON.parse(fs.readFileSync('package-lock.json'));
delete packages[''];
fs.rmSync('node_modules', { recursive: true, force: true });
(async () => {
  for (const [path, { version, os }] of Object.entries(packages)) {
    if (os && !os.includes(process.platform)) continue;
    if (process.env.NPM_LEAVES_OUT && path.endsWith(process.env.NPM_LEAVES_OUT)) continue;
    fs.mkdirSync(path, { recursive: true });
    fs.writeFileSync(path + '/package.json', JSON.stringify({ version }));
    await new Promise((done) => setTimeout(done, Number(process.env.NPM_TAKES ?? 0)));
  }
  fs.writeFileSync('node_modules/.package-lock.json', JSON.stringify({ packages }));
})();`;

const lock = (version: string) =>
  JSON.stringify({
    packages: {
      '': { optionalDependencies: { 'for-this-system': '1.0.0', 'for-no-system': '1.0.0' } },
      'node_modules/first': { version },
      'node_modules/second': { version: '2.0.0' },
      'node_modules/for-this-system': { version: '1.0.0', optional: true, os: [process.platform] },
      'node_modules/for-no-system': { version: '1.0.0', optional: true, os: ['none'] },
    },
  });

describe('The installation that npm start begins with', () => {
  let clone: Clone;
  const bootstrap = (env: Record<string, string> = {}) =>
    clone.start(['scripts/bootstrap.mjs', 'install'], { npm_execpath: clone.path('npm.js'), ...env });
  const timesInstalled = () =>
    existsSync(clone.path('npm-ran')) ? readFileSync(clone.path('npm-ran'), 'utf8').length : 0;
  const until = async (condition: () => boolean) => {
    for (let tries = 0; !condition() && tries < 400; tries++) await sleep(25);
  };

  beforeEach(() => {
    clone = new Clone({ 'package-lock.json': lock('1.0.0'), 'npm.js': NPM, 'package.json': '{}' });
  });
  afterEach(() => clone.remove());

  it('installs a fresh clone once', async () => {
    expect(await bootstrap().ended).toMatchObject({
      code: 0,
      output: expect.stringMatching(/installing 3 packages[^]*installed in/),
    });
    expect((await bootstrap().ended).output).toContain('installed already');
    expect(timesInstalled()).toBe(1);
  });

  it('installs again when package-lock.json has changed', async () => {
    await bootstrap().ended;
    clone.write({ 'package-lock.json': lock('1.0.1') });
    expect((await bootstrap().ended).code).toBe(0);
    expect(timesInstalled()).toBe(2);
  });

  it('installs again what was killed half-way', async () => {
    const killed = bootstrap({ NPM_TAKES: '100000' });
    await until(() => existsSync(clone.path('node_modules/first/package.json')));
    killed.process.kill('SIGTERM'); // passed on to npm, which dies without its record
    expect((await killed.ended).code).not.toBe(0);
    const again = await bootstrap().ended;
    expect(again).toMatchObject({ code: 0, output: expect.stringContaining('was interrupted') });
    expect(timesInstalled()).toBe(2);
  });

  it('waits for the npm that a killed bootstrap left behind, instead of installing beside it', async () => {
    const killed = bootstrap({ NPM_TAKES: '400' });
    await until(() => existsSync(clone.path('node_modules/first/package.json')));
    killed.process.kill('SIGKILL');
    const again = await bootstrap().ended;
    expect(again).toMatchObject({ code: 0, output: expect.stringContaining('waiting for it') });
    expect(timesInstalled()).toBe(1);
  });

  it('installs once when two commands start at once', async () => {
    const both = await Promise.all([
      bootstrap({ NPM_TAKES: '100' }).ended,
      bootstrap({ NPM_TAKES: '100' }).ended,
    ]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(timesInstalled()).toBe(1);
  });

  it.each([
    ['npm error code ENOTFOUND', 'check the network or the proxy settings'],
    ['npm error code ENOSPC', 'the disk is full'],
    ['npm error code EACCES', 'make both writable'],
    ['npm error code EUSAGE', 'git checkout package.json package-lock.json'],
    ['npm error code EINTEGRITY', 'npm cache clean'],
    ['npm error something new', 'npm ci failed for the reason above'],
  ])('ends "%s" with a sentence that says what to do', async (failure, remedy) => {
    const { code, output } = await bootstrap({ NPM_FAILS: failure }).ended;
    expect(code).toBe(1);
    expect(output).toContain(failure);
    expect(output.trim().split('\n').at(-1)).toContain(remedy);
  });

  it('notices an optional package of this system that npm left out without a word', async () => {
    const { code, output } = await bootstrap({ NPM_LEAVES_OUT: 'for-this-system' }).ended;
    expect({ code, output }).toMatchObject({
      code: 1,
      output: expect.stringContaining('left out for-this-system'),
    });
  });
});
