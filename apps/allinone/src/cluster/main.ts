import { InvalidArgumentError } from 'commander';
import { readClusterEnvironment, untilStopped } from '#platform';
import { inBoth, startCommand } from '../start-command.js';
import { startCluster } from './cluster.js';

const { empty = false, instances } = startCommand(
  'npm run cluster',
  'Chạy từng dịch vụ và cổng vào (edge) thành các tiến trình riêng. Máy chủ nào DATABASE_URL và các biến tương tự không chỉ ra thì được khởi động kèm.',
  'Runs every service and the edge as processes of their own. What DATABASE_URL and the like do not give is started.',
)
  .option(
    '--instances <number>',
    inBoth('số tiến trình chạy song song của mỗi dịch vụ, 1-9', 'processes of each service, side by side'),
    oneToNine,
    1,
  )
  .parse()
  .opts<{ empty?: true; instances: number }>();

await untilStopped((stopping) => startCluster(readClusterEnvironment(), { empty, instances, stopping }));

function oneToNine(text: string): number {
  if (/^[1-9]$/.test(text)) return Number(text);
  throw new InvalidArgumentError('phải là một số từ 1 đến 9.');
}
