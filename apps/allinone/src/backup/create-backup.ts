import { createWriteStream } from 'node:fs';
import { readdir, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { extract, type Pack, pack as packTar } from 'tar-stream';
import { BaseBackup, runningServerUrl, startEmbeddedPostgres, syncFolder } from '#embedded-postgres';
import { BackupError, writeError } from './backup-error.js';
import { encryption } from './encryption.js';
import { isInside } from './inside.js';
import { CHECKSUMS, MANIFEST, type Manifest, manifestOf } from './manifest.js';
import { counting, hashing, sha256, type TarEntries, type TarEntry } from './streams.js';

export interface BackupOptions {
  dataDir: string;
  /** KEYS_DIR. */
  keysDir: string;
  /** Where the backup goes; must not exist yet, nor lie in the data folder. */
  file: string;
  passphrase?: string;
  /** Told the bytes of PostgreSQL's files that are copied, and how many there will be (an estimate). */
  progress?(bytes: number, total: number): void;
  signal?: AbortSignal;
}

export interface BackupReport {
  file: string;
  bytes: number;
  files: number;
  encrypted: boolean;
  manifest: Manifest;
}

/** PostgreSQL's files shrink to a fifth of their size at the fast levels already. */
const GZIP_LEVEL = 3;

/**
 * Copies everything of the embedded profile into one file while the platform works, or while it is stopped: all
 * databases and the event log as of one moment, passwords, keys. It is a compressed tar, 0600, that appears under
 * its name when it is complete and on the disk.
 *
 * @throws BackupError, EmbeddedPostgresError: nothing is left of the file, and the server is out of backup mode
 */
export async function createBackup(options: BackupOptions): Promise<BackupReport> {
  const file = resolve(options.file);
  await assertMayBackUp(options, file);
  const running = await runningServerUrl(options.dataDir);
  if (running) return copyFrom(running, options, file);
  // Nobody uses the data: the server runs for the backup alone, and a start meanwhile is refused.
  const server = await startEmbeddedPostgres({ dataDir: options.dataDir });
  try {
    return await copyFrom(server.superuserUrl, options, file);
  } finally {
    await server.stop();
  }
}

async function assertMayBackUp({ dataDir }: BackupOptions, file: string): Promise<void> {
  const data = await realpath(dataDir).catch(() => undefined);
  if (!data || !(await exists(join(data, 'postgres', 'cluster')))) {
    throw new BackupError(
      'backup.no-data',
      `Không có dữ liệu trong ${resolve(dataDir)}: hãy chạy lệnh này trên máy của nền tảng, với đúng DATA_DIR của nó.`,
    );
  }
  if (await exists(file)) {
    throw new BackupError('backup.file-exists', `${file} đã có và không bị ghi đè: hãy chọn tên tệp mới.`);
  }
  const folder = await realpath(dirname(file)).catch((error: unknown) => {
    throw writeError(error, file);
  });
  if (isInside(data, folder)) {
    throw new BackupError(
      'backup.file-in-data-folder',
      `${file} nằm trong thư mục dữ liệu và sẽ mất cùng với nó: hãy chọn nơi khác, trên ổ đĩa khác.`,
    );
  }
}

async function copyFrom(url: string, options: BackupOptions, file: string): Promise<BackupReport> {
  const unfinished = `${file}.unfinished-${process.pid}`;
  const manifest = manifestOf(await serverVersion(url));
  // A failure of the filling ends the writing, and the other way round.
  const failed = new AbortController();
  const signal = options.signal ? AbortSignal.any([failed.signal, options.signal]) : failed.signal;
  const archive = new Archive(signal);
  try {
    const output = createWriteStream(unfinished, { flags: 'wx', mode: 0o600, flush: true });
    const gzip = createGzip({ level: GZIP_LEVEL });
    const work = [
      options.passphrase
        ? pipeline(archive.tar, gzip, encryption(options.passphrase), output, { signal })
        : pipeline(archive.tar, gzip, output, { signal }),
      fill(archive, url, manifest, options),
    ];
    for (const one of work) one.catch((error: unknown) => failed.abort(error));
    const failures = (await Promise.allSettled(work)).flatMap((result): unknown[] =>
      result.status === 'rejected' ? [result.reason] : [],
    );
    // The first that is no consequence of another.
    if (failures.length > 0)
      throw failures.find((error) => (error as Error).name !== 'AbortError') ?? failures[0];
    options.signal?.throwIfAborted();
    await rename(unfinished, file);
    await syncFolder(dirname(file));
  } catch (error) {
    await rm(unfinished, { force: true });
    throw writeError(options.signal?.aborted ? options.signal.reason : error, file);
  }
  const { size: bytes } = await stat(file);
  return { file, bytes, files: archive.files, encrypted: Boolean(options.passphrase), manifest };
}

/** The databases first and the keys after them: no row is in the backup whose key is not. */
async function fill(
  archive: Archive,
  url: string,
  manifest: Manifest,
  options: BackupOptions,
): Promise<void> {
  archive.text(MANIFEST, `${JSON.stringify(manifest, null, 2)}\n`);
  await copyCluster(archive, url, options);
  const data = await realpath(options.dataDir);
  for (const name of ['superuser-password', 'roles.json']) {
    await archive.file(`postgres/${name}`, join(data, 'postgres', name));
  }
  for (const [folder, from] of [
    ['keys', options.keysDir],
    ['data', data],
  ] as const) {
    const entries = await readdir(from, { withFileTypes: true });
    for (const { name } of entries.filter((entry) => entry.isFile())) {
      await archive.file(`${folder}/${name}`, join(from, name));
    }
  }
  archive.end();
}

async function copyCluster(archive: Archive, url: string, options: BackupOptions): Promise<void> {
  const copy = await BaseBackup.start(url);
  const entries = extract();
  const counted = counting((bytes) => options.progress?.(bytes, copy.estimatedBytes));
  const repacked = async (): Promise<void> => {
    for await (const entry of entries as unknown as TarEntries) await archive.entry('cluster', entry);
  };
  await Promise.all([pipeline(copy, counted, entries, { signal: archive.signal }), repacked()]);
}

/** The tar file under way: plain names, closed modes, and at its end the checksum of every file in it. */
class Archive {
  readonly tar: Pack = packTar();
  files = 0;
  private checksums = '';

  constructor(readonly signal: AbortSignal) {}

  /** A folder or a file of another tar file, below `folder`. */
  async entry(folder: string, source: TarEntry): Promise<void> {
    const { size, mtime, type } = source.header;
    const name = `${folder}/${source.header.name}`;
    if (type === 'directory') {
      source.resume();
      this.tar.entry({ name, mtime, type, mode: 0o700 });
      return;
    }
    if (type !== 'file') throw new Error(`PostgreSQL's data folder has an entry of type ${type}: ${name}`);
    const { step, digest } = hashing();
    const sink = this.tar.entry({ name, size, mtime, mode: 0o600 });
    await pipeline(source, step, sink, { signal: this.signal });
    this.add(name, digest());
  }

  text(name: string, content: string | Buffer): void {
    this.tar.entry({ name, mode: 0o600 }, content);
    this.add(name, sha256(content));
  }

  /** A small file; one that is gone by now was not meant to stay. */
  async file(name: string, path: string): Promise<void> {
    try {
      this.text(name, await readFile(path));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }

  end(): void {
    this.tar.entry({ name: CHECKSUMS, mode: 0o600 }, this.checksums);
    this.tar.finalize();
  }

  private add(name: string, digest: string): void {
    this.checksums += `${digest}  ${name}\n`;
    this.files++;
  }
}

async function serverVersion(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
    return rows[0]?.server_version ?? '';
  } finally {
    await client.end();
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
