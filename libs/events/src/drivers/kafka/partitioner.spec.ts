import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import kafkajs, { type PartitionMetadata } from 'kafkajs';
import { partitionOf } from '../../partitioner.js';

describe('The partition of a key', () => {
  const theirs = kafkajs.Partitioners.DefaultPartitioner();
  const place = (key: string, partitions: number): number => {
    const partitionMetadata = Array.from({ length: partitions }, (_, partitionId) => ({
      partitionId,
      leader: 1,
    })) as PartitionMetadata[];
    return theirs({ topic: 't', partitionMetadata, message: { key, value: null } });
  };

  it('is where Kafka’s default partitioner puts it, for keys of every length and alphabet', () => {
    const keys = [
      '',
      'a',
      'ab',
      'abc',
      'abcd',
      'thợ hàn',
      'Đà Nẵng 🇻🇳',
      '\u0000\u00ff',
      ...Array.from({ length: 1000 }, () => randomUUID()),
      ...Array.from({ length: 500 }, (_, n) => randomBytes(n % 41).toString('latin1')),
    ];
    for (const key of keys) {
      for (const partitions of [1, 3, 6, 12, 100]) {
        expect([key, partitionOf(key, partitions)]).toEqual([key, place(key, partitions)]);
      }
    }
  });

  it('spreads aggregates evenly', () => {
    const counts = [0, 0, 0, 0, 0, 0];
    for (let n = 0; n < 6000; n++) counts[partitionOf(randomUUID(), 6)]!++;
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(200);
  });
});
