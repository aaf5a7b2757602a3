import { randomBytes } from 'node:crypto';
import {
  chmod,
  chown,
  copyFile,
  open,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  truncate,
} from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { makeFolder } from '../files/make-folder.js';
import { diskFull, EmbeddedPostgresError } from './errors.js';

/** Where the embedded server keeps what, all under `<DATA_DIR>/postgres`. */
export interface DataFolder {
  root: string;
  /** PostgreSQL's own data folder. */
  cluster: string;
  lockFile: string;
  logFile: string;
  portFile: string;
  passwordFile: string;
  rolesFile: string;
  /** A copy of the programs, made only when PostgreSQL's user cannot reach node_modules. */
  programs: string;
}

export function dataFolder(root: string): DataFolder {
  return {
    root,
    cluster: join(root, 'cluster'),
    lockFile: join(root, 'lock'),
    logFile: join(root, 'postgres.log'),
    portFile: join(root, 'port'),
    passwordFile: join(root, 'superuser-password'),
    rolesFile: join(root, 'roles.json'),
    programs: join(root, 'programs'),
  };
}

/**
 * Makes `<dataDir>/postgres`.
 * @throws EmbeddedPostgresError `folder-not-writable`, `disk-full`
 */
export async function prepareFolder(dataDir: string): Promise<DataFolder> {
  const root = join(resolve(dataDir), 'postgres');
  await makeWritable(root);
  // One name for one folder, however it was reached: a running server is known by its folder's name.
  return dataFolder(await realpath(root));
}

/**
 * Makes a data folder, or a folder in one, and sees that it can be written. Run by root a new one can be passed through
 * (not listed) by PostgreSQL's own user; otherwise it is closed to others.
 * @throws EmbeddedPostgresError `folder-not-writable`, `disk-full`
 */
export async function makeWritable(dataDir: string): Promise<void> {
  const folder = resolve(dataDir);
  try {
    const mode = process.getuid?.() === 0 ? 0o711 : 0o700;
    const firstMade = await makeFolder(folder, mode);
    if (firstMade) await settleNewFolders(firstMade, folder, mode);
    const probe = join(folder, `.writable-${process.pid}`);
    await writeDurably(probe, 'probe');
    await rm(probe);
  } catch (cause) {
    throw folderError(folder, cause);
  }
}

/**
 * mkdir's mode is cut by the umask, and a folder that we made must let PostgreSQL's user through. In a user's
 * folder (sudo npm start) new folders are that user's.
 */
async function settleNewFolders(first: string, last: string, mode: number): Promise<void> {
  const { uid, gid } = await stat(dirname(first));
  for (let made = last; made.length >= first.length; made = dirname(made)) {
    await chmod(made, mode);
    if (process.getuid?.() === 0) await chown(made, uid, gid);
  }
}

/** Turns a file system error into the sentence for it. */
export function folderError(folder: string, cause: unknown): EmbeddedPostgresError {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(folder, cause);
  return new EmbeddedPostgresError(
    'embedded-postgres.folder-not-writable',
    `The data folder ${folder} cannot be written (${code ?? message}): give the platform's user write access or set DATA_DIR to another folder.`,
    { cause },
  );
}

/** Writes a file so that after a crash there is the old text or the new one, never half; 0600. */
export async function writeDurably(file: string, text: string): Promise<void> {
  const temporary = `${file}.${process.pid}.new`;
  const handle = await open(temporary, 'w', 0o600);
  try {
    await handle.writeFile(text);
    // Root working in another user's data folder leaves files that this user can still read.
    if (process.getuid?.() === 0) {
      const { uid, gid } = await stat(dirname(file));
      await handle.chown(uid, gid);
    }
    await handle.sync();
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
}

export const randomPassword = () => randomBytes(24).toString('base64url');

export const readText = (file: string) =>
  readFile(file, 'utf8').then(
    (text) => text.trim() || undefined,
    () => undefined,
  );

/** The recorded port if it is free, else a free one, which is then recorded. */
export async function choosePort(file: string, refused: Set<number> = new Set()): Promise<number> {
  const recorded = Number(await readText(file));
  if (recorded > 0 && !refused.has(recorded) && (await isFree(recorded))) return recorded;
  for (;;) {
    // Below the ranges from which systems take ports for outgoing connections (Linux: 32768 and up).
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    if (refused.has(port) || !(await isFree(port))) continue;
    await writeDurably(file, `${port}\n`);
    return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => done(true)));
  });
}

const LOG_LIMIT_BYTES = 10 * 1024 * 1024;

/** Keeps one older log. PostgreSQL appends to an open file, so the file is copied and emptied, not renamed. */
export async function rotateLog(file: string, limitBytes = LOG_LIMIT_BYTES): Promise<void> {
  const { size } = await stat(file).catch(() => ({ size: 0 }));
  if (size <= limitBytes) return;
  await copyFile(file, `${file}.1`);
  await truncate(file);
}
