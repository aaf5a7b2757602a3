import { endsWithInput, wantsDetails } from '../config/environment.js';

/**
 * The sentence that an error is to the person who starts the platform.
 * @param variable which one the port in question was read from, where that is known
 */
export function sentenceOf(error: unknown, variable = 'PORT or ADMIN_PORT'): string {
  if (!(error instanceof Error)) return String(error);
  const { code, address, port } = error as NodeJS.ErrnoException & { address?: string; port?: number };
  if (code === 'EADDRINUSE') {
    return `Port ${port} on ${address} is taken: stop what uses it, or set ${variable} to another one.`;
  }
  if (code === 'EACCES' && port !== undefined) {
    return `Port ${port} on ${address} may not be opened by this user: set ${variable} to one above 1023.`;
  }
  if (code === 'EADDRNOTAVAIL')
    return `HOST ${address} is not an address of this machine: set HOST to one that is.`;
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'ETIMEDOUT' || code === 'EHOSTUNREACH') {
    return `The database cannot be reached (${error.message || code}): check DATABASE_URL and that the server runs.`;
  }
  if (code === '28P01' || code === '28000') {
    return `The database refuses the user of DATABASE_URL (${error.message}): check its name and password.`;
  }
  return error.message;
}

const DRAIN_MS = 14_000;

interface StopAsked {
  signal: AbortSignal;
  /** Resolves when a stop is asked for. */
  promise: Promise<void>;
}

/** SIGTERM or SIGINT ask for a stop; the end of the input, where that is wanted, is the end of everything at once. */
function stopAsked(): StopAsked {
  const stopping = new AbortController();
  const promise = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        stopping.abort();
        resolve();
      });
    }
  });
  if (endsWithInput()) process.stdin.resume().once('close', () => process.exit(1));
  return { signal: stopping.signal, promise };
}

async function orExit<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    console.error(sentenceOf(error));
    if (wantsDetails()) console.error(error);
    process.exit(1);
  }
}

/**
 * Does something once and exits with 0; a failure says why in one sentence and exits with 1. Signals end it at once,
 * as they do any program: for work that a next run takes up again.
 */
export async function doneOnce(work: () => Promise<void>): Promise<never> {
  await orExit(work);
  process.exit(0);
}

/** The same for work that ends in order: its signal is aborted when a stop is asked for. */
export function untilDone(work: (stopping: AbortSignal) => Promise<void>): Promise<never> {
  return doneOnce(() => work(stopAsked().signal));
}

/**
 * Starts something and keeps it until SIGTERM or SIGINT, then stops it within 14 s. A start that fails says
 * why in one sentence and exits with 1.
 * @param start resolves with what stops it; its signal is aborted when a stop is asked for
 */
export async function untilStopped(
  start: (stopping: AbortSignal) => Promise<() => Promise<void>>,
): Promise<void> {
  const asked = stopAsked();
  const stop = await orExit(() => start(asked.signal));
  await asked.promise;
  const late = setTimeout(() => {
    console.error(`Not everything stopped within ${DRAIN_MS / 1000} s; exiting.`);
    process.exit(1);
  }, DRAIN_MS);
  await stop();
  clearTimeout(late);
  process.exit(0);
}
