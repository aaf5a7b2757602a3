// Runs commands side by side, as many as there are processors, and tells of each in one line when it ends.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { root } from './paths.mjs';
import { seconds } from './say.mjs';

/**
 * @typedef {{name: string, command: [string, ...string[]], remedy: string}} Step `remedy`: what to do when it fails
 */

/** How far a build is, which say.mjs tells: no news where all is well. */
const PROGRESS = /^\[noi-viec\] .*\n?/gm;

/** @returns {Promise<{ok: boolean, output: string, warnings: string, since: number}>} */
function execute([program, ...args]) {
  return new Promise((resolve) => {
    const since = Date.now();
    const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let warnings = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => {
      output += chunk;
      warnings += chunk;
    });
    child.once('error', (error) => resolve({ ok: false, output: String(error), warnings, since }));
    child.once('close', (code) => resolve({ ok: code === 0, output, warnings, since }));
  });
}

/**
 * Longest first pays: the order of `steps` is the order of starting. What a step that passes says on standard error
 * (a part that did not run, say) is shown.
 * @param {Step[]} steps
 * @returns {Promise<string[]>} names of those that failed, their output printed
 */
export async function runSteps(steps, parallel = Math.max(2, availableParallelism())) {
  const waiting = [...steps];
  const failed = [];
  const worker = async () => {
    for (let step; (step = waiting.shift());) {
      const { ok, output, warnings, since } = await execute(step.command);
      console.log(`${ok ? 'ok    ' : 'FAILED'}  ${step.name.padEnd(14)} ${seconds(since).padStart(8)}`);
      const said = (ok ? warnings.replace(PROGRESS, '') : output).trim().replace(/^(?=.)/gm, '        ');
      if (ok && said) console.log(said);
      if (ok) continue;
      failed.push(step.name);
      console.log(`${said}\n        -> ${step.remedy}\n`);
    }
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  return failed;
}
