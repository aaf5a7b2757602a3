import { describe, expect, it } from '@jest/globals';
import { correctedSettings, replicationFor, topicSettings } from './topic-settings.js';

const DAY_MS = 86_400_000;

describe('The settings of a topic', () => {
  it('compact it within a day and keep tombstones for thirty', () => {
    const settings = topicSettings(3);
    expect(settings['cleanup.policy']).toBe('compact');
    expect(Number(settings['max.compaction.lag.ms'])).toBeLessThanOrEqual(DAY_MS);
    expect(Number(settings['segment.ms'])).toBeLessThan(Number(settings['max.compaction.lag.ms']));
    expect(Number(settings['min.compaction.lag.ms'])).toBeLessThan(Number(settings['max.compaction.lag.ms']));
    expect(Number(settings['delete.retention.ms'])).toBeGreaterThanOrEqual(30 * DAY_MS);
  });

  it('let one of three copies be away, and ask for no second copy where there is none', () => {
    expect([1, 2, 3, 5].map((brokers) => replicationFor(brokers))).toEqual([1, 2, 3, 3]);
    expect([1, 2, 3].map((replicas) => topicSettings(replicas)['min.insync.replicas'])).toEqual([
      '1',
      '1',
      '2',
    ]);
  });

  it('are put right where they differ; what an operator has set besides stays', () => {
    const wanted = { 'cleanup.policy': 'compact', 'segment.ms': '6' };
    const present = [
      { name: 'cleanup.policy', value: 'delete', own: false },
      { name: 'segment.ms', value: '6', own: true },
      { name: 'retention.bytes', value: '-1', own: false },
      { name: 'compression.type', value: 'zstd', own: true },
    ];
    expect(correctedSettings(present, wanted)).toEqual({
      settings: { 'cleanup.policy': 'compact', 'segment.ms': '6', 'compression.type': 'zstd' },
      changes: ['cleanup.policy delete → compact'],
    });
    const right = present.map((setting) => ({
      ...setting,
      value: wanted[setting.name as 'segment.ms'] ?? setting.value,
    }));
    expect(correctedSettings(right, wanted).changes).toEqual([]);
  });
});
