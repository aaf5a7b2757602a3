import 'reflect-metadata';
import { Command } from 'commander';
import { readEnvironment, untilStopped } from '#platform';
import { startPlatform } from './platform.js';

const { empty = false } = new Command('npm start --')
  .description(
    'Runs the whole platform in one process, with a PostgreSQL of its own unless DATABASE_URL is set.',
  )
  .option('--empty', 'leave out the demo data')
  .helpOption('--help', 'say this and end')
  .showHelpAfterError()
  .allowExcessArguments(false)
  .parse()
  .opts<{ empty?: true }>();

await untilStopped((stopping) => startPlatform(readEnvironment(), { empty, stopping }));
