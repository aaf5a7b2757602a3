import { randomBytes } from 'node:crypto';
import { chmod, mkdir, open, readFile, rename, rm, stat, truncate, copyFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { EmbeddedPostgresError } from './errors.js';

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
}

export function dataFolder(dataDir: string): DataFolder {
  const root = join(resolve(dataDir), 'postgres');
  return {
    root,
    cluster: join(root, 'cluster'),
    lockFile: join(root, 'lock'),
    logFile: join(root, 'postgres.log'),
    portFile: join(root, 'port'),
    passwordFile: join(root, 'superuser-password'),
    rolesFile: join(root, 'roles.json'),
  };
}

/**
 * Makes the folder. Run by root it can be passed through (not listed) by PostgreSQL's own user; otherwise it is
 * closed to others.
 *
 * @throws EmbeddedPostgresError `folder-not-writable`, `disk-full`
 */
export async function prepareFolder({ root }: DataFolder, asRoot: boolean): Promise<void> {
  try {
    const mode = asRoot ? 0o711 : 0o700;
    const firstMade = await mkdir(root, { recursive: true, mode });
    // mkdir's mode is cut by the umask, and a folder that we made must let PostgreSQL's user through.
    for (let made = root; firstMade && made.length >= firstMade.length; made = dirname(made))
      await chmod(made, mode);
    const probe = join(root, `.writable-${process.pid}`);
    await writeDurably(probe, 'probe');
    await rm(probe);
  } catch (cause) {
    throw folderError(root, cause);
  }
}

/** Turns a file system error into the sentence for it. */
export function folderError(folder: string, cause: unknown): EmbeddedPostgresError {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new EmbeddedPostgresError(
      'embedded-postgres.disk-full',
      `The disk that holds ${folder} is full: free some space or set DATA_DIR to a folder on another disk, then start again.`,
      { cause },
    );
  }
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
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, file);
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
