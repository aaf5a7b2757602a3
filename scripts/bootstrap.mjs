// What every npm script of this repository runs first: brings a fresh (or changed, or half-finished) clone to
// the point where the platform can run. Plain Node, no dependencies, because nothing may be installed yet.
//
//   node scripts/bootstrap.mjs            install when needed, build server and web pages when needed
//   node scripts/bootstrap.mjs server     the same without the web pages
//   node scripts/bootstrap.mjs install    install only
//   --quiet                               say something only when there is work to do or something fails
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `[noi-viec] Nối Việc needs Node 20.19 or newer to start; this is ${process.version}. ` +
      'Install a current Node from https://nodejs.org and run the same command again.',
  );
  process.exit(1);
}

const { Refusal, say } = await import('./lib/say.mjs');
const { withLock } = await import('./lib/lock.mjs');
const { install, isInstalled } = await import('./lib/install.mjs');
const { linkRuntime, isRuntimeLinked } = await import('./lib/runtime.mjs');
const { buildTarget, staleTargets } = await import('./lib/build.mjs');

const options = process.argv.slice(2);
const targets = options.includes('install')
  ? []
  : options.includes('server')
    ? ['server']
    : ['server', 'web'];

/** True when nothing is to be done; found out without the lock, in some 30 ms. */
const isReady = () => isInstalled() && isRuntimeLinked() && staleTargets(targets).length === 0;

try {
  if (isReady()) {
    if (!options.includes('--quiet'))
      say(targets.length > 0 ? 'installed and built already' : 'installed already');
  } else {
    await withLock(async () => {
      if (!isInstalled()) await install();
      if (!isRuntimeLinked()) linkRuntime();
      for (const target of staleTargets(targets)) await buildTarget(target);
    });
  }
} catch (error) {
  if (error instanceof Refusal) {
    if (error.details) console.error(error.details);
    say(error.message);
  } else {
    console.error(error);
    say('the start-up script failed in a way it does not know: please report the lines above.');
  }
  process.exit(1);
}
// The lock's socket and the watch over the parent must not keep a finished bootstrap alive.
process.exit(0);
