// Starts the present code on data that the commit before it has made (`npm run check -- upgrade`): its migrations must
// bring them along, and the commit before, started again on what they left, must go on (a half-finished upgrade, a way
// back) unless a migration's name says that it needs newer code. The commit before is HEAD when there are changes that
// are not committed, else HEAD^; --from names another one. It changes no file. When it cannot run it says so on standard
// error; with REQUIRE_UPGRADE=1 that is a failure, unless the clone has no commit before.
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { inRoot, root } from './lib/paths.mjs';
import { seconds } from './lib/say.mjs';

/** What data and migrations are made by. */
const SOURCES = ['apps', 'libs', 'package-lock.json', ':!*.spec.ts', ':!apps/web'];

const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: 'pipe' }).trim();
const succeeds = (...args) => spawnSync('git', args, { cwd: root, stdio: 'ignore' }).status === 0;

/** The commit whose data are taken, or a sentence that says why there is none: nothing to do, or no way to do it. */
function commitBefore(from) {
  if (!succeeds('rev-parse', '--git-dir')) return { none: 'this is no git repository' };
  const name = from ?? (git('status', '--porcelain', '--', ...SOURCES) ? 'HEAD' : 'HEAD^');
  if (!succeeds('rev-parse', '--verify', '--quiet', `${name}^{commit}`)) {
    return { none: `the clone does not have ${name} (a shallow one needs a depth of 2)`, excused: !from };
  }
  const commit = git('rev-parse', name);
  if (succeeds('diff', '--quiet', commit, '--', ...SOURCES)) {
    return { same: `nothing that makes data has changed since ${commit.slice(0, 10)}` };
  }
  return { commit, samePackages: succeeds('diff', '--quiet', commit, '--', 'package-lock.json') };
}

/** That commit's server, built by its own scripts with the packages that are installed here. */
function buildOf(commit, folder) {
  git('worktree', 'add', '--quiet', '--detach', folder, commit);
  symlinkSync(inRoot('node_modules'), join(folder, 'node_modules'), 'junction');
  const build = `await (await import('./scripts/lib/build.mjs')).buildTarget('server')`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', build], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`it does not build:\n${stdout}${stderr}`);
  // The pages play no part here, but the edge does not start without them.
  const web = join(folder, 'dist/web');
  mkdirSync(web, { recursive: true });
  writeFileSync(join(web, 'index.html'), '<!doctype html><title>Nối Việc</title><div id="root"></div>');
  writeFileSync(join(web, 'paths.json'), '["/"]');
  return join(folder, 'dist/apps/allinone/src/main.js');
}

/** What must be the same before and after. */
async function factsOf(platform) {
  const token = await platform.signIn();
  const caughtUp = await platform.call('POST', '/matching/admin/caught-up', { token });
  const { body: drift } = await platform.call('POST', '/matching/drift', { token });
  const found = await platform.call('GET', '/matching/openings?limit=1');
  return {
    caughtUp: caughtUp.status,
    inSync: drift.inSync,
    openings: drift.openings?.owner,
    jobseekers: drift.jobseekers?.owner,
    found: found.body.total,
  };
}

async function deadLettersOf(platform) {
  const token = await platform.signIn();
  const { body } = await platform.call('GET', '/matching/admin/dead-letters', { token });
  return body.total;
}

/** Starts a build on the data folder, and tells the facts as it sees them. */
async function factsBy(start) {
  const platform = await start();
  try {
    return { facts: await factsOf(platform), letters: await deadLettersOf(platform) };
  } finally {
    await platform.stop();
  }
}

/** @param who whose start on which data, for the sentence */
function assertSame(facts, { facts: kept, letters }, who) {
  const differing = Object.keys(facts).filter((name) => facts[name] !== kept[name]);
  if (differing.length === 0 && letters === 0 && kept.inSync === true) return;
  throw new Error(
    `${who}, the data are not what they were: ${JSON.stringify(facts)} before, ${JSON.stringify(kept)} after, ${letters} dead letters`,
  );
}

/** What a release says whose code is too old for the data (NewerDataError). */
const NEEDS_NEWER = /The database of \S+ (needs|was written by) a newer release[^:]*/;

async function upgrade(main, dataDir) {
  const { RunningPlatform } = await import('../dist/libs/platform/src/testing/index.js');
  const before = () => RunningPlatform.start({ dataDir, main });
  const { facts } = await factsBy(before).catch((cause) => {
    throw new Error('it does not start', { cause });
  });
  assertSame(facts, await factsBy(() => RunningPlatform.start({ dataDir })), 'with the present code');
  try {
    assertSame(facts, await factsBy(before), 'back with the commit before');
    return { ...facts, back: 'and back again with its own' };
  } catch (error) {
    const refusal = NEEDS_NEWER.exec(error.message);
    if (!refusal) throw new Error(`there is no way back: ${error.message}`, { cause: error });
    return { ...facts, back: `and there is no way back: ${refusal[0].trim()}` };
  }
}

/** On standard error, which is shown of a check that passes. */
function notRun(why, { excused = false, remedy = '' } = {}) {
  if (process.env.REQUIRE_UPGRADE === '1' && !excused)
    throw new Error(`not run, ${why}, and REQUIRE_UPGRADE=1 wants it to run${remedy}.`);
  console.error(`upgrade: not run, ${why}.`);
}

async function check(from) {
  const { same, none, excused, commit, samePackages } = commitBefore(from);
  if (same) return console.log(`upgrade: ${same}.`);
  if (none) return notRun(none, { excused });
  const targets = existsSync(inRoot('dist/web/paths.json')) ? ['server'] : [];
  const built = spawnSync(process.execPath, [inRoot('scripts/bootstrap.mjs'), ...targets, '--quiet'], {
    stdio: 'inherit',
  });
  if (built.status !== 0) throw new Error('the present sources do not build');
  const since = Date.now();
  const short = commit.slice(0, 10);
  const scratch = mkdtempSync(join(tmpdir(), 'noi-viec-upgrade-'));
  chmodSync(scratch, 0o711);
  const worktree = join(scratch, 'before');
  try {
    const { openings, jobseekers, back } = await upgrade(buildOf(commit, worktree), join(scratch, 'data'));
    console.log(
      `upgrade: data of ${short} (${openings} openings, ${jobseekers} jobseekers) go on with the present code, ${back} (${seconds(since)}).`,
    );
  } catch (error) {
    // The commit before may need the packages of its own time; those are not installed for a check.
    if (samePackages || !/^it does not (build|start)/.test(error.message)) {
      throw new Error(`data of ${short}: ${error.message}\n${error.cause?.message ?? ''}`, { cause: error });
    }
    notRun(`${short} has other packages, and with those installed here ${error.message}`, {
      remedy: ': change what uses a package in one commit, and remove the package in the next',
    });
  } finally {
    spawnSync('git', ['worktree', 'remove', '--force', worktree], { cwd: root, stdio: 'ignore' });
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
    spawnSync('git', ['worktree', 'prune'], { cwd: root, stdio: 'ignore' });
  }
}

const { values } = parseArgs({ options: { from: { type: 'string' } } });
try {
  await check(values.from);
} catch (error) {
  console.error(`upgrade: ${error.message}`);
  process.exitCode = 1;
}
