/** SQLSTATE classes that say "not now" rather than "not this": connection, resources, shutdown, conflicts. */
const TRANSIENT_STATES = /^(08|53|57P|58|40001$|40P01$|55P03$|25006$)/;
const TRANSIENT_SYSTEM = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'EMFILE',
  'ENFILE',
]);
/** pg and TypeORM say these without a code, when a connection ended under a transaction or a pool is closing. */
const TRANSIENT_TEXT = new RegExp(
  [
    'Connection terminated',
    'timeout exceeded when trying to connect',
    'Client has encountered a connection error',
    'Client was closed and is not queryable',
    'Cannot use a pool after calling end on the pool',
    'Query read timeout',
    'Query runner already released',
    'connection is not yet established',
    'database is not established',
    '^timeout expired$',
  ].join('|'),
  'i',
);

interface ErrorLike {
  code?: unknown;
  message?: unknown;
  cause?: unknown;
  driverError?: unknown;
  errors?: unknown;
}

/**
 * Whether an error is about the moment (the database is away, two transactions met) and not about the message.
 * Looks at the error, its cause, TypeORM's `driverError` and the parts of an AggregateError.
 */
export function isTransient(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > 5) return false;
  const { code, message, cause, driverError, errors } = error as ErrorLike;
  if (typeof code === 'string' && (TRANSIENT_STATES.test(code) || TRANSIENT_SYSTEM.has(code))) return true;
  if (typeof message === 'string' && TRANSIENT_TEXT.test(message)) return true;
  const parts = [cause, driverError, ...(Array.isArray(errors) ? (errors as unknown[]) : [])];
  return parts.some((part) => isTransient(part, depth + 1));
}
