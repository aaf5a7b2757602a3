import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SingleBar } from 'cli-progress';
import type { Command } from 'commander';
import { type Api, ApiError } from './api.js';
import type { Output } from './output.js';
import { whenStopped } from './when-stopped.js';

interface Job {
  id: string;
  status: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
  progress: {
    read: number;
    total: number | null;
    created: number;
    updated: number;
    unchanged: number;
    rejected: number;
  };
  failure: string | null;
  relayed: boolean;
}

interface Rejection {
  line: number;
  field: string;
  code: string;
  reason: string;
  value: string | null;
}

const SHOWN_REJECTIONS = 20;
/** Some rows were refused, the others went in. */
const EXIT_PARTLY = 2;
/** Where no bar can be drawn, a line so often. */
const TELL_EVERY_MS = 5000;
const WAITING = 'Đang chờ các tệp nộp trước được nhập xong.';
/** A platform that is restarted in the middle is waited for this long. */
const PATIENCE_MS = 60_000;
/** So is a search that has a large import to read. */
const SEARCH_PATIENCE_MS = 600_000;

export function importCommand(program: Command, api: Api, output: () => Output): void {
  const command = program.command('import').description('nhập một tệp, hoặc dừng một lần nhập');
  command
    .command('cancel <id>')
    .description('dừng một lần nhập đang chờ hoặc đang chạy; những gì đã nhập vẫn giữ nguyên')
    .action(async (id: string) => {
      const job = await api.call<Job>(`/openings/imports/${encodeURIComponent(id)}/cancel`, {
        method: 'POST',
      });
      output().result(job, () => stoppedAt(job));
    });
  command
    .command('openings <file>')
    .description('nhập tin tuyển dụng từ tệp CSV; xong khi đã tìm thấy được các tin')
    .option('--as-of <date>', 'ngày lấy tệp từ nguồn (NĂM-THÁNG-NGÀY); mặc định là hôm nay')
    .option('--source <name>', 'tên nguồn', 'csv')
    .option('--no-wait', 'không chờ nhập xong')
    .addHelpText(
      'after',
      `
--as-of: các cột như “3 ngày trước” và hạn của tin được tính từ ngày này; tệp cũ hơn không ghi đè những gì
một tệp mới hơn đã nói.

Mã thoát 0: mọi dòng đã được nhận (với --no-wait: tệp đã được nộp). ${EXIT_PARTLY}: có dòng bị từ chối, các dòng khác đã được
nhận. 1: không nhập được, bị dừng, hoặc không dòng nào được nhận.
Ctrl-C chỉ thôi chờ: lần nhập vẫn chạy tiếp; muốn dừng hẳn thì dùng import cancel.`,
    )
    .action(async (file: string, options: { asOf?: string; source: string; wait: boolean }) => {
      const out = output();
      const { id } = await submit(api, file, options);
      if (!options.wait) {
        out.result({ id }, () => `Đang nhập: ${id}.`);
        return;
      }
      const job = await follow(api, id, out);
      if (job.status === 'failed')
        throw new ApiError(422, 'openings.import-failed', job.failure ?? 'Nhập tệp không thành công.');
      if (job.status === 'cancelled') throw new ApiError(409, 'openings.import-cancelled', stoppedAt(job));
      await searchable(api);
      const rejections = job.progress.rejected > 0 ? await allRejections(api, id) : [];
      out.result({ ...job, rejections }, () => report(job, rejections));
      process.exitCode = exitCodeOf(job);
    });
}

/** A file of which nothing could go in is a failure to those who call this from a script. */
function exitCodeOf({ progress: { read, rejected } }: Job): number {
  if (rejected === 0) return 0;
  return rejected === read ? 1 : EXIT_PARTLY;
}

