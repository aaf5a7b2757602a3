import { randomBytes } from 'node:crypto';
import { link, readFile, unlink, writeFile } from 'node:fs/promises';

/** Writes a file of mode 0600 beside `path`, complete and flushed, and returns its name. */
export async function writeDraft(path: string, text: string): Promise<string> {
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, text, { mode: 0o600, flag: 'wx', flush: true });
  return draft;
}

/** Gives a file a second name; false when the name is taken. */
export async function linkUnlessThere(path: string, name: string): Promise<boolean> {
  try {
    await link(path, name);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  }
}

/** Reads a file, or writes it first: complete or not at all, and the first writer wins. */
export async function fileOnce(path: string, make: () => string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const draft = await writeDraft(path, make());
  try {
    await linkUnlessThere(draft, path);
  } finally {
    await unlink(draft);
  }
  return readFile(path, 'utf8');
}
