// Installs the locked packages when node_modules is not what package-lock.json says, however it came to differ:
// a fresh clone, a pull that changed the lock, an installation that was killed half-way, a folder removed by hand.
import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { inRoot } from './paths.mjs';
import { run } from './run.mjs';
import { Refusal, say, seconds, showProgress } from './say.mjs';

const lockFile = inRoot('package-lock.json');
/** npm's own record of what it installed: it writes it last, and we remove it first, so a killed one has none. */
const installedFile = inRoot('node_modules', '.package-lock.json');

const readPackages = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
};

/** node_modules may be a link to another folder's (worktrees that share one): that is its owner's to install. */
const isLink = () => lstatSync(inRoot('node_modules'), { throwIfNoEntry: false })?.isSymbolicLink() ?? false;

const fitsThisMachine = ({ os, cpu }) =>
  (!os || os.includes(process.platform)) && (!cpu || cpu.includes(process.arch));

/**
 * Paths (`node_modules/x`) that must exist here: every package that is not optional, and of the optional ones
 * those that package.json itself names for this machine (PostgreSQL, Node): npm skips these without a word when
 * they cannot be fetched.
 */
function requiredPaths(locked) {
  const named = Object.keys(locked['']?.optionalDependencies ?? {}).map((name) => `node_modules/${name}`);
  return Object.keys(locked).filter(
    (path) => path && (!locked[path].optional || (named.includes(path) && fitsThisMachine(locked[path]))),
  );
}

/** Is everything that package-lock.json asks for there, in that version? */
export function isInstalled() {
  if (isLink()) return true;
  const locked = readPackages(lockFile);
  const installed = readPackages(installedFile);
  if (!locked || !installed) return false;
  return requiredPaths(locked).every(
    (path) => installed[path]?.version === locked[path].version && existsSync(inRoot(path, 'package.json')),
  );
}

const REASONS = [
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|network/i,
    'npm could not reach the package registry (`npm config get registry` shows which): check the network or the proxy settings, then run the same command again; what was fetched is kept.',
  ],
  [/ENOSPC/, 'the disk is full: free about 1.5 GB where this folder lies, then run the same command again.'],
  [
    /EACCES|EPERM|EROFS/,
    'npm may not write into this folder or its cache: make both writable for your account (`ls -ld . ~/.npm`), then run the same command again.',
  ],
  [
    /EUSAGE|can only install packages when your package.json and package-lock.json/,
    'package.json and package-lock.json do not belong together: restore them (`git checkout package.json package-lock.json`), or run `npm install` when you changed the dependencies, then run the same command again.',
  ],
  [
    /EINTEGRITY/,
    'a package arrived damaged or changed on its way: run `npm cache clean --force`, then the same command again; if it stays, look at the proxy between you and the registry.',
  ],
];

/** Runs `npm ci` and shows how far it is. Throws a Refusal that says what to do. */
export async function install() {
  const locked = readPackages(lockFile);
  if (!locked)
    throw new Refusal(
      'package-lock.json is missing or damaged: restore it with `git checkout package-lock.json`.',
    );
  const expected = requiredPaths(locked);
  say(
    existsSync(inRoot('node_modules')) && !existsSync(installedFile)
      ? 'the last installation was interrupted; installing the packages again ...'
      : `installing ${expected.length} packages (first start, or the dependencies changed) ...`,
  );
  const since = Date.now();
  try {
    mkdirSync(inRoot('node_modules'), { recursive: true });
    rmSync(installedFile, { force: true });
  } catch (error) {
    throw new Refusal(
      `this folder cannot be written (${error.code}): make it writable for your account, then run the same command again.`,
    );
  }
  const endProgress = showProgress(() => {
    const there = expected.filter((path) => existsSync(inRoot(path, 'package.json'))).length;
    return `installing: ${there} of ${expected.length} packages, ${seconds(since)}`;
  });
  const npm = process.env.npm_execpath;
  const options = [
    'ci',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    '--include=dev',
    '--include=optional',
  ];
  const result = npm?.endsWith('.js')
    ? await run(process.env.npm_node_execpath ?? process.execPath, [npm, ...options])
    : await run('npm', options);
  endProgress();
  if (!result.ok) {
    const reason = REASONS.find(([pattern]) => pattern.test(result.output))?.[1];
    throw new Refusal(
      reason ?? 'npm ci failed for the reason above: remove it, then run the same command again.',
      result.output.trim(),
    );
  }
  if (!isInstalled()) {
    const missing = expected.filter((path) => !existsSync(inRoot(path, 'package.json')));
    throw new Refusal(
      `npm reported success but left out ${missing.map((path) => path.replace('node_modules/', '')).join(', ') || 'a package'}: ` +
        'check the network, remove node_modules and run the same command again.',
    );
  }
  say(`installed in ${seconds(since)}`);
}
