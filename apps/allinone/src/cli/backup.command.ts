import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { SingleBar } from 'cli-progress';
import type { Command } from 'commander';
import type { Environment } from '#platform';
import { BackupError } from '../backup/backup-error.js';
import { dataFolderError } from '../backup/data-folder-error.js';
import { begunEventLog } from '../event-log-choice.js';
import type { Output } from './output.js';

interface Options {
  passphraseFile?: string;
}

const MB = 1_000_000;

/**
 * Unlike the other commands these work on this machine's data folder, not through the platform's API. What they need
 * for that is loaded when one of them runs.
 */
export function backupCommands(program: Command, output: () => Output): void {
  program
    .command('backup <file>')
    .description(
      'chép toàn bộ dữ liệu và khoá của nền tảng trên máy này (DATA_DIR) vào một tệp, trong khi nó vẫn chạy',
    )
    .option('--passphrase-file <path>', 'mã hoá bằng mật khẩu ở dòng đầu của tệp này (định dạng age)')
    .action(async (file: string, options: Options) => {
      const out = output();
      const passphrase = await passphraseOf(options);
      const { createBackup } = await import('../backup/create-backup.js');
      const folders = await foldersOf('backup');
      const { encrypted, ...report } = await withBar(out, 'đã chép', (progress, signal) =>
        inDataFolder(folders, createBackup({ file, passphrase, progress, signal, ...folders })),
      );
      if (!encrypted) {
        out.note(
          'Tệp chứa dữ liệu của mọi người và các khoá mở chúng: hãy giữ kín như DATA_DIR, hoặc mã hoá bằng --passphrase-file.',
        );
      }
      out.result({ ...report, encrypted }, () => {
        const size = `${Math.ceil(report.bytes / MB)} MB`;
        return `${report.file}: ${size}, ${report.files} tệp, tính đến ${report.manifest.createdAt}.`;
      });
    });

  program
    .command('restore <file>')
    .description('đưa một bản sao lưu vào thư mục dữ liệu trống (DATA_DIR); npm start chạy tiếp từ đó')
    .option('--passphrase-file <path>', 'mật khẩu đã dùng để mã hoá, ở dòng đầu của tệp này')
    .action(async (file: string, options: Options) => {
      const out = output();
      const passphrase = await passphraseOf(options);
      const { restoreBackup } = await import('../backup/restore-backup.js');
      const folders = await foldersOf('restore');
      const report = await withBar(out, 'đã đọc', (progress, signal) =>
        inDataFolder(folders, restoreBackup({ file, passphrase, progress, signal, ...folders })),
      );
      out.result(
        report,
        () =>
          `${report.dataDir} có dữ liệu tính đến ${report.manifest.createdAt} (${report.files} tệp, tất cả đúng như đã lưu): hãy khởi động nền tảng.`,
      );
    });
}

interface Folders {
  dataDir: string;
  keysDir: string;
}

/** @throws BackupError where PostgreSQL refuses the data folder */
function inDataFolder<T>({ dataDir }: Folders, work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    throw dataFolderError(error, dataDir);
  });
}

/** @throws BackupError when the data are not on this machine, or not all of them in the folder */
async function foldersOf(command: string): Promise<Folders> {
  const { readEnvironment } = await import('#platform');
  const { DATABASE_URL, DATA_DIR, KEYS_DIR }: Environment = readEnvironment();
  const url = process.env['NOIVIEC_URL'];
  const elsewhere = DATABASE_URL
    ? 'DATABASE_URL đã được đặt, dữ liệu nằm trong máy chủ PostgreSQL riêng của bạn'
    : url && !/^(127\.|localhost$|\[::1\]$)/.test(new URL(url).hostname)
      ? `NOIVIEC_URL chỉ một máy khác (${new URL(url).hostname})`
      : (await begunEventLog(DATA_DIR)) === 'kafka'
        ? `Các sự kiện của nền tảng này nằm trong Kafka (${resolve(DATA_DIR, 'event-log')})`
        : undefined;
  if (elsewhere) {
    throw new BackupError(
      'backup.not-embedded',
      `${elsewhere}, còn ${command} làm việc với DATA_DIR trên máy này: docs/operations.md nói cách làm ở đó.`,
    );
  }
  return { dataDir: DATA_DIR, keysDir: KEYS_DIR ?? resolve(DATA_DIR, 'keys') };
}

async function passphraseOf({ passphraseFile }: Options): Promise<string | undefined> {
  if (!passphraseFile) return undefined;
  const text = await readFile(passphraseFile, 'utf8').catch((cause: Error) => {
    throw new BackupError('backup.cannot-read', `Không đọc được ${passphraseFile}: ${cause.message}.`, {
      cause,
    });
  });
  const [passphrase = ''] = text.split(/\r?\n/);
  if (passphrase) return passphrase;
  throw new BackupError(
    'backup.passphrase-missing',
    `Dòng đầu của ${passphraseFile} đang trống: hãy ghi mật khẩu vào đó.`,
  );
}

/** Shows how far it is; a first SIGINT or SIGTERM ends the work in order. */
async function withBar<T>(
  out: Output,
  what: string,
  work: (progress: (done: number, total: number) => void, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  const abort = (): void => stop.abort();
  process.once('SIGINT', abort).once('SIGTERM', abort);
  const bar = out.interactive
    ? new SingleBar({ format: `{bar} {value}/{total} MB ${what}`, stream: process.stderr })
    : undefined;
  bar?.start(0, 0);
  try {
    return await work((done, total) => {
      bar?.setTotal(Math.ceil(Math.max(done, total) / MB));
      bar?.update(Math.floor(done / MB));
    }, stop.signal);
  } finally {
    bar?.stop();
    process.off('SIGINT', abort).off('SIGTERM', abort);
  }
}
