import { describe, expect, it } from '@jest/globals';
import { Signal } from './signal.js';

describe('A signal', () => {
  const timed = async (work: Promise<unknown>): Promise<number> => {
    const began = performance.now();
    await work;
    return performance.now() - began;
  };

  it('wakes everyone who waits', async () => {
    const signal = new Signal();
    const waits = [signal.wait(5_000), signal.wait(5_000)];
    signal.raise();
    expect(await timed(Promise.all(waits))).toBeLessThan(1_000);
  });

  it('lets the next wait pass when nobody waited, and only that one', async () => {
    const signal = new Signal();
    signal.raise();
    signal.raise();
    expect(await timed(signal.wait(5_000))).toBeLessThan(1_000);
    expect(await timed(signal.wait(40))).toBeGreaterThan(30);
  });
});
