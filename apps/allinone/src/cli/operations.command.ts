import type { Command } from 'commander';
import { type Api, ApiError } from './api.js';
import { count, oneOf } from './arguments.js';
import { lagCommand } from './lag.command.js';
import type { Output } from './output.js';
import { republishCommand } from './republish.command.js';
import { REBUILT, SERVICES } from './service-names.js';

interface DeadLetterRow {
  id: string;
  group: string;
  topic: string;
  partition: number;
  offset: number;
  cause: string;
}

interface ListDrift {
  owner: number;
  index: number;
  differing: Record<'missing' | 'stale' | 'extra', number>;
  missing: string[];
  stale: string[];
  extra: string[];
  inFlight: number;
}

interface DriftReport {
  openings: ListDrift;
  jobseekers: ListDrift;
  inSync: boolean;
  logLost: boolean;
}

export function operationsCommands(program: Command, api: Api, output: () => Output): void {
  program
    .command('dead-letters')
    .description('các thông điệp chưa xử lý được, cũ nhất trước')
    .option('--service <name>', `chỉ một dịch vụ: ${SERVICES.join(', ')}`, oneOf(SERVICES))
    .option('--limit <number>', 'mỗi dịch vụ nhiều nhất bao nhiêu thông điệp', count, 100)
    .addHelpText('after', '\nMã thoát 0 cả khi có thông điệp bị kẹt; xử lý lại: replay <service> [id].')
    .action(async ({ service, limit }: { service?: string; limit: number }) => {
      const items: (DeadLetterRow & { service: string })[] = [];
      let total = 0;
      for (const name of service ? [service] : SERVICES) {
        const letters = await deadLettersOf(api, name, limit);
        items.push(...letters.items.map((item) => ({ service: name, ...item })));
        total += letters.total;
      }
      const out = output();
      if (total > items.length) {
        out.note(`Chỉ ${items.length} trong ${total} thông điệp: --limit cho thấy nhiều hơn.`);
      }
      out.result({ items, total }, () =>
        out.table(
          items.map(({ service: name, id, group, topic, partition, offset, cause }) => ({
            service: name,
            id,
            group,
            place: `${topic}/${partition}@${offset}`,
            cause,
          })),
          'Không có thông điệp nào bị kẹt.',
        ),
      );
    });

  program
    .command('replay')
    .argument('<service>', SERVICES.join(', '), oneOf(SERVICES))
    .argument('[id]', 'mã của thông điệp trong dead-letters; mặc định là tất cả')
    .description('xử lý lại một thông điệp bị kẹt của một dịch vụ, hoặc tất cả')
    .addHelpText(
      'after',
      '\nMã thoát 1 khi có thông điệp vẫn không xử lý được; nó vẫn nằm trong dead-letters.',
    )
    .action(async (service: string, id: string | undefined) => {
      const ids = id ? [id] : (await deadLettersOf(api, service)).items.map((letter) => letter.id);
      const failed: { id: string; message: string }[] = [];
      for (const one of ids) {
        try {
          await api.call(`/${service}/admin/dead-letters/${one}/replay`, { method: 'POST' });
        } catch (error) {
          // One that still cannot be handled says nothing of the others; without an answer there is no going on.
          if (!(error instanceof ApiError) || ![404, 409].includes(error.status)) throw error;
          failed.push({ id: one, message: error.message });
        }
      }
      const replayed = ids.length - failed.length;
      output().result({ replayed, failed }, () =>
        failed.length === 0
          ? `${replayed} đã xử lý lại.`
          : [
              `${replayed} đã xử lý lại, ${failed.length} vẫn không được:`,
              ...failed.map((letter) => `${letter.id}: ${letter.message}`),
            ].join('\n  '),
      );
      if (failed.length > 0) process.exitCode = 1;
    });

  program
    .command('rebuild')
    .argument('<service>', REBUILT.join(', '), oneOf(REBUILT))
    .description('dựng lại mô hình đọc từ nhật ký bên cạnh bản đang dùng, rồi thay')
    .option('--force', 'cả khi nhật ký đã mất: những gì nhật ký không còn sẽ mất trong mô hình đọc')
    .addHelpText(
      'after',
      '\nĐọc lại toàn bộ nhật ký bằng một nhóm mới, trong khi bản đang dùng vẫn trả lời; chỉ thay khi đã đọc hết.\nKhi nhật ký đã mất thì từ chối: hãy chạy republish all trước.\nMã thoát 1 khi không dựng được; dữ liệu khi đó vẫn như cũ. Ngắt lệnh này không dừng việc dựng lại.',
    )
    .action(async (service: string, { force }: { force?: true }) => {
      const result = await api.call<{ events: number; milliseconds: number }>(
        `/${service}/admin/rebuild${force ? '?force=true' : ''}`,
        { method: 'POST', slow: true },
      );
      output().result(
        result,
        () => `Đã dựng lại từ ${result.events} sự kiện trong ${result.milliseconds} ms.`,
      );
    });

  republishCommand(program, api, output);

  program
    .command('drift')
    .description('so dữ liệu của dịch vụ ghép nối với dữ liệu gốc; mã thoát 1 khi có khác biệt')
    .action(async () => {
      const report = await api.call<DriftReport>('/matching/drift', { method: 'POST', slow: true });
      const out = output();
      out.result(report, () => out.table(driftRows(report), '') + '\n' + driftSentence(report));
      if (!report.inSync) process.exitCode = 1;
    });

  lagCommand(program, api, output);
}

/** The oldest ones of a service, page by page, and how many there are in all. */
async function deadLettersOf(
  api: Api,
  service: string,
  limit = Infinity,
): Promise<{ items: DeadLetterRow[]; total: number }> {
  const items: DeadLetterRow[] = [];
  for (let cursor: string | undefined = ''; ;) {
    const page: { items: DeadLetterRow[]; total: number; nextCursor?: string } = await api.call(
      `/${service}/admin/dead-letters?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    items.push(...page.items);
    cursor = page.nextCursor;
    if (cursor === undefined || items.length >= limit) {
      return { items: items.slice(0, limit), total: page.total };
    }
  }
}

const driftRows = ({ openings, jobseekers }: DriftReport): Record<string, string | number>[] =>
  Object.entries({ openings, jobseekers }).map(([list, { owner, index, differing, inFlight }]) => ({
    list,
    owner,
    index,
    ...differing,
    'in flight': inFlight,
  }));

const LOST =
  'Nhật ký sự kiện đã mất hoặc được lập lại: hãy chạy npm run cli -- republish all trước, rồi npm run cli -- rebuild matching (docs/operations.md, mục “The event log is lost”).';

function driftSentence({ openings, jobseekers, inSync, logLost }: DriftReport): string {
  if (inSync) return logLost ? `Khớp. ${LOST}` : 'Khớp.';
  const ids = Object.entries({ openings, jobseekers }).flatMap(([list, drift]) =>
    (['missing', 'stale', 'extra'] as const).flatMap((kind) =>
      drift[kind].length > 0 ? [`${list} ${kind}: ${drift[kind].join(' ')}`] : [],
    ),
  );
  return [...ids, logLost ? `Có khác biệt. ${LOST}` : 'Có khác biệt: npm run cli -- rebuild matching'].join(
    '\n',
  );
}
