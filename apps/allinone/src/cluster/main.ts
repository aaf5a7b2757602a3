import { Option } from 'commander';
import { readClusterEnvironment, untilStopped } from '#platform';
import { inBoth, startCommand } from '../start-command.js';
import { startCluster } from './cluster.js';

const { empty = false, instances } = startCommand(
  'npm run cluster',
  'Chạy từng dịch vụ và cổng vào (edge) thành các tiến trình riêng. Máy chủ nào DATABASE_URL và các biến tương tự không chỉ ra thì được khởi động kèm.',
  'Runs every service and the edge as processes of their own. What DATABASE_URL and the like do not give is started.',
)
  .addOption(
    new Option(
      '--instances <number>',
      inBoth('số tiến trình chạy song song của mỗi dịch vụ', 'processes of each service, side by side'),
    )
      .choices(['1', '2', '3', '4', '5', '6', '7', '8', '9'])
      .default('1'),
  )
  .parse()
  .opts<{ empty?: true; instances: string }>();

await untilStopped((stopping) =>
  startCluster(readClusterEnvironment(), { empty, instances: Number(instances), stopping }),
);
