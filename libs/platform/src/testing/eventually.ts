import { setTimeout as delay } from 'node:timers/promises';

export interface EventuallyOptions {
  /** Default 5,000 ms. */
  timeoutMs?: number;
  /** Pause between two tries; default 25 ms. */
  intervalMs?: number;
}

/**
 * Calls `fn` until it neither throws nor returns false or undefined, and returns what it returned.
 *
 * @throws the last error of `fn` once the time is over
 */
export async function eventually<T>(
  fn: () => T | Promise<T>,
  { timeoutMs = 5_000, intervalMs = 25 }: EventuallyOptions = {},
): Promise<Exclude<T, false | undefined>> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    let failure: unknown;
    try {
      const result = await fn();
      if (result !== false && result !== undefined) return result as Exclude<T, false | undefined>;
      failure = new Error(`still ${String(result)} after ${timeoutMs} ms`);
    } catch (error) {
      failure = error;
    }
    if (Date.now() >= deadline) throw failure;
    await delay(intervalMs);
  }
}
