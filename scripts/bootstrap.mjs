// What every npm script of this repository runs first: brings a fresh (or changed, or half-finished) clone to
// the point where the platform can run. Plain Node, no dependencies, because nothing may be installed yet.
//
//   node scripts/bootstrap.mjs            install when needed, build when needed
//   node scripts/bootstrap.mjs install    install only
//   --quiet                               say something only when there is work to do or something fails
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Nối Việc needs Node 20.19 or newer to start; this is ${process.version}. ` +
      'Install a current Node from https://nodejs.org and run the same command again.',
  );
  process.exit(1);
}

const { Refusal, say } = await import('./lib/say.mjs');
const { withLock } = await import('./lib/lock.mjs');
const { install, isInstalled } = await import('./lib/install.mjs');
const { linkRuntime, isRuntimeLinked } = await import('./lib/runtime.mjs');

const wanted = process.argv.slice(2);
const quiet = wanted.includes('--quiet');
const buildToo = !wanted.includes('install');

/** The build code is loaded late: it uses the SWC compiler, which exists only after the installation. */
const builds = async () => (buildToo ? await import('./lib/build.mjs') : undefined);

/** True when nothing is to be done, found out without taking the lock (about 30 ms). */
async function isReady() {
  if (!isInstalled() || !isRuntimeLinked()) return false;
  return (await builds())?.staleTargets().length === 0 || !buildToo;
}

try {
  if (await isReady()) {
    if (!quiet && buildToo) say('installed and built already');
  } else {
    await withLock(async () => {
      if (!isInstalled()) await install();
      if (!isRuntimeLinked()) linkRuntime();
      const build = await builds();
      for (const target of build?.staleTargets() ?? []) await build.buildTarget(target);
    });
  }
} catch (error) {
  if (error instanceof Refusal) {
    if (error.details) console.error(error.details);
    say(error.message);
  } else {
    console.error(error);
    say('the start-up script failed in a way it does not know; report the lines above, please.');
  }
  process.exit(1);
}
// The lock's socket and the watch over the parent must not keep a finished bootstrap alive.
process.exit(0);
