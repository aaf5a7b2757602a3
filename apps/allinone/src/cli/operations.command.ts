import type { Command } from 'commander';
import { lagByTopic, type PartitionLag } from '#events';
import { type Api, ApiError } from './api.js';
import type { Output } from './output.js';

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
}

/** Services that have consumers; `--service` names one. */
const SERVICES = ['matching', 'openings', 'jobseekers', 'identity'];

export function operationsCommands(program: Command, api: Api, output: () => Output): void {
  program
    .command('dead-letters')
    .description('các thông điệp chưa xử lý được, cũ nhất trước')
    .option('--service <name>', 'chỉ một dịch vụ')
    .action(async ({ service }: { service?: string }) => {
      const items: (DeadLetterRow & { service: string })[] = [];
      for (const name of service ? [service] : SERVICES) {
        const page = await api.call<{ items: DeadLetterRow[] }>(`/${name}/admin/dead-letters?limit=100`);
        items.push(...page.items.map((item) => ({ service: name, ...item })));
      }
      const out = output();
      out.result({ items }, () =>
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
    .command('replay <service> [id]')
    .description('xử lý lại một thông điệp bị kẹt của một dịch vụ, hoặc tất cả')
    .action(async (service: string, id: string | undefined) => {
      const ids = id ? [id] : await deadLettersOf(api, service);
      const failed: string[] = [];
      for (const one of ids) {
        try {
          await api.call(`/${service}/admin/dead-letters/${one}/replay`, { method: 'POST' });
        } catch (error) {
          // One that still cannot be handled says nothing of the others; without an answer there is no going on.
          if (!(error instanceof ApiError) || ![404, 409].includes(error.status)) throw error;
          failed.push(`${one}: ${error.message}`);
        }
      }
      const replayed = ids.length - failed.length;
      if (failed.length > 0) {
        throw new ApiError(
          409,
          'cli.replay-failed',
          [`${replayed} đã xử lý lại, ${failed.length} vẫn không được:`, ...failed].join('\n  '),
        );
      }
      output().result({ replayed }, () => `${replayed} đã xử lý lại.`);
    });

  program
    .command('rebuild <service>')
    .description('dựng lại mô hình đọc từ nhật ký bên cạnh bản đang dùng, rồi thay')
    .action(async (service: string) => {
      const result = await api.call<{ events: number; milliseconds: number }>(`/${service}/admin/rebuild`, {
        method: 'POST',
      });
      output().result(
        result,
        () => `Đã dựng lại từ ${result.events} sự kiện trong ${result.milliseconds} ms.`,
      );
    });

  program
    .command('drift')
    .description('so dữ liệu của dịch vụ ghép nối với dữ liệu gốc; mã thoát 1 khi có khác biệt')
    .action(async () => {
      const report = await api.call<DriftReport>('/matching/drift', { method: 'POST' });
      const out = output();
      out.result(report, () => out.table(driftRows(report), '') + '\n' + driftSentence(report));
      if (!report.inSync) process.exitCode = 1;
    });

  program
    .command('lag')
    .description('mỗi nhóm đọc còn chậm bao nhiêu sự kiện so với nhật ký')
    .action(async () => {
      const items: PartitionLag[] = [];
      for (const service of SERVICES) {
        items.push(...(await api.call<{ items: typeof items }>(`/${service}/admin/lag`)).items);
      }
      const out = output();
      const rows = lagByTopic(items);
      out.result({ items: rows }, () => out.table(rows, 'Không có nhóm đọc nào.'));
    });
}

async function deadLettersOf(api: Api, service: string): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined;) {
    const page: { items: DeadLetterRow[]; nextCursor?: string } = await api.call(
      `/${service}/admin/dead-letters?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    ids.push(...page.items.map((letter) => letter.id));
    cursor = page.nextCursor;
  }
  return ids;
}

const driftRows = ({ openings, jobseekers }: DriftReport): Record<string, string | number>[] =>
  Object.entries({ openings, jobseekers }).map(([list, { owner, index, differing, inFlight }]) => ({
    list,
    owner,
    index,
    ...differing,
    'in flight': inFlight,
  }));

function driftSentence({ openings, jobseekers, inSync }: DriftReport): string {
  if (inSync) return 'Khớp.';
  const ids = Object.entries({ openings, jobseekers }).flatMap(([list, drift]) =>
    (['missing', 'stale', 'extra'] as const).flatMap((kind) =>
      drift[kind].length > 0 ? [`${list} ${kind}: ${drift[kind].join(' ')}`] : [],
    ),
  );
  return [...ids, 'Có khác biệt: npm run cli -- rebuild matching'].join('\n');
}
