import { chownSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { folderError } from './data-folder.js';
import { EmbeddedPostgresError } from './errors.js';

export interface DataFolderLock {
  release(): void;
}

/**
 * Takes the exclusive lock of a data folder. Node has no flock(), but SQLite's exclusive transaction is a kernel
 * file lock on every system: it ends with the process however that ends (kill -9 too), it does not depend on
 * process ids, which are reused and differ between containers, and taking it has no race. A small file beside it
 * names the holder for the message.
 *
 * @param waitMs how long to wait for another holder; 0 refuses at once
 * @throws EmbeddedPostgresError `second-instance`, `folder-not-writable`
 */
export function lockDataFolder(file: string, waitMs = 0): DataFolderLock {
  let database: DatabaseSync;
  try {
    database = new DatabaseSync(file, { timeout: waitMs });
  } catch (cause) {
    throw folderError(dirname(file), cause);
  }
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    database.close();
    if (!/locked/.test(String(cause))) throw folderError(dirname(file), cause);
    throw new EmbeddedPostgresError(
      'embedded-postgres.second-instance',
      `Another instance of the platform${holder(file)} already uses this data folder (${file}): stop it, or give this one its own DATA_DIR.`,
      { cause },
    );
  }
  writeFileSync(holderFile(file), JSON.stringify({ pid: process.pid, startedAt: new Date().toISOString() }));
  if (process.getuid?.() === 0) {
    const { uid, gid } = statSync(dirname(file));
    for (const made of [file, holderFile(file)]) chownSync(made, uid, gid);
  }
  return {
    release: () => {
      if (database.isOpen) database.close();
    },
  };
}

const holderFile = (file: string) => `${file}.holder`;

function holder(file: string): string {
  try {
    const { pid, startedAt } = JSON.parse(readFileSync(holderFile(file), 'utf8')) as Record<string, unknown>;
    return ` (process ${String(pid)}, started ${String(startedAt)})`;
  } catch {
    return '';
  }
}
