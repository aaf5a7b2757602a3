import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type DataFolder, folderError, prepareFolder } from './data-folder.js';
import { lockDataFolder } from './data-folder-lock.js';
import { EmbeddedPostgresError } from './errors.js';
import { RESTORING } from './initialise.js';
import { syncFolder, syncTree } from './sync.js';

/** Where a cluster from a backup is put together, under the data folder's lock. */
export interface RestoreFolder {
  /** Empty; no start goes on while it is there. */
  staging: string;
  /** Where the server's passwords belong (`<dataDir>/postgres`). */
  root: string;
  /** Makes `<staging>/cluster`, on the disk, the data folder's cluster. Everything else must have its place by then. */
  commit(): Promise<void>;
  /** Leaves nothing of it. */
  abandon(): Promise<void>;
}

/** What a folder may hold and still be empty: a mount point has this of its own. */
const NOTHING = ['lost+found'];

/**
 * Prepares an empty or new DATA_DIR for a backup's cluster.
 * @throws EmbeddedPostgresError `folder-not-empty`, `folder-not-writable`, `second-instance`
 */
export async function prepareRestore(dataDir: string): Promise<RestoreFolder> {
  const wanted = resolve(dataDir);
  const there = await readdir(wanted).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw folderError(wanted, error);
  });
  if (there?.some((name) => !NOTHING.includes(name))) {
    throw new EmbeddedPostgresError(
      'embedded-postgres.folder-not-empty',
      `The data folder ${wanted} is not empty, and a restore never overwrites data: set DATA_DIR to a new folder, or stop the platform and move this one away.`,
    );
  }
  const folder: DataFolder = await prepareFolder(dataDir);
  const lock = lockDataFolder(folder.lockFile);
  const staging = join(folder.root, RESTORING);
  await mkdir(staging, { mode: 0o700 });
  return {
    staging,
    root: folder.root,
    commit: async () => {
      await syncTree(join(staging, 'cluster'));
      await rename(join(staging, 'cluster'), folder.cluster);
      await syncFolder(folder.root);
      await rm(staging, { recursive: true });
      lock.release();
    },
    abandon: async () => {
      lock.release();
      await rm(there ? folder.root : wanted, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
