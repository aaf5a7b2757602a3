import 'reflect-metadata';
import { ConfigurationError, doneOnce, type Environment, readEnvironment } from '#platform';
import { prepareDatabases, prepareTopics } from './prepare-steps.js';

// What must stand before the services of a cluster start, once per release: `prepare.js databases` and
// `prepare.js topics`. Both change nothing when all is there.

const steps: Record<string, (environment: Environment) => Promise<void>> = {
  databases: prepareDatabases,
  topics: prepareTopics,
};

await doneOnce(async () => {
  const step = steps[process.argv[2] ?? ''];
  if (!step) throw new ConfigurationError(`Say what to prepare: ${Object.keys(steps).join(' or ')}.`);
  await step(readEnvironment());
});
