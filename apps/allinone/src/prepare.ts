import 'reflect-metadata';
import { ConfigurationError, type Environment, readEnvironment, sentenceOf } from '#platform';
import { prepareDatabases, prepareTopics } from './prepare-steps.js';

// What must stand before the services of a cluster start, once per release: `prepare.js databases` and
// `prepare.js topics`. Both change nothing when all is there.

const steps: Record<string, (environment: Environment) => Promise<void>> = {
  databases: prepareDatabases,
  topics: prepareTopics,
};

try {
  const step = steps[process.argv[2] ?? ''];
  if (!step) throw new ConfigurationError(`Say what to prepare: ${Object.keys(steps).join(' or ')}.`);
  await step(readEnvironment());
  process.exit(0);
} catch (error) {
  console.error(sentenceOf(error));
  process.exit(1);
}
