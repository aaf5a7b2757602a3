import { Command, Option } from 'commander';
import { readClusterEnvironment, untilStopped } from '#platform';
import { startCluster } from './cluster.js';

const { empty = false, instances } = new Command('npm run cluster --')
  .description(
    'Runs every service and the edge as processes of their own. What DATABASE_URL and the like do not give is started.',
  )
  .option('--empty', 'leave out the demo data')
  .addOption(
    new Option('--instances <number>', 'processes of each service, side by side')
      .choices(['1', '2', '3', '4', '5', '6', '7', '8', '9'])
      .default('1'),
  )
  .helpOption('--help', 'say this and end')
  .showHelpAfterError()
  .allowExcessArguments(false)
  .parse()
  .opts<{ empty?: true; instances: string }>();

await untilStopped((stopping) =>
  startCluster(readClusterEnvironment(), { empty, instances: Number(instances), stopping }),
);
