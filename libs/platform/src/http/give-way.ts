import type { ServerResponse } from 'node:http';
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';

/** Longest stretch of work that can wait, before it gives way. */
const SLICE_MS = 4;
/** So long it waits while requests are in hand, at most: it goes on under constant load, only slower. */
const LONGEST_WAIT_MS = 40;
/** A request that takes longer waits itself, for an upload or a consumer, and holds nobody up. */
const LONG_REQUEST_MS = 500;

// Of the process: its services share one event loop.
let inHand = 0;
let latest = -Infinity;

/** Counts a request until its answer is sent or its client has gone. */
export function countRequest(response: ServerResponse): void {
  inHand += 1;
  latest = performance.now();
  response.once('close', () => (inHand -= 1));
}

function urgent(): boolean {
  return inHand > 0 && performance.now() - latest < LONG_REQUEST_MS;
}

/**
 * For work that can wait (imports, relays, projections), between two of its slices: resolves when no request of this
 * process is in hand, after 40 ms at the latest.
 */
export async function giveWay(): Promise<void> {
  await turn();
  for (const until = performance.now() + LONGEST_WAIT_MS; urgent() && performance.now() < until;)
    await sleep(1);
}

/** Cuts a long computation into slices. */
export class Slices {
  private began = performance.now();

  /** Called in each round of a loop: gives way when the slice is over. */
  async next(): Promise<void> {
    if (performance.now() - this.began < SLICE_MS) return;
    await giveWay();
    this.began = performance.now();
  }
}
