import type { Command } from 'commander';
import { lagByTopic, type PartitionLag } from '#events';
import type { Api } from './api.js';
import { count, oneOf } from './arguments.js';
import type { Output } from './output.js';
import { SERVICES } from './service-names.js';

const BEYOND_END =
  'beyond-end: nhóm đã đọc đến một chỗ nằm sau chỗ kết thúc của nhật ký, vậy nhật ký đã mất hoặc được lập lại và không biết còn bao nhiêu sự kiện chưa đọc: xem docs/operations.md, mục “The event log is lost”.';

export function lagCommand(program: Command, api: Api, output: () => Output): void {
  program
    .command('lag')
    .description('mỗi nhóm đọc còn chậm bao nhiêu sự kiện so với nhật ký')
    .option('--service <name>', `chỉ một dịch vụ: ${SERVICES.join(', ')}`, oneOf(SERVICES))
    .option('--max <number>', 'mã thoát 1 khi một nhóm chậm hơn chừng này sự kiện', count)
    .addHelpText('after', `\n${BEYOND_END} Mã thoát khi đó luôn là 1.`)
    .action(async ({ service: only, max = Infinity }: { service?: string; max?: number }) => {
      const items: PartitionLag[] = [];
      for (const service of only ? [only] : SERVICES) {
        items.push(...(await api.call<{ items: PartitionLag[] }>(`/${service}/admin/lag`)).items);
      }
      const out = output();
      const rows = lagByTopic(items);
      const lost = rows.some(({ state }) => state === 'beyond-end');
      out.result({ items: rows }, () =>
        [out.table(rows, 'Không có nhóm đọc nào.'), ...(lost ? [BEYOND_END] : [])].join('\n'),
      );
      if (lost || rows.some(({ lag }) => lag > max)) process.exitCode = 1;
    });
}
