import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync, readdirSync, utimesSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Clone } from './test/clone.js';

describe('The build that npm start begins with', () => {
  let clone: Clone;
  const build = () => clone.start(['scripts/bootstrap.mjs', 'server']);
  const built = (path: string) => readFileSync(clone.path('dist', path), 'utf8');

  beforeEach(() => {
    clone = new Clone({
      'package.json': JSON.stringify({ type: 'module' }),
      'package-lock.json': '{}',
      'apps/openings/src/main.ts': 'export const answer: number = 1;\n',
      'apps/openings/src/main.spec.ts': 'syntax error, and nobody cares: specs are not built',
      'libs/reference/src/data/places.csv': 'code,name\n01,Hà Nội\n',
    }).withPackages();
  });
  afterEach(() => clone.remove());

  it('compiles the sources and brings their data files along', async () => {
    expect(await build().ended).toMatchObject({
      code: 0,
      output: expect.stringContaining('built the server'),
    });
    expect(built('apps/openings/src/main.js')).toContain('export const answer = 1');
    expect(built('libs/reference/src/data/places.csv')).toContain('Hà Nội');
    expect(readdirSync(clone.path('dist')).sort()).toEqual(['.server.json', 'apps', 'libs']);
  });

  it('builds again when a source changes, comes or goes, and not when only its time changes', async () => {
    await build().ended;
    utimesSync(clone.path('apps/openings/src/main.ts'), new Date(), new Date());
    expect((await build().ended).output).toContain('built already');

    clone.write({ 'apps/openings/src/main.ts': 'export const answer: number = 2;\n' });
    expect((await build().ended).output).toContain('built the server');
    expect(built('apps/openings/src/main.js')).toContain('answer = 2');

    clone.write({ 'apps/openings/src/more.ts': 'export {};\n' });
    expect((await build().ended).output).toContain('built the server');
  });

  it('builds the pages again when what they take of the reference library changes', async () => {
    clone.write({
      'apps/web/vite.config.ts': `export default {};\n`,
      'apps/web/index.html': `<script type="module" src="./main.ts"></script>\n`,
      'apps/web/main.ts': `import { MB } from '../../libs/reference/src/limits';\ndocument.title = MB;\n`,
      'libs/reference/src/limits.ts': `export const MB = 'at most 64 MB';\n`,
    });
    const web = () => clone.start(['scripts/bootstrap.mjs']).ended;
    expect((await web()).output).toContain('built the web');
    clone.write({ 'libs/reference/src/limits.ts': `export const MB = 'at most 32 MB';\n` });
    expect((await web()).output).toContain('built the web');
    const [script = ''] = readdirSync(clone.path('dist/web/assets'));
    expect(built(`web/assets/${script}`)).toContain('at most 32 MB');
  });

  it('leaves the present build alone when the sources do not compile, and names the file', async () => {
    await build().ended;
    clone.write({ 'apps/openings/src/main.ts': 'export const answer: = ;\n' });
    const { code, output } = await build().ended;
    expect(code).toBe(1);
    expect(output).toContain('apps/openings/src/main.ts');
    expect(output.trim().split('\n').at(-1)).toContain('then run the same command again');
    expect(built('apps/openings/src/main.js')).toContain('answer = 1');
  });

  it('does a build again that was killed', async () => {
    const files = Array.from({ length: 400 }, (_, i) => [
      `libs/many/src/m${i}.ts`,
      `export const m = ${i};\n`,
    ]);
    clone.write(Object.fromEntries(files) as Record<string, string>);
    const killed = build();
    while (!existsSync(clone.path('dist/.next-server'))) await sleep(1);
    killed.process.kill('SIGKILL');
    await killed.ended;
    expect(existsSync(clone.path('dist/.server.json'))).toBe(false);
    expect(await build().ended).toMatchObject({
      code: 0,
      output: expect.stringContaining('built the server'),
    });
    expect(readdirSync(clone.path('dist/libs/many/src')).filter((name) => name.endsWith('.js'))).toHaveLength(
      400,
    );
    expect(existsSync(clone.path('dist/.next-server'))).toBe(false);
  });

  it('builds once when two commands start at once', async () => {
    const both = await Promise.all([build().ended, build().ended]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(both.filter(({ output }) => output.includes('built the server in'))).toHaveLength(1);
  });
});
