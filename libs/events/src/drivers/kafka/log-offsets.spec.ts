import { describe, expect, it } from '@jest/globals';
import type { Admin } from 'kafkajs';
import { LogOffsets } from './log-offsets.js';

/** A broker whose answers are given by hand. */
function broker(): { offsets: LogOffsets; answers: ((end: number) => void)[]; fail(): void } {
  const answers: ((end: number) => void)[] = [];
  const failures: ((error: Error) => void)[] = [];
  const fetchTopicOffsets = (): Promise<object[]> =>
    new Promise((resolve, reject) => {
      answers.push((end) => resolve([{ partition: 0, low: '0', high: String(end) }]));
      failures.push(reject);
    });
  const admin = { fetchTopicOffsets } as unknown as Admin;
  return { offsets: new LogOffsets(admin, 1000), answers, fail: () => failures.at(-1)!(new Error('away')) };
}
const end = (n: number): object[] => [{ topic: 'things', partition: 0, end: n }];
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('where a topic ends', () => {
  it('is never told by an answer that was on its way before the call, and asked once for all who come meanwhile', async () => {
    const { offsets, answers } = broker();
    const first = offsets.ends(['things']);
    const [second, third] = [offsets.ends(['things']), offsets.ends(['things'])];
    await turn();
    expect(answers).toHaveLength(1);
    answers[0]!(0);
    expect(await first).toEqual(end(0));
    await turn();
    expect(answers).toHaveLength(2);
    answers[1]!(8);
    expect(await Promise.all([second, third])).toEqual([end(8), end(8)]);
    const fourth = offsets.ends(['things']);
    answers[2]!(9);
    expect(await fourth).toEqual(end(9));
  });

  it('is asked again for those who wait when the question before them fails', async () => {
    const { offsets, answers, fail } = broker();
    const [first, second] = [offsets.ends(['things']), offsets.ends(['things'])];
    fail();
    await expect(first).rejects.toThrow('away');
    await turn();
    answers[1]!(3);
    expect(await second).toEqual(end(3));
  });
});
