import type { Command } from 'commander';
import type { Api } from './api.js';
import { oneOf } from './arguments.js';
import type { Output } from './output.js';
import { OWNERS, SERVICES } from './service-names.js';

interface Step {
  topic: string;
  restated: number;
  erased: boolean;
  nextCursor?: string;
}

type Restated = Record<string, string | number> & {
  service: string;
  topic: string;
  states: number;
  erased: number;
};

const TELL_EVERY_MS = 5_000;

export function republishCommand(program: Command, api: Api, output: () => Output): void {
  program
    .command('republish')
    .argument('<service>', `${OWNERS.join(', ')}, hoặc all`, oneOf([...OWNERS, 'all']))
    .description(
      'các dịch vụ gốc nói lại trạng thái hiện tại của mình vào nhật ký sự kiện, khi nhật ký bị mất',
    )
    .addHelpText(
      'after',
      '\nMỗi bước là một giao dịch nhỏ; dữ liệu và phiên bản không đổi, không gửi thư hay thông báo nào. Ngắt giữa chừng\nhoặc chạy lại đều vô hại. Sau đó: rebuild matching, rồi drift.\nMã thoát 1 khi chưa nói lại được hết.',
    )
    .action(async (given: string) => {
      const out = output();
      const owners = given === 'all' ? OWNERS : [given];
      let items = await restate(api, owners, out);
      // A reader that was behind in the lost log may have its place within this one by now, and what was said before that
      // place is not read: what is said from here on is before nobody's.
      if (await readAnew(api, items)) {
        out.note('Có nơi đã đọc một nhật ký nay không còn: nói lại lần nữa, để không nơi nào bỏ sót.');
        items = await restate(api, owners, out);
      }
      const total = items.reduce((sum, { states, erased }) => sum + states + erased, 0);
      out.result(
        { items, total },
        () => `${out.table(items, '')}\nĐã đưa ${total} sự kiện vào hàng chờ của nhật ký.`,
      );
    });
}

async function restate(api: Api, owners: readonly string[], out: Output): Promise<Restated[]> {
  const items: Restated[] = [];
  for (const owner of owners) items.push(...(await republish(api, owner, (text) => out.note(text))));
  return items;
}

/**
 * What read the lost log waits beyond this one's end: now that all is said, it begins at its start.
 * @returns whether there was such a place
 */
async function readAnew(api: Api, said: readonly Restated[]): Promise<boolean> {
  const topics = [...new Set(said.map(({ topic }) => topic))];
  let put = 0;
  for (const service of SERVICES) {
    const path = `/${service}/admin/read-anew`;
    put += (await api.call<{ positions: number }>(path, { method: 'POST', body: { topics } })).positions;
  }
  return put > 0;
}

/** Step by step to the end; by topic how much was said. */
async function republish(api: Api, service: string, tell: (text: string) => void): Promise<Restated[]> {
  const topics = new Map<string, Restated>();
  let told = Date.now();
  for (let cursor: string | undefined = ''; cursor !== undefined;) {
    const query: string = cursor && `?cursor=${encodeURIComponent(cursor)}`;
    const step: Step = await api.call<Step>(`/${service}/admin/republish${query}`, { method: 'POST' });
    const sum = topics.get(step.topic) ?? { service, topic: step.topic, states: 0, erased: 0 };
    sum[step.erased ? 'erased' : 'states'] += step.restated;
    topics.set(step.topic, sum);
    if (Date.now() - told > TELL_EVERY_MS) {
      tell(`${step.topic}: ${sum.states + sum.erased} …`);
      told = Date.now();
    }
    cursor = step.nextCursor;
  }
  return [...topics.values()];
}
