import { resolve } from 'node:path';
import { readEnvironment, untilStopped } from '#platform';
import { startEdge } from './start-edge.js';

const webFolder = resolve(import.meta.dirname, '../../../web');

await untilStopped((stopping) => startEdge(readEnvironment(), webFolder, stopping));
