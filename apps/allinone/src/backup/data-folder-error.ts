import { resolve } from 'node:path';
import { EmbeddedPostgresError, type EmbeddedPostgresErrorCode } from '#embedded-postgres';
import { BackupError } from './backup-error.js';

type Sentence = (dataDir: string, cause?: unknown) => string;

/** Those that have a way out of their own; of the others PostgreSQL's words are told. */
const SENTENCES: Partial<Record<EmbeddedPostgresErrorCode, Sentence>> = {
  'embedded-postgres.folder-not-empty': (dataDir) =>
    `Thư mục dữ liệu ${dataDir} không trống, mà khôi phục thì không bao giờ ghi đè: hãy đặt DATA_DIR là một thư mục mới, hoặc dừng nền tảng và dời thư mục này đi.`,
  'embedded-postgres.folder-not-writable': (dataDir, cause) =>
    `Không tạo hoặc không ghi được thư mục dữ liệu ${dataDir}${reasonOf(cause)}: hãy cấp quyền ghi cho người chạy lệnh, hoặc đặt DATA_DIR là thư mục khác.`,
  'embedded-postgres.folder-out-of-reach': (dataDir) =>
    `PostgreSQL không chạy bằng quyền root, còn người dùng thay thế không vào được thư mục dữ liệu ${dataDir}: hãy cho đi qua các thư mục ở trên nó (chmod o+x), đặt DATA_DIR ở nơi khác, hoặc chạy lệnh bằng một người dùng thường.`,
  'embedded-postgres.second-instance': (dataDir) =>
    `Một tiến trình khác của nền tảng đang dùng thư mục dữ liệu ${dataDir}: hãy dừng nó, hoặc đặt DATA_DIR là thư mục khác.`,
  'embedded-postgres.unfinished-restore': (dataDir) =>
    `Một lần khôi phục vào ${dataDir} đã bị ngắt giữa chừng: hãy xoá thư mục đó rồi khôi phục lại.`,
  'embedded-postgres.disk-full': (dataDir) =>
    `Ổ đĩa chứa ${dataDir} đã đầy: hãy dọn chỗ, hoặc đặt DATA_DIR ở ổ đĩa khác.`,
  'embedded-postgres.data-damaged': (dataDir) =>
    `Cơ sở dữ liệu trong ${dataDir} bị hỏng, PostgreSQL không mở được: hãy giữ một bản của thư mục rồi khôi phục bản sao lưu gần nhất.`,
  'embedded-postgres.still-stopping': (dataDir) =>
    `PostgreSQL lần trước của ${dataDir} vẫn đang dừng: hãy chờ một lát rồi chạy lại.`,
};

/**
 * What the embedded PostgreSQL refuses, in the language of the commands and under its own code; every other error as it
 * is.
 * @param dataDir DATA_DIR as it was given
 */
export function dataFolderError(error: unknown, dataDir: string): unknown {
  if (!(error instanceof EmbeddedPostgresError)) return error;
  const folder = resolve(dataDir);
  const sentence =
    SENTENCES[error.code]?.(folder, error.cause) ??
    `PostgreSQL của ${folder} không dùng được: ${error.message}`;
  return new BackupError(error.code, sentence, { cause: error });
}

/** What the file system called it. */
function reasonOf(cause: unknown): string {
  const { code } = (cause ?? {}) as NodeJS.ErrnoException;
  return code ? ` (${code})` : '';
}
