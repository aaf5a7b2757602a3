import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { AsksAboutWork, countRequest, giveWay, Slices } from './give-way.js';

const LONGEST_WAIT_MS = 100;

/** A request in hand; the function ends it. */
function request(config?: object): () => void {
  const response = new EventEmitter();
  countRequest(response as unknown as ServerResponse, config);
  return () => response.emit('close');
}

async function waited(meanwhile?: () => void): Promise<number> {
  const began = performance.now();
  const given = giveWay();
  meanwhile?.();
  await given;
  return performance.now() - began;
}

class Status {
  @AsksAboutWork()
  get(): void {}
}

/** The shortest of ten: what a busy machine adds is not what is measured. */
async function shortest(round: () => Promise<number>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 10; i++) times.push(await round());
  return Math.min(...times);
}

describe('Work that can wait', () => {
  it('goes on at once while no request is in hand', async () => {
    expect(await shortest(() => waited())).toBeLessThan(LONGEST_WAIT_MS / 2);
  });

  it('waits for a request, until that is answered or its client has gone', async () => {
    const before: boolean[] = [];
    for (let i = 0; i < 10; i++) {
      const end = request();
      let answered = false;
      setTimeout(() => {
        answered = true;
        end();
      }, 5);
      await giveWay();
      before.push(answered);
    }
    // On a busy machine the answer itself may come after the longest wait.
    expect(before).toContain(true);
    expect(await shortest(() => waited(request()))).toBeLessThan(LONGEST_WAIT_MS);
  });

  it('is not starved by requests without end', async () => {
    const end = request();
    expect(await waited()).toBeGreaterThanOrEqual(LONGEST_WAIT_MS - 1);
    end();
  });

  it('does not wait for a request that itself waits for long', async () => {
    const end = request();
    await sleep(510);
    expect(await shortest(() => waited())).toBeLessThan(LONGEST_WAIT_MS / 2);
    // Nor once another one has come and gone.
    request()();
    expect(await shortest(() => waited())).toBeLessThan(LONGEST_WAIT_MS / 2);
    end();
    const next = request();
    expect(await waited()).toBeGreaterThanOrEqual(LONGEST_WAIT_MS - 1);
    next();
  });

  it('does not wait for those who ask how far it is', async () => {
    const asked = Reflect.getMetadata('__fastify_route_config__', Status.prototype.get) as object;
    const end = request(asked);
    expect(await shortest(() => waited())).toBeLessThan(LONGEST_WAIT_MS / 2);
    end();
  });

  it('is cut into slices: short rounds are not interrupted, and no stretch is long', async () => {
    const end = request();
    const slices = new Slices();
    const began = performance.now();
    await slices.next();
    const first = performance.now() - began;
    while (performance.now() - began < 5);
    await slices.next();
    expect(first).toBeLessThan(LONGEST_WAIT_MS);
    expect(performance.now() - began).toBeGreaterThanOrEqual(LONGEST_WAIT_MS);
    // After a wait in vain it has a longer one: of six parts of the time one is its own.
    const again = performance.now();
    let rounds = 0;
    for (; performance.now() - again < LONGEST_WAIT_MS; rounds++) {
      const round = performance.now();
      while (performance.now() - round < 5);
      await slices.next();
    }
    end();
    expect(rounds).toBeGreaterThanOrEqual(4);
  });
});
