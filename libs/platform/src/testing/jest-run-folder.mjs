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
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => clear(folder));
}

/** Stops the folder's server at once (its data are worthless) and removes the folder. */
function clear(folder) {
  const pid = Number.parseInt(readOrEmpty(join(folder, 'postgres', 'cluster', 'postmaster.pid')), 10);
  if (pid > 0) {
    for (const signal of ['SIGQUIT', 'SIGKILL']) {
      try {
        process.kill(pid, signal);
      } catch {
        break;
      }
      for (let waited = 0; waited < 2000 && isAlive(pid); waited += 20) sleep(20);
    }
  }
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  } catch {
    // Another user's folder: not ours to clear.
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
