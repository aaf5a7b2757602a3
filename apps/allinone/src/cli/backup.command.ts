import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { SingleBar } from 'cli-progress';
import type { Command } from 'commander';
import type { Environment } from '#platform';
import { BackupError } from '../backup/backup-error.js';
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
      'copy all data and keys of the platform on this machine (DATA_DIR) into one file, while it runs',
    )
    .option('--passphrase-file <path>', 'encrypt it with the first line of this file (format: age)')
    .action(async (file: string, options: Options) => {
      const out = output();
      const passphrase = await passphraseOf(options);
      const { createBackup } = await import('../backup/create-backup.js');
      const folders = await foldersOf('backup');
      const { encrypted, ...report } = await withBar(out, 'copied', (progress, signal) =>
        createBackup({ file, passphrase, progress, signal, ...folders }),
      );
      if (!encrypted) {
        out.note(
          'The file holds everyone’s data and the keys that open them: keep it as closely as DATA_DIR, or encrypt it with --passphrase-file.',
        );
      }
      out.result({ ...report, encrypted }, () => {
        const size = `${Math.ceil(report.bytes / MB)} MB`;
        return `${report.file}: ${size}, ${report.files} files as of ${report.manifest.createdAt}.`;
      });
    });

  program
    .command('restore <file>')
    .description('put a backup into an empty data folder (DATA_DIR); npm start goes on from it')
    .option(
      '--passphrase-file <path>',
      'the passphrase that it is encrypted with, the first line of this file',
    )
    .action(async (file: string, options: Options) => {
      const out = output();
      const passphrase = await passphraseOf(options);
      const { restoreBackup } = await import('../backup/restore-backup.js');
      const folders = await foldersOf('restore');
      const report = await withBar(out, 'read', (progress, signal) =>
        restoreBackup({ file, passphrase, progress, signal, ...folders }),
      );
      out.result(
        report,
        () =>
          `${report.dataDir} holds the data as of ${report.manifest.createdAt} (${report.files} files, all as they were): start the platform.`,
      );
    });
}

/** @throws BackupError when the data are not on this machine */
async function foldersOf(command: string): Promise<{ dataDir: string; keysDir: string }> {
  const { readEnvironment } = await import('#platform');
  const { DATABASE_URL, DATA_DIR, KEYS_DIR }: Environment = readEnvironment();
  const url = process.env['NOIVIEC_URL'];
  const elsewhere = DATABASE_URL
    ? 'DATABASE_URL is set: the data lie in a PostgreSQL server of your own'
    : url && !/^(127\.|localhost$|\[::1\]$)/.test(new URL(url).hostname)
      ? `NOIVIEC_URL names another machine (${new URL(url).hostname})`
      : undefined;
  if (elsewhere) {
    throw new BackupError(
      'backup.not-embedded',
      `${elsewhere}, while ${command} works on the DATA_DIR of this machine: docs/operations.md says how it is done there.`,
    );
  }
  return { dataDir: DATA_DIR, keysDir: KEYS_DIR ?? resolve(DATA_DIR, 'keys') };
}

async function passphraseOf({ passphraseFile }: Options): Promise<string | undefined> {
  if (!passphraseFile) return undefined;
  const text = await readFile(passphraseFile, 'utf8').catch((cause: Error) => {
    throw new BackupError('backup.cannot-read', `${passphraseFile} cannot be read: ${cause.message}.`, {
      cause,
    });
  });
  const [passphrase = ''] = text.split(/\r?\n/);
  if (passphrase) return passphrase;
  throw new BackupError(
    'backup.passphrase-missing',
    `The first line of ${passphraseFile} is empty: write the passphrase there.`,
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
    ? new SingleBar({ format: `{bar} {value} of {total} MB ${what}`, stream: process.stderr })
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
