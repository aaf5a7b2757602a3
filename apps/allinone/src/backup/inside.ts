import path from 'node:path';

/**
 * Whether a folder is another one or lies in it.
 * @param system whose paths; on Windows two folders may have no way to each other, as they are on two drives
 */
export function isInside(
  outer: string,
  folder: string,
  system: Pick<typeof path, 'isAbsolute' | 'relative' | 'sep'> = path,
): boolean {
  const way = system.relative(outer, folder);
  return !(system.isAbsolute(way) || way === '..' || way.startsWith(`..${system.sep}`));
}
