// Compares the event schemas of the sources with those of the last commits (`npm run check:schemas`).
import { spawnSync } from 'node:child_process';
import { inRoot, root } from './lib/paths.mjs';

const run = (...args) => spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1;

process.exitCode =
  run(inRoot('scripts/bootstrap.mjs'), 'server', '--quiet') ||
  run(inRoot('dist/libs/contracts/src/generate-schemas.js'), '--check');
