import { constants, createReadStream, createWriteStream } from 'node:fs';
import { chmod, chown, copyFile, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join, normalize, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { prepareRestore, type RestoreFolder, syncFile, syncFolder } from '#embedded-postgres';
import { makeFolder } from '#platform';
import { BackupError, writeError } from './backup-error.js';
import { AGE_HEADER, decryption } from './encryption.js';
import { CHECKSUMS, MANIFEST, type Manifest, readManifest } from './manifest.js';
import { counting, hashing, sha256, type TarEntries, type TarEntry } from './streams.js';

export interface RestoreOptions {
  file: string;
  /** Empty or not there yet. */
  dataDir: string;
  keysDir: string;
  passphrase?: string;
  /** Told the bytes of the file that are read, and how many it has. */
  progress?(bytes: number, total: number): void;
  signal?: AbortSignal;
}

export interface RestoreReport {
  dataDir: string;
  files: number;
  manifest: Manifest;
}

/**
 * Puts a backup's data into an empty folder; the next start goes on from them. Every file is compared with its
 * checksum before the first one gets its place.
 *
 * @throws BackupError, EmbeddedPostgresError: the folder is as it was
 */
export async function restoreBackup(options: RestoreOptions): Promise<RestoreReport> {
  const unpack = await reader(options);
  const folder = await prepareRestore(options.dataDir);
  const placed: string[] = [];
  try {
    await assertNoKeys(options.keysDir);
    const { manifest, files } = await unpack(folder.staging);
    options.signal?.throwIfAborted();
    await putInPlace(folder, options, placed);
    return { dataDir: resolve(options.dataDir), files, manifest };
  } catch (error) {
    // Where both folders were there before, nothing but this is ours.
    for (const path of placed) await rm(path, { recursive: true, force: true }).catch(() => undefined);
    await folder.abandon();
    throw writeError(options.signal?.aborted ? options.signal.reason : error, folder.root);
  }
}

async function assertNoKeys(folder: string): Promise<void> {
  if ((await readdir(folder).catch((): string[] => [])).length === 0) return;
  throw new BackupError(
    'backup.keys-folder-not-empty',
    `Thư mục khoá ${resolve(folder)} không trống, mà khoá thì không bao giờ bị ghi đè: hãy đặt KEYS_DIR là một thư mục mới.`,
  );
}

type Unpack = (into: string) => Promise<{ manifest: Manifest; files: number }>;

/** Looks at the file's first bytes: whether it can be a backup at all, and can be read with what is given. */
async function reader({ file, passphrase, progress, signal }: RestoreOptions): Promise<Unpack> {
  let begin: Buffer;
  let total: number;
  try {
    const handle = await open(file);
    try {
      begin = (await handle.read(Buffer.alloc(32), 0, 32, 0)).buffer;
      total = (await handle.stat()).size;
    } finally {
      await handle.close();
    }
  } catch (cause) {
    throw new BackupError('backup.cannot-read', `Không đọc được ${file}: ${(cause as Error).message}.`, {
      cause,
    });
  }
  const encrypted = begin.toString('latin1').startsWith(AGE_HEADER);
  if (encrypted && !passphrase) {
    throw new BackupError(
      'backup.passphrase-missing',
      'Bản sao lưu đã được mã hoá: hãy chỉ ra tệp chứa mật khẩu bằng --passphrase-file.',
    );
  }
  if (!encrypted && begin.readUInt16BE(0) !== 0x1f8b) {
    throw new BackupError('backup.not-a-backup', `${file} không phải bản sao lưu của nền tảng.`);
  }
  const counted = counting((bytes) => progress?.(bytes, total));
  return async (into) => {
    const tar = extract();
    const source = createReadStream(file);
    const [reading, taking] = await Promise.allSettled([
      encrypted && passphrase
        ? pipeline(source, counted, decryption(passphrase), createGunzip(), tar, { signal })
        : pipeline(source, counted, createGunzip(), tar, { signal }),
      takeAll(tar as unknown as TarEntries, into),
    ]);
    // What an entry was refused for comes before what the refusal did to the stream.
    for (const result of [taking, reading]) {
      if (result.status === 'rejected' && isOurs(result.reason)) throw result.reason;
    }
    if (reading.status === 'fulfilled' && taking.status === 'fulfilled') return taking.value;
    const cause: unknown =
      reading.status === 'rejected' ? reading.reason : (taking as PromiseRejectedResult).reason;
    signal?.throwIfAborted();
    throw new BackupError('backup.damaged', `${file} bị hỏng hoặc bị cắt cụt: hãy dùng bản sao lưu khác.`, {
      cause,
    });
  };
}

/** Errors that say more than that the file is damaged: ours, and those of the disk that is written to. */
function isOurs(error: unknown): boolean {
  return error instanceof BackupError || (error as NodeJS.ErrnoException).syscall !== undefined;
}

/** Writes every entry below `into` and compares its checksum at the end. */
async function takeAll(entries: TarEntries, into: string): Promise<{ manifest: Manifest; files: number }> {
  const found = new Map<string, string>();
  let manifest: Manifest | undefined;
  let expected: string | undefined;
  for await (const entry of entries) {
    const { name, type } = entry.header;
    if (!manifest) {
      if (name !== MANIFEST)
        throw new BackupError('backup.not-a-backup', 'Tệp này không phải bản sao lưu của nền tảng.');
      const text = await textOf(entry);
      manifest = readManifest(text);
      found.set(name, sha256(text));
    } else if (name === CHECKSUMS) {
      expected = await textOf(entry);
    } else if (type === 'directory') {
      entry.resume();
      await mkdir(within(into, name), { recursive: true, mode: 0o700 });
    } else {
      found.set(name, await writeEntry(entry, within(into, name)));
    }
  }
  const actual = [...found].map(([name, sha256]) => `${sha256}  ${name}\n`).join('');
  if (!manifest || actual !== expected) {
    throw new BackupError(
      'backup.damaged',
      'Bản sao lưu bị hỏng, nội dung không khớp với danh sách mã kiểm: hãy dùng bản sao lưu khác.',
    );
  }
  return { manifest, files: found.size };
}

/** No entry leaves the folder that it is written to. */
function within(folder: string, name: string): string {
  const path = normalize(join(folder, name));
  if (!path.startsWith(join(folder, '/'))) {
    throw new BackupError(
      'backup.not-a-backup',
      `Tệp này không phải bản sao lưu của nền tảng: nó có mục ${name}.`,
    );
  }
  return path;
}

async function textOf(entry: TarEntry): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of entry) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

