import { beforeEach, describe, expect, it } from '@jest/globals';
import { type PartitionLag, Standstill } from './lag.js';

describe('The standstill of a group', () => {
  let time: number;
  let standstill: Standstill;
  beforeEach(() => {
    time = 0;
    standstill = new Standstill(() => time);
  });
  /** Looked at a minute later: position and end of each partition. */
  const look = (...partitions: [position: number, end: number][]): number | undefined => {
    time += 60_000;
    const lags = partitions.map(([position, end], partition): PartitionLag => ({
      ...{ group: 'matching', topic: 'openings.job-opening', partition, position, state: 'in-log' },
      lag: Math.max(0, end - position),
    }));
    return standstill.seconds(lags)[0]?.seconds;
  };

  it('is how long a partition has not moved, though others do, until it gets on', () => {
    expect(look([5, 9], [0, 100])).toBe(0);
    expect(look([5, 9], [50, 150])).toBe(60);
    expect(look([5, 12], [100, 200])).toBe(120);
    expect(look([12, 12], [150, 250])).toBe(0);
  });

  it('is none of a busy group that is always behind, and moves', () => {
    for (let n = 0; n < 40; n++) expect(look([n, n + 500], [n * 10, n * 10 + 3])).toBe(0);
  });

  it('is none while there is nothing to read, and begins when something waits', () => {
    expect(look([7, 7])).toBe(0);
    expect(look([7, 7])).toBe(0);
    expect(look([7, 8])).toBe(0);
    expect(look([7, 8])).toBe(60);
  });
});
