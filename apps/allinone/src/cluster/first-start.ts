import 'reflect-metadata';
import { Command } from 'commander';
import { createLogger, databaseUrlOf, readEnvironment, Shutdown, untilDone } from '#platform';
import { compose } from '../compose.js';
import { databaseNames } from '../databases.js';
import { loadDemo } from '../demo/load-demo.js';

const { empty = false } = new Command('first-start')
  .description(
    'Loads the demo data into the databases of a cluster that is about to start, which it migrates first. A repetition changes nothing.',
  )
  .option('--empty', 'leave out the demo data')
  .helpOption('--help', 'say this and end')
  .showHelpAfterError()
  .allowExcessArguments(false)
  .parse()
  .opts<{ empty?: true }>();

/** It has the servers to itself, and little to do. */
const CONNECTIONS = { pool: 4, logPool: 4, total: 0 };

await untilDone(async (stopping) => {
  const environment = readEnvironment();
  const logger = createLogger(environment.LOG_LEVEL, 'first start');
  const shutdown = new Shutdown(logger);
  try {
    const urls = new Map<string, string>();
    for (const name of databaseNames(environment)) urls.set(name, await databaseUrlOf(name, environment));
    const { services } = await compose(environment, { urls, connections: CONNECTIONS }, logger, shutdown);
    await loadDemo({ dataDir: environment.DATA_DIR, empty, stopping, services, logger });
  } finally {
    await shutdown.run();
  }
});
