import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { makeFolder } from './make-folder.js';

describe('a folder', () => {
  const root = mkdtempSync(join(tmpdir(), 'noi-viec-folder-'));
  afterAll(() => rmSync(root, { recursive: true }));

  it('is made with those above it, and the first of them is told', async () => {
    const folder = join(root, 'a', 'b', 'c');
    expect(await makeFolder(folder, 0o700)).toBe(join(root, 'a'));
    expect(statSync(folder).isDirectory()).toBe(true);
    expect(await makeFolder(folder)).toBeUndefined();
    expect(await makeFolder(join(root, 'a', 'd'))).toBe(join(root, 'a', 'd'));
  });

  it('is made once by several at a time', async () => {
    await Promise.all(Array.from({ length: 8 }, () => makeFolder(join(root, 'many', 'at', 'once'))));
    expect(existsSync(join(root, 'many', 'at', 'once'))).toBe(true);
  });

  it('is refused where a file stands in the way', async () => {
    writeFileSync(join(root, 'file'), '');
    await expect(makeFolder(join(root, 'file'))).rejects.toMatchObject({ code: 'EEXIST' });
    await expect(makeFolder(join(root, 'file', 'below'))).rejects.toThrow();
  });

  it('is refused where the system lets nobody make one', async () => {
    await expect(makeFolder('/proc/nope/data')).rejects.toThrow(/^E[A-Z]+: /);
  });
});
