// Builds what is older than its sources, one target at a time: `server` (SWC, in this process) and `web` (Vite).
// A target is built beside the present one, in dist/.next-<target>, and takes its place by renames when it is
// complete, so a running platform never sees half a build. What it was built from stands in dist/.<target>.json,
// which is removed before the renames and written after them: a build that was killed anywhere is done again.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileServer, isServerSource } from './compile.mjs';
import { inRoot } from './paths.mjs';
import { run } from './run.mjs';
import { runtime } from './runtime.mjs';
import { Refusal, say, seconds, showProgress } from './say.mjs';
import { listFiles, takeStamp, isStampFresh } from './stamp.mjs';

const TARGETS = {
  server: {
    outputs: ['apps', 'libs', 'bench'],
    sources: () => [
      'package-lock.json',
      '.swcrc',
      ...['apps', 'libs', 'bench'].flatMap((d) => listFiles(d, isServerSource)),
    ],
    build: compileServer,
  },
  web: {
    outputs: ['web'],
    // Pages are bundled with parts of the reference library.
    sources: () => [
      'package-lock.json',
      ...['apps/web', 'libs/reference'].flatMap((d) => listFiles(d, isWebSource)),
    ],
    build: bundleWeb,
  },
};

const isWebSource = (path) => !/\.(spec|e2e|faults|cluster|meili)\.tsx?$|\/(test|dist)\//.test(path);
const stampFile = (target) => inRoot('dist', `.${target}.json`);

/** Those of `targets` whose last complete build is not of the present sources. */
export function staleTargets(targets) {
  return targets.filter((target) => {
    if (target === 'web' && !existsSync(inRoot('apps/web/vite.config.ts'))) return false;
    try {
      return !isStampFresh(JSON.parse(readFileSync(stampFile(target), 'utf8')), TARGETS[target].sources());
    } catch {
      return true;
    }
  });
}

/** Builds one target and puts it in place. Throws a Refusal when the sources do not compile. */
export async function buildTarget(target) {
  const { outputs, sources, build } = TARGETS[target];
  const since = Date.now();
  const next = inRoot('dist', `.next-${target}`);
  const previous = inRoot('dist', `.previous-${target}`);
  say(`building the ${target} ...`);
  try {
    for (const leftover of [next, previous]) rmSync(leftover, { recursive: true, force: true });
    mkdirSync(next, { recursive: true });
  } catch (error) {
    throw new Refusal(
      `the folder dist cannot be written (${error.code}): make it writable for your account, then run the same command again.`,
    );
  }
  // Taken before the build: a source that is edited meanwhile makes the build stale, not wrongly fresh.
  const stamp = takeStamp(sources());
  const endProgress = showProgress(() => `building the ${target}: ${seconds(since)}`);
  try {
    await build(next, Object.keys(stamp));
  } finally {
    endProgress();
  }
  mkdirSync(previous, { recursive: true });
  rmSync(stampFile(target), { force: true });
  for (const output of outputs) {
    const place = inRoot('dist', output);
    if (existsSync(place)) renameSync(place, join(previous, output));
    if (existsSync(join(next, output))) renameSync(join(next, output), place);
  }
  writeFileSync(stampFile(target), JSON.stringify(stamp));
  for (const leftover of [next, previous]) rmSync(leftover, { recursive: true, force: true });
  say(`built the ${target} in ${seconds(since)}`);
}

async function bundleWeb(next) {
  const vite = inRoot('node_modules/vite/bin/vite.js');
  const result = await run(runtime(), [
    vite,
    'build',
    'apps/web',
    '--outDir',
    join(next, 'web'),
    '--emptyOutDir',
    '--logLevel',
    'warn',
  ]);
  if (!result.ok)
    throw new Refusal(
      'the web pages do not build, for the reason above: correct the named file under apps/web, then run the same command again.',
      result.output.trim(),
    );
}
