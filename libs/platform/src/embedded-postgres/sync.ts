import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** What the file holds is on the disk. */
export async function syncFile(path: string): Promise<void> {
  // Windows syncs only what may be written.
  const handle = await open(path, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The names in the folder are on the disk. Windows knows no such thing. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(path);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Everything below the folder is on the disk. */
export async function syncTree(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    await (entry.isDirectory() ? syncFolder(path) : syncFile(path));
  }
  await syncFolder(folder);
}
