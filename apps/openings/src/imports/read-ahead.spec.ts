import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { readAhead } from './import-batches.js';

describe('Reading ahead', () => {
  async function* numbers(log: string[], failAt = Infinity): AsyncGenerator<number, void> {
    try {
      for (let n = 1; n <= 4; n++) {
        await sleep(1);
        if (n === failAt) throw new Error(`cannot read ${n}`);
        log.push(`read ${n}`);
        yield n;
      }
    } finally {
      log.push('closed');
    }
  }
  const store = async (log: string[], failAt?: number, stopAt?: number): Promise<void> => {
    for await (const n of readAhead(numbers(log, failAt))) {
      if (n === stopAt) return;
      await sleep(20);
      log.push(`stored ${n}`);
    }
  };

  it('is one batch ahead of the storing, in order, and no more', async () => {
    const log: string[] = [];
    await store(log);
    expect(log).toEqual([
      ...['read 1', 'read 2', 'stored 1', 'read 3', 'stored 2', 'read 4', 'stored 3', 'closed', 'stored 4'],
    ]);
  });

  it('stores what was read before a failure, then tells it', async () => {
    const log: string[] = [];
    await expect(store(log, 3)).rejects.toThrow('cannot read 3');
    expect(log).toEqual(['read 1', 'read 2', 'stored 1', 'closed', 'stored 2']);
  });

  it('closes the file when the storing stops early', async () => {
    const log: string[] = [];
    await store(log, undefined, 2);
    expect(log.at(-1)).toBe('closed');
    expect(log).not.toContain('stored 2');
  });
});
