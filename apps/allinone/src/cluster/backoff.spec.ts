import { expect, it } from '@jest/globals';
import { Backoff } from './backoff.js';

it('A process is started again soon, then after pauses that double up to half a minute, and soon once it had recovered', () => {
  const backoff = new Backoff();
  const pauses = [1, 1, 1, 1, 1, 1, 1, 1, 1].map((seconds) => backoff.pauseAfter(seconds));
  expect(pauses).toEqual([250, 500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  expect([backoff.pauseAfter(60), backoff.pauseAfter(1)]).toEqual([250, 500]);
});
