export interface PartitionLag {
  group: string;
  topic: string;
  partition: number;
  /** Offset that the group reads next. */
  position: number;
  /** Events of the log that the group has not handled; 0 where the position is no place in the log. */
  lag: number;
  /** `beyond-end`: the stored position lies after the log's end, so the log that it was read from is lost. */
  state: 'in-log' | 'beyond-end';
}

export type TopicLag = Omit<PartitionLag, 'partition' | 'position'>;

/** A group's position lies beyond the log's end: it waits for events of a log that is lost. */
export class LogLostError extends Error {
  override name = 'LogLostError';

  constructor(readonly lost: Pick<PartitionLag, 'group' | 'topic' | 'partition'>) {
    super(`${lost.group} has read beyond the end of ${lost.topic}/${lost.partition}`);
  }
}

/**
 * Summed over the partitions: how many events of a topic a group has before it; `beyond-end` when it is so in one of
 * them.
 */
export function lagByTopic(lags: readonly PartitionLag[]): TopicLag[] {
  const sums = new Map<string, TopicLag>();
  for (const { group, topic, lag, state } of lags) {
    const sum = sums.get(`${group}/${topic}`) ?? { group, topic, lag: 0, state };
    sums.set(`${group}/${topic}`, {
      ...sum,
      lag: sum.lag + lag,
      state: state === 'beyond-end' ? state : sum.state,
    });
  }
  return [...sums.values()];
}

/** Since when the partitions of groups do not move although the log has more for them; told by who looks often. */
export class Standstill {
  private since = new Map<string, { position: number; at: number }>();

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** @returns by group and topic, for how long (s) its slowest partition has not moved; 0 where nothing waits */
  seconds(lags: readonly PartitionLag[]): { group: string; topic: string; seconds: number }[] {
    const time = this.now();
    const since: typeof this.since = new Map();
    const longest = new Map<string, { group: string; topic: string; seconds: number }>();
    for (const { group, topic, partition, position, lag } of lags) {
      const key = `${group}/${topic}/${partition}`;
      const before = this.since.get(key);
      const stands = lag > 0 && before?.position === position;
      const at = stands ? before.at : time;
      if (lag > 0) since.set(key, { position, at });
      const seconds = Math.max(longest.get(`${group}/${topic}`)?.seconds ?? 0, (time - at) / 1000);
      longest.set(`${group}/${topic}`, { group, topic, seconds });
    }
    this.since = since;
    return [...longest.values()];
  }
}
