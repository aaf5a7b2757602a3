import { describe, expect, it } from '@jest/globals';
import { EmbeddedPostgresError } from '#embedded-postgres';
import { dataFolderError } from './data-folder-error.js';

describe('What PostgreSQL refuses in a data folder', () => {
  it.each([
    'folder-not-empty',
    'folder-not-writable',
    'folder-out-of-reach',
    'second-instance',
    'unfinished-restore',
    'disk-full',
    'data-damaged',
    'still-stopping',
  ] as const)('is said by a command in its own language, with the folder: %s', (kind) => {
    const refused = new EmbeddedPostgresError(`embedded-postgres.${kind}`, 'In English.');
    const error = dataFolderError(refused, '/srv/noi-viec');
    expect(error).toMatchObject({ code: refused.code, cause: refused });
    expect((error as Error).message).toMatch(/^[^\n]*\/srv\/noi-viec[^\n]*: hãy .+\.$/);
    expect((error as Error).message).not.toContain('In English');
  });

  it('is told in PostgreSQL’s words where only they help', () => {
    const refused = new EmbeddedPostgresError('embedded-postgres.start-failed', 'FATAL: no such locale.');
    expect(dataFolderError(refused, '/srv/noi-viec')).toMatchObject({
      code: 'embedded-postgres.start-failed',
      message: 'PostgreSQL của /srv/noi-viec không dùng được: FATAL: no such locale.',
    });
  });

  it('every other error stays as it is', () => {
    const other = new TypeError('a defect');
    expect(dataFolderError(other, '/srv')).toBe(other);
  });
});
