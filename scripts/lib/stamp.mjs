// What a build was made from: every source with its modification time, size and content hash.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { inRoot } from './paths.mjs';

/** Paths (from the root, with `/`) of the files under `folder` that `wanted` keeps; sorted. */
export function listFiles(folder, wanted) {
  let entries;
  try {
    entries = readdirSync(inRoot(folder), { withFileTypes: true });
  } catch {
    return [];
  }
  return entries
    .filter(({ name }) => name !== 'node_modules' && !name.startsWith('.'))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return listFiles(path, wanted);
      return wanted(path) ? [path] : [];
    })
    .sort();
}

const hashOf = (path) =>
  createHash('sha256')
    .update(readFileSync(inRoot(path)))
    .digest('base64url');

/** `{path: [mtimeMs, bytes, hash]}` of the sources as they are now. */
export const takeStamp = (paths) =>
  Object.fromEntries(
    paths.map((path) => {
      const { mtimeMs, size } = statSync(inRoot(path));
      return [path, [mtimeMs, size, hashOf(path)]];
    }),
  );

/** True when these are the same files with the same content; the hash is read only where time or size differ. */
export function isStampFresh(stamp, paths) {
  if (Object.keys(stamp).length !== paths.length) return false;
  return paths.every((path) => {
    const then = stamp[path];
    if (!then) return false;
    const { mtimeMs, size } = statSync(inRoot(path));
    return (mtimeMs === then[0] && size === then[1]) || (size === then[1] && hashOf(path) === then[2]);
  });
}