async function writeEntry(entry: TarEntry, path: string): Promise<string> {
  const { step, digest } = hashing();
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await pipeline(entry, step, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
  return digest();
}

/**
 * The keys before the data that need them; the cluster, by which a start knows a data folder, at the very end, when
 * everything is on the disk.
 * @param placed gets every path that is made outside of the restore's own folder
 */
async function putInPlace(
  folder: RestoreFolder,
  { dataDir, keysDir }: RestoreOptions,
  placed: string[],
): Promise<void> {
  const made = await makeFolder(keysDir, 0o700);
  if (made) placed.push(made);
  for (const [part, target] of [
    ['keys', keysDir],
    ['postgres', folder.root],
    ['data', dataDir],
  ] as const) {
    const from = join(folder.staging, part);
    const names = await readdir(from);
    for (const name of names) {
      const path = join(target, name);
      await copyFile(join(from, name), path, constants.COPYFILE_EXCL);
      placed.push(path);
    }
    await belongToFolder(target, names);
    for (const name of names) await syncFile(join(target, name));
    for (const each of [target, dirname(resolve(target))]) await syncFolder(each);
  }
  await folder.commit();
}

/** Root restoring into another user's folder leaves files that this user can read. */
async function belongToFolder(folder: string, names: string[]): Promise<void> {
  const owner = process.getuid?.() === 0 ? await stat(folder) : undefined;
  for (const name of names) {
    await chmod(join(folder, name), 0o600);
    if (owner) await chown(join(folder, name), owner.uid, owner.gid);
  }
}
