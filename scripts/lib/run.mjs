import { spawn } from 'node:child_process';
import { lockDescriptor } from './lock.mjs';
import { root } from './paths.mjs';

/**
 * Runs a program to its end with its output collected. It ends with us: on Ctrl-C and SIGTERM, and when npm's
 * shell (our parent) is gone, it is stopped first, so that no half-wanted installation goes on in the background.
 * @returns {Promise<{ok: boolean, output: string}>}
 */
export function run(program, args, { env } = {}) {
  return new Promise((resolve) => {
    const lock = lockDescriptor();
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe', ...(lock === undefined ? [] : [lock])],
    });
    let output = '';
    const collect = (chunk) => (output = (output + chunk).slice(-200_000));
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);

    const parent = process.ppid;
    const stop = () => {
      child.kill('SIGTERM');
      setTimeout(() => process.exit(130), 3000);
      child.once('exit', () => process.exit(130));
    };
    const watch = setInterval(() => process.ppid !== parent && stop(), 500);
    process.once('SIGINT', stop).once('SIGTERM', stop);
    const finish = (ok, more = '') => {
      clearInterval(watch);
      process.off('SIGINT', stop).off('SIGTERM', stop);
      resolve({ ok, output: output + more });
    };
    child.once('error', (error) => finish(false, String(error)));
    child.once('close', (code) => finish(code === 0));
  });
}
