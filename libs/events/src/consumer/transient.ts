/** SQLSTATE classes that say "not now" rather than "not this": connection, resources, shutdown, conflicts. */
const TRANSIENT_STATES = /^(08|53|57P|58|40001|40P01|55P03|25006)/;
const TRANSIENT_SYSTEM = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN']);
const TRANSIENT_TEXT = /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/i;

/** Whether an error is about the moment (the database is away, two transactions met) and not about the message. */
export function isTransient(error: unknown): boolean {
  for (let e: unknown = error, depth = 0; e instanceof Error && depth < 5; e = e.cause, depth++) {
    const { code, driverError } = e as Error & { code?: string; driverError?: Error & { code?: string } };
    for (const candidate of [code, driverError?.code]) {
      if (candidate && (TRANSIENT_STATES.test(candidate) || TRANSIENT_SYSTEM.has(candidate))) return true;
    }
    if (TRANSIENT_TEXT.test(e.message)) return true;
  }
  return false;
}
