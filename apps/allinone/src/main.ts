import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { readEnvironment, untilStopped } from '#platform';
import { startPlatform } from './platform.js';

const { values } = parseArgs({ options: { empty: { type: 'boolean', default: false } } });

await untilStopped((stopping) => startPlatform(readEnvironment(), { empty: values.empty, stopping }));
