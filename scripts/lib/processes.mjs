// What is known of processes that this one did not start.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const readOrEmpty = (file) => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};

/** Does the process run? One that has ended and was not yet waited for does not. */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return !/^\d+ \(.*\) Z/.test(readOrEmpty(`/proc/${pid}/stat`));
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Its command line, with arguments separated by NUL or blanks; empty when there is none. */
export function commandOf(pid) {
  if (process.platform === 'linux') return readOrEmpty(`/proc/${pid}/cmdline`);
  return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? '';
}

/** Ends a process: asks by the first signal, then goes on to the next after `patienceMs`. Blocks meanwhile. */
export function endProcess(pid, signals, patienceMs) {
  for (const signal of signals) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    for (let waited = 0; waited < patienceMs && isAlive(pid); waited += 20) sleep(20);
    if (!isAlive(pid)) return;
  }
}

function sleep(ms) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
