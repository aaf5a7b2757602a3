import 'reflect-metadata';
import { setFlagsFromString } from 'node:v8';
import { readEnvironment, untilStopped } from '#platform';
import { startPlatform } from './platform.js';
import { startCommand } from './start-command.js';

const { empty = false } = startCommand(
  'npm start',
  'Chạy cả nền tảng trong một tiến trình, với PostgreSQL riêng nếu không đặt DATABASE_URL.',
  'Runs the whole platform in one process, with a PostgreSQL of its own unless DATABASE_URL is set.',
)
  .parse()
  .opts<{ empty?: true }>();

// By itself V8 lets garbage pile up to several times of what is in use: 700 MB of which 110 MB are. Half as much again
// costs a twentieth more processor time.
setFlagsFromString('--heap-growing-percent=50');

await untilStopped((stopping) => startPlatform(readEnvironment(), { empty, stopping }));
