import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile, rm, stat, statfs } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { PostgresBinaries } from './binaries.js';
import { diskFull, EmbeddedPostgresError, errorFromOutput } from './errors.js';
import { programEnvironment } from './initialise.js';
import type { RunAs } from './run-as.js';

/** What a running (or dead) server wrote about itself into postmaster.pid. */
export interface Postmaster {
  pid: number;
  port: number;
  /** `starting`, `ready`, `stopping`, …; empty in the first moments. */
  status: string;
}

const run = promisify(execFile);
const pidFile = (cluster: string) => join(cluster, 'postmaster.pid');

export async function readPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const text = await readFile(pidFile(cluster), 'utf8').catch(() => '');
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Math.abs(Number(lines[0]));
  return pid > 0 ? { pid, port: Number(lines[3]) || 0, status: lines[7] ?? '' } : undefined;
}

/**
 * Whether the process is a PostgreSQL server on this cluster. A process id alone proves nothing: after a power
 * cut or in a container it soon belongs to another program.
 */
export async function isServerOf(pid: number, cluster: string): Promise<boolean> {
  const command = await commandOf(pid);
  if (command === 'unknown') return isAlive(pid);
  if (!/postgres(\.exe)?$/.test(basename(command[0] ?? ''))) return false;
  return command.includes(cluster) || command.join(' ').includes(` -D ${cluster}`);
}

/** The words of a process's command line; empty when it is gone (or a zombie), `unknown` where we cannot ask. */
async function commandOf(pid: number): Promise<string[] | 'unknown'> {
  if (process.platform === 'win32') return 'unknown';
  if (process.platform === 'linux') {
    const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    return text.split('\0').filter(Boolean);
  }
  const { stdout } = await run('ps', ['-o', 'command=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  return stdout.trim().split(' ').filter(Boolean);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Removes the pid file of a server that is gone, which PostgreSQL itself cannot tell from a reused process id. */
export async function removeStalePidFile(cluster: string): Promise<void> {
  const postmaster = await readPostmaster(cluster);
  if (postmaster && process.platform !== 'win32' && !(await isServerOf(postmaster.pid, cluster))) {
    await rm(pidFile(cluster), { force: true });
  }
}

export interface LaunchOptions {
  binaries: PostgresBinaries;
  cluster: string;
  port: number;
  runAs: RunAs | undefined;
  logFile: string;
  /** Told every five seconds while the server replays its log after a crash. */
  onRecovering?: () => void;
  signal?: AbortSignal;
}

/** Recovery of 2 GB of log takes a minute on a slow disk; a server that says nothing for longer is given up. */
const START_DEADLINE_MS = 300_000;

/**
 * Starts the server and returns when it accepts connections. It gets a session of its own, so that neither a
 * signal to the platform's process group (Ctrl-C) nor the platform's end reaches it.
 *
 * @throws EmbeddedPostgresError by what the server said in its log
 */
export async function launch(options: LaunchOptions): Promise<Postmaster> {
  const { binaries, cluster, port, runAs, logFile } = options;
  const log = await open(logFile, 'a', 0o640);
  if (process.getuid?.() === 0) {
    const { uid, gid } = await stat(dirname(logFile));
    await log.chown(uid, gid);
  }
  const logStart = (await log.stat()).size;
  const identity = runAs && { uid: runAs.uid, gid: runAs.gid };
  // On Windows PostgreSQL refuses administrators, and pg_ctl drops their rights.
  const [program, args] =
    process.platform === 'win32'
      ? [binaries.pgCtl, ['start', '-W', '-s', '-D', cluster, '-o', `-p ${port}`]]
      : [binaries.postgres, ['-D', cluster, '-p', String(port)]];
  let exited = false;
  let launched: number | undefined;
  try {
    const child = spawn(program, args, {
      cwd: cluster,
      detached: true,
      env: programEnvironment(),
      stdio: ['ignore', log.fd, log.fd],
      ...identity,
    });
    child.once('exit', () => (exited = process.platform !== 'win32'));
    await once(child, 'spawn');
    child.unref();
    if (process.platform !== 'win32') launched = child.pid;
  } finally {
    await log.close();
  }

  const started = Date.now();
  let told = started;
  while (Date.now() - started < START_DEADLINE_MS && !options.signal?.aborted) {
    const postmaster = await readPostmaster(cluster);
    // The file may still be that of a server that was killed.
    const isNew = launched === undefined || postmaster?.pid === launched;
    if (!exited && isNew && postmaster?.status === 'ready' && postmaster.port === port) return postmaster;
    if (exited) throw await startError(options, logStart);
    if (Date.now() - told >= 5_000) {
      told = Date.now();
      options.onRecovering?.();
    }
    await delay(15);
  }
  await terminate(cluster, binaries, { fastMs: 0, immediateMs: 3_000 });
  throw await startError(options, logStart);
}

async function startError(
  { cluster, logFile }: LaunchOptions,
  logStart: number,
): Promise<EmbeddedPostgresError> {
  const said = (await readFile(logFile)).subarray(logStart).toString('utf8');
  const { bavail, bsize } = await statfs(cluster);
  // On a full disk the log stays empty too.
  if (!said && bavail * bsize < 32 * 1024 * 1024) return diskFull(cluster);
  const last = said
    .trim()
    .split('\n')
    .filter((line) => /FATAL|PANIC|rror/.test(line))
    .at(-1);
  return (
    errorFromOutput(said, cluster) ??
    new EmbeddedPostgresError(
      'embedded-postgres.start-failed',
      `PostgreSQL did not start (${last?.replace(/^.*?(FATAL|PANIC|ERROR):\s*/, '') ?? 'it said nothing'}): read ${logFile}.`,
    )
  );
}

/**
 * Stops the server of this cluster: fast (open transactions are rolled back, everything is written), after
 * `fastMs` immediate (recovered at the next start), after `immediateMs` more by force.
 */
export async function terminate(
  cluster: string,
  { pgCtl }: PostgresBinaries,
  { fastMs, immediateMs }: { fastMs: number; immediateMs: number },
): Promise<void> {
  const postmaster = await readPostmaster(cluster);
  if (!postmaster || !(await isServerOf(postmaster.pid, cluster))) return;
  if (process.platform === 'win32') {
    const seconds = String(Math.ceil(fastMs / 1000));
    await run(pgCtl, ['stop', '-D', cluster, '-m', 'fast', '-t', seconds]).catch(() =>
      run(pgCtl, ['stop', '-D', cluster, '-m', 'immediate']).catch(() => undefined),
    );
    return;
  }
  const steps: [NodeJS.Signals, number][] = [
    ['SIGINT', fastMs],
    ['SIGQUIT', immediateMs],
    ['SIGKILL', 5_000],
  ];
  for (const [signal, waitMs] of steps.filter(([, ms]) => ms > 0)) {
    try {
      process.kill(postmaster.pid, signal);
    } catch {
      return;
    }
    const deadline = Date.now() + waitMs;
    while (Date.now() < deadline) {
      if (!(await isServerOf(postmaster.pid, cluster))) return;
      await delay(15);
    }
  }
}
