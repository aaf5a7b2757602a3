import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PREFIX = 'noi-viec-test-run-';

/**
 * Jest's global setup: one folder for the test server of this run. The server is started by the first spec that
 * asks for a database and ends with Jest's own process, also when that fails or is interrupted; what a killed run
 * left is cleared by the next one.
 */
export default function makeRunFolder() {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    if (!isAlive(Number(name.slice(PREFIX.length).split('-')[0]))) clear(join(tmpdir(), name));
  }
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  // PostgreSQL's unprivileged user passes through when the tests run as root.
  chmodSync(folder, 0o711);
  process.env.NOIVIEC_TEST_RUN_DIR = folder;
  process.once('exit', () => clear(folder));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => {
      clear(folder);
      process.kill(process.pid, signal);
    });
  }
}

/** Stops the servers of a run at once (their data are worthless) and removes the folder. */
function clear(folder) {
  const dataFolders = [folder, ...subfolders(folder)];
  for (const dataFolder of dataFolders) stopServer(join(dataFolder, 'postgres', 'cluster'));
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  } catch {
    // Another user's folder: not ours to clear.
  }
}

function stopServer(cluster) {
  const pid = Number.parseInt(readOrEmpty(join(cluster, 'postmaster.pid')), 10);
  // The number may belong to another program by now.
  if (!(pid > 0) || !commandOf(pid).includes(cluster)) return;
  for (const signal of ['SIGQUIT', 'SIGKILL']) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    for (let waited = 0; waited < 2000 && isAlive(pid); waited += 20) sleep(20);
  }
}

function commandOf(pid) {
  if (process.platform === 'linux') return readOrEmpty(`/proc/${pid}/cmdline`);
  return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? '';
}

function subfolders(folder) {
  try {
    return readdirSync(folder).map((name) => join(folder, name));
  } catch {
    return [];
  }
}

function readOrEmpty(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return !/^\d+ \(.*\) Z/.test(readOrEmpty(`/proc/${pid}/stat`));
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function sleep(ms) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
