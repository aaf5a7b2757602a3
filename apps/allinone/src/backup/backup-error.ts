import { EmbeddedPostgresError, type EmbeddedPostgresErrorCode } from '#embedded-postgres';

export type BackupErrorCode =
  | 'backup.not-embedded'
  | 'backup.no-data'
  | 'backup.file-exists'
  | 'backup.file-in-data-folder'
  | 'backup.disk-full'
  | 'backup.interrupted'
  | 'backup.cannot-read'
  | 'backup.cannot-write'
  | 'backup.failed'
  | 'backup.passphrase-missing'
  | 'backup.passphrase-wrong'
  | 'backup.not-a-backup'
  | 'backup.damaged'
  | 'backup.other-version'
  | 'backup.other-system'
  | 'backup.keys-folder-not-empty';

/** A backup or a restore that did not happen; `message` is one sentence that says what to do. */
export class BackupError extends Error {
  override readonly name = 'BackupError';

  constructor(
    readonly code: BackupErrorCode | EmbeddedPostgresErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The sentence for what the file system, PostgreSQL or a signal said while `file` was written. */
export function writeError(error: unknown, file: string): Error {
  if (error instanceof BackupError || error instanceof EmbeddedPostgresError) return error;
  const { code, message, name } = error as NodeJS.ErrnoException;
  if (name === 'AbortError')
    return new BackupError('backup.interrupted', 'Đã dừng theo yêu cầu, không để lại gì.');
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') {
    return new BackupError(
      'backup.disk-full',
      `Ổ đĩa chứa ${file} đã đầy (${code}), không để lại gì: hãy dọn chỗ hoặc chọn nơi khác trên ổ đĩa khác.`,
      { cause: error },
    );
  }
  if (code && /^E(ACCES|PERM|ROFS|NOENT|NOTDIR|ISDIR|IO)$/.test(code)) {
    return new BackupError('backup.cannot-write', `Không ghi được ${file}: ${message}.`, { cause: error });
  }
  return new BackupError('backup.failed', `Không tạo được ${file}, không để lại gì: ${message}.`, {
    cause: error,
  });
}
