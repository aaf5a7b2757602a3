import { describe, expect, it } from '@jest/globals';
import { Remembered } from './remembered.js';

describe('Remembered answers', () => {
  const asked = (remembered: Remembered<number>, renewed: string[] = []) => {
    return (now: number): number | undefined =>
      remembered.get('q', () => Promise.resolve(renewed.push('renewed')), now);
  };

  it('are told for half a minute while nothing changes', () => {
    const remembered = new Remembered<number>();
    const renewed: string[] = [];
    const get = asked(remembered, renewed);
    expect(get(0)).toBeUndefined();
    remembered.put('q', 1, 1_000);
    expect([get(2_000), get(30_999), get(31_000)]).toEqual([1, 1, undefined]);
    expect(renewed).toEqual([]);
  });

  it('are told for five seconds once something has changed, and found out anew once at a time after one', async () => {
    const remembered = new Remembered<number>();
    const renewed: string[] = [];
    const get = asked(remembered, renewed);
    remembered.put('q', 1, 1_000);
    remembered.changed(1_500);
    expect([get(1_999), renewed.length]).toEqual([1, 0]);
    expect([get(2_000), get(2_001), renewed.length]).toEqual([1, 1, 1]);
    await Promise.resolve();
    expect([get(5_999), renewed.length]).toEqual([1, 2]);
    expect(get(6_000)).toBeUndefined();
  });

  it('are asked for again when finding them out failed', async () => {
    const remembered = new Remembered<number>();
    remembered.put('q', 1, 1_000);
    remembered.changed(1_500);
    let tries = 0;
    const fail = (): Promise<never> => {
      tries++;
      return Promise.reject(new Error('the database is away'));
    };
    expect(remembered.get('q', fail, 2_500)).toBe(1);
    await Promise.resolve();
    expect(remembered.get('q', fail, 2_600)).toBe(1);
    expect(tries).toBe(2);
  });

  it('are gone when the index is another', () => {
    const remembered = new Remembered<number>();
    remembered.put('q', 1, 1_000);
    remembered.clear();
    expect(asked(remembered)(1_001)).toBeUndefined();
  });
});
