import { mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';
import { currentOrigin } from './request-context.js';

/** A log of this size, bytes, is put aside at the next start; the one before it goes. */
const LARGEST_LOG = 10_000_000;

/**
 * A JSON logger on stdout; with a file, that has everything and stdout only warnings and worse. Bodies and query strings are never logged; headers that carry secrets and fields that carry
 * personal data are removed should anything pass them in.
 */
export function createLogger(level: string, name = 'noiviec', file?: string): Logger {
  const options = {
    name,
    level,
    mixin: () => {
      const { correlationId, traceparent } = currentOrigin();
      return { ...(correlationId && { correlationId }), ...(traceparent && { traceparent }) };
    },
    redact: {
      paths: ['fullName', 'citizenId', 'phone', 'email', 'password', 'authorization', 'cookie'].flatMap(
        (field) => [field, `*.${field}`, `*.*.${field}`],
      ),
      remove: true,
    },
    serializers: {
      // A database error holds the row's values in `detail` and the statement's in `parameters`.
      err: (error: Error & { code?: string }) => ({
        type: error.name,
        message: error.message,
        code: error.code,
        stack: error.stack,
      }),
    },
  } satisfies LoggerOptions;
  const log = file === undefined ? undefined : openLog(file);
  if (!log) return pino(options);
  // The logger's own level is the file's.
  const streams = [
    { level: 'trace', stream: log },
    { level: 'warn', stream: process.stdout },
  ] as const;
  return pino(options, pino.multistream([...streams]));
}

/** Nothing when the folder cannot be written: the start of what needs it too says so in a sentence. */
function openLog(file: string): DestinationStream | undefined {
  try {
    // As the other folders below DATA_DIR: PostgreSQL's own user passes through when root starts it.
    mkdirSync(dirname(file), { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LARGEST_LOG) renameSync(file, `${file}.1`);
    return pino.destination({ dest: file, mode: 0o600, sync: true });
  } catch {
    return undefined;
  }
}
