import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder, and those above it that are missing. Node's own recursive mkdir never ends where the system says
 * that a new folder's parent is missing although it is there, as Linux does below /proc.
 * @param mode of each folder that is made, before the umask
 * @returns the first folder that was made; undefined when all were there
 * @throws the file system's error
 */
export async function makeFolder(folder: string, mode = 0o777): Promise<string | undefined> {
  const path = resolve(folder);
  const above = dirname(path);
  const first = above === path || (await isFolder(above)) ? undefined : await makeFolder(above, mode);
  try {
    await mkdir(path, { mode });
    return first ?? path;
  } catch (error) {
    if (await isFolder(path)) return first;
    throw error;
  }
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
