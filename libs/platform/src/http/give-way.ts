import type { ServerResponse } from 'node:http';
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import { RouteConfig } from '@nestjs/platform-fastify';

/** Longest stretch of work that can wait, before it gives way. */
const SLICE_MS = 2;
/** The same after it has waited in vain: under constant load it has a sixth of the time. */
const SLICE_AFTER_WAIT_MS = 20;
/** So long it waits while requests are in hand, at most: it goes on under constant load, only slower. */
const LONGEST_WAIT_MS = 100;
/** A request that takes longer waits itself, for an upload or a consumer, and holds nobody up. */
const LONG_REQUEST_MS = 500;

// Of the process: its services share one event loop.
let inHand = 0;

/** Marks a route that asks how far such work is, or waits for it: the work would only wait for itself. */
export const AsksAboutWork = (): MethodDecorator => RouteConfig({ asksAboutWork: true });

/** Counts a request until its answer is sent, its client has gone, or it has turned out to be one that takes long. */
export function countRequest(response: ServerResponse, config: object = {}): void {
  if ('asksAboutWork' in config) return;
  inHand += 1;
  const end = (): void => {
    if (!counted) return;
    counted = false;
    clearTimeout(timer);
    inHand -= 1;
  };
  let counted = true;
  const timer = setTimeout(end, LONG_REQUEST_MS).unref();
  response.once('close', end);
}

/**
 * For work that can wait (imports, relays, projections), between two of its slices: resolves when no request of this
 * process is in hand, after 100 ms at the latest.
 * @returns whether none is
 */
export async function giveWay(): Promise<boolean> {
  await turn();
  for (const until = performance.now() + LONGEST_WAIT_MS; inHand > 0 && performance.now() < until;)
    await sleep(1);
  return inHand === 0;
}

/** Cuts a long computation into slices. */
export class Slices {
  private began = performance.now();
  private slice = SLICE_MS;

  /** Called in each round of a loop: gives way when the slice is over. */
  async next(): Promise<void> {
    if (performance.now() - this.began < this.slice) return;
    this.slice = (await giveWay()) ? SLICE_MS : SLICE_AFTER_WAIT_MS;
    this.began = performance.now();
  }
}
