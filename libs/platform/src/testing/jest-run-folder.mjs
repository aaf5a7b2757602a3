import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endAbandoned } from '../../../../deploy/kafka-local/kafka-local.mjs';
import { commandOf, endProcess, isAlive } from '../../../../scripts/lib/processes.mjs';

const PREFIX = 'noi-viec-test-run-';
let folder;

/**
 * Jest's global setup: one folder for the servers of this run. PostgreSQL is started by the first spec that
 * asks for a database and ends with Jest's own process, also when that fails or is interrupted; what a killed run
 * left is cleared by the next one.
 */
export default function makeRunFolder() {
  if (folder) return;
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    if (!isAlive(Number(name.slice(PREFIX.length).split('-')[0]))) clear(join(tmpdir(), name));
  }
  folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
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
  for (const dataFolder of [folder, ...subfolders(folder)]) {
    stopPostgres(join(dataFolder, 'postgres', 'cluster'));
    endAbandoned(dataFolder);
  }
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  } catch {
    // Another user's folder: not ours to clear.
  }
}

function stopPostgres(cluster) {
  const pid = Number.parseInt(firstLineOf(join(cluster, 'postmaster.pid')), 10);
  // The number may belong to another program by now.
  if (pid > 0 && commandOf(pid).includes(cluster)) endProcess(pid, ['SIGQUIT', 'SIGKILL'], 2000);
}

function subfolders(folder) {
  try {
    return readdirSync(folder).map((name) => join(folder, name));
  } catch {
    return [];
  }
}

function firstLineOf(file) {
  try {
    return readFileSync(file, 'utf8').split('\n')[0];
  } catch {
    return '';
  }
}
