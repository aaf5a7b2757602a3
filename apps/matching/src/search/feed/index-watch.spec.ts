import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { DataSource } from 'typeorm';
import type { MeilisearchIndexes } from '../meilisearch/meilisearch-index.js';
import type { FeedLease } from './feed-lease.js';
import { IndexWatch } from './index-watch.js';

describe('Whether the index is asked', () => {
  const trial = jest.fn<() => Promise<void>>();
  const forgetKey = jest.fn();
  let oldest: number;
  let clock: number;
  let watch: IndexWatch;

  beforeEach(async () => {
    [oldest, clock] = [0, 1_000_000];
    jest.spyOn(performance, 'now').mockImplementation(() => clock);
    trial.mockReset().mockResolvedValue();
    forgetKey.mockReset();
    const query = (sql: string): Promise<object[]> =>
      Promise.resolve([sql.includes('index_meta') ? { generation: 'g' } : { oldest, refused: 0 }]);
    const server = { check: () => Promise.resolve(), forgetKey };
    watch = new IndexWatch(
      { query } as unknown as DataSource,
      { server, createdAt: () => Promise.resolve('now') } as unknown as MeilisearchIndexes,
      { state: () => Promise.resolve({ readModel: 'g', index: 'now' }) } as unknown as FeedLease,
      trial,
    );
    await watch.look();
  });

  it('is asked after a search that succeeded', () => {
    expect(trial).toHaveBeenCalledTimes(1);
    expect(watch.trouble).toBeUndefined();
  });

  it('is not asked any more when changes do not get into it, until it has caught up', async () => {
    const troubles = [];
    for (oldest of [59, 61, 30, 4]) {
      await watch.look();
      troubles.push(watch.trouble);
    }
    const behind = 'the search index is catching up';
    expect(troubles).toEqual([undefined, behind, behind, undefined]);
  });

  it('is tried ever more seldom, with another key, while searches fail though the server is well', async () => {
    trial.mockRejectedValue(new Error('The provided API key is invalid.'));
    watch.failed(new Error('The provided API key is invalid.'));
    trial.mockClear();
    const tried: number[] = [];
    for (let second = 1; second <= 120; second++) {
      clock += 1_000;
      const before = trial.mock.calls.length;
      await watch.look();
      if (trial.mock.calls.length > before) tried.push(second);
      expect(watch.trouble).toMatch(
        /cannot be used \(The provided API key is invalid\.\): check MEILI_URL and MEILI_KEY/,
      );
    }
    expect(tried).toEqual([1, 3, 7, 15, 31, 61, 91]);
    expect(forgetKey).toHaveBeenCalledTimes(8);
    trial.mockResolvedValue();
    clock += 1_000;
    await watch.look();
    expect(watch.trouble).toBeUndefined();
  });

  it('counts searches that fail together once', async () => {
    for (let n = 0; n < 20; n++) watch.failed(new Error('away'));
    clock += 1_000;
    await watch.look();
    expect(watch.trouble).toBeUndefined();
  });
});