async function submit(
  api: Api,
  file: string,
  options: { asOf?: string; source: string },
): Promise<{ id: string }> {
  let content: Buffer;
  try {
    content = await readFile(file);
  } catch (error) {
    throw new ApiError(0, 'cli.file', `Không đọc được ${file}: ${(error as Error).message}`);
  }
  const query = new URLSearchParams({ kind: 'openings', source: options.source, fileName: basename(file) });
  if (options.asOf) query.set('asOf', options.asOf);
  // One key for all tries: an upload whose answer got lost is not a second import.
  const headers = { 'idempotency-key': randomUUID() };
  return patient(() =>
    api.call<{ id: string }>(`/openings/imports?${query.toString()}`, {
      method: 'POST',
      raw: { content, type: 'text/csv' },
      headers,
    }),
  );
}

async function follow(api: Api, id: string, out: Output): Promise<Job> {
  const bar = out.interactive
    ? new SingleBar({ format: '{bar} {value}/{total} dòng', stream: process.stderr })
    : undefined;
  const stopWaiting = whenStopped(() => {
    bar?.stop();
    out.failure(goesOn(id));
  });
  try {
    let told = { line: '', at: Date.now() };
    for (let started = false; ; await sleep(100)) {
      const job = await patient(() => api.call<Job>(`/openings/imports/${id}`));
      const { read, total } = job.progress;
      const line = job.status === 'queued' ? WAITING : `Đã đọc ${read}/${total ?? '?'} dòng.`;
      // Beside a bar, which says the rest, only why it is not there yet.
      const worthTelling = !bar || (line === WAITING && told.line !== WAITING);
      if (worthTelling && Date.now() - told.at >= TELL_EVERY_MS) {
        out.note(line);
        told = { line, at: Date.now() };
      }
      if (total !== null && !started) {
        bar?.start(total, read);
        started = true;
      }
      if (started) bar?.update(read);
      if (job.status === 'failed' || job.relayed) return job;
    }
  } finally {
    stopWaiting();
    bar?.stop();
  }
}

const goesOn = (id: string): { code: string; message: string } => ({
  code: 'cli.import-goes-on',
  message: `Đã thôi chờ, nhưng lần nhập vẫn chạy tiếp. Muốn dừng hẳn: npm run cli -- import cancel ${id}`,
});

/** The events are in the log; the search has them when it has read the log up to here. */
async function searchable(api: Api): Promise<void> {
  await patient(() => api.call(`/matching/admin/caught-up`, { method: 'POST' }), SEARCH_PATIENCE_MS);
}

async function allRejections(api: Api, id: string): Promise<Rejection[]> {
  const all: Rejection[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined;) {
    const query = `limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
    const page: { items: Rejection[]; nextCursor?: string } = await patient(() =>
      api.call(`/openings/imports/${id}/rejections?${query}`),
    );
    all.push(...page.items);
    cursor = page.nextCursor;
  }
  return all;
}

/** Tries again while the platform is away for a moment. */
async function patient<T>(call: () => Promise<T>, patienceMs = PATIENCE_MS): Promise<T> {
  for (const deadline = Date.now() + patienceMs; ; await sleep(500)) {
    try {
      return await call();
    } catch (error) {
      const away = error instanceof ApiError && (error.status === 0 || error.status >= 502);
      if (!away || Date.now() > deadline) throw error;
    }
  }
}

function stoppedAt({ progress: { read, total, created, updated } }: Job): string {
  if (read === 0) return 'Đã dừng trước khi nhập dòng nào.';
  return `Đã dừng sau ${read}/${total} dòng; ${created} tin mới và ${updated} tin thay đổi đến lúc đó vẫn giữ nguyên.`;
}

function report({ progress }: Job, rejections: readonly Rejection[]): string {
  const { read, created, updated, unchanged, rejected } = progress;
  const lines = [
    `${read} dòng: ${created} mới, ${updated} thay đổi, ${unchanged} không đổi, ${rejected} bị từ chối.`,
  ];
  for (const { line, field, reason, value } of rejections.slice(0, SHOWN_REJECTIONS)) {
    lines.push(`  dòng ${line}, ${field}: ${reason}${value ? ` (${value})` : ''}`);
  }
  if (rejections.length > SHOWN_REJECTIONS)
    lines.push(`  … còn ${rejections.length - SHOWN_REJECTIONS} nữa: --json liệt kê tất cả`);
  return lines.join('\n');
}
