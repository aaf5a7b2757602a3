import { type Logger, pino } from 'pino';
import { currentOrigin } from './request-context.js';

/**
 * A JSON logger. Bodies and query strings are never logged; headers that carry secrets and fields that carry
 * personal data are removed should anything pass them in.
 */
export function createLogger(level: string, name = 'noiviec'): Logger {
  return pino({
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
  });
}
