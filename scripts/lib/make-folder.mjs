import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder, and those above it that are missing. Node's own recursive mkdir never ends where the system says
 * that a new folder's parent is missing although it is there, as Linux does below /proc. (The services have their own,
 * libs/platform/src/files: scripts run before anything is built.)
 * @param {string} folder
 * @throws the file system's error
 */
export function makeFolder(folder) {
  const path = resolve(folder);
  if (isFolder(path)) return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    if (!isFolder(path)) throw error;
  }
}

function isFolder(path) {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
