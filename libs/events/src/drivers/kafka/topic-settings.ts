const HOUR_MS = 3_600_000;

/**
 * How long a tombstone stays in the log (ms). A group that has been away for longer may have missed an erasure and
 * has to rebuild its read model.
 */
export const TOMBSTONE_RETENTION_MS = 30 * 24 * HOUR_MS;

/**
 * Settings of a topic of states: the last state of each key stays for ever, older ones for six hours at least and
 * a day at most. The segment in use is never compacted, hence it is changed as often.
 * @param replicas copies of each partition; with three, two have to acknowledge, so that one may be away
 */
export function topicSettings(replicas: number): Record<string, string> {
  return {
    'cleanup.policy': 'compact',
    'min.compaction.lag.ms': String(6 * HOUR_MS),
    'max.compaction.lag.ms': String(24 * HOUR_MS),
    'segment.ms': String(6 * HOUR_MS),
    'delete.retention.ms': String(TOMBSTONE_RETENTION_MS),
    'max.message.bytes': '1048588',
    'min.insync.replicas': replicas >= 3 ? '2' : '1',
    'unclean.leader.election.enable': 'false',
  };
}

/** How many copies of each partition a cluster of so many brokers gets. */
export function replicationFor(brokers: number): number {
  return Math.min(3, Math.max(1, brokers));
}

export interface TopicSetting {
  name: string;
  value: string;
  /** Set on the topic itself, and not the brokers' default. */
  own: boolean;
}

/**
 * What has to change on an existing topic: all of its own settings as they should be, because Kafka replaces them as
 * a whole, and what differs. Settings that are not ours stay as the operator made them.
 */
export function correctedSettings(
  present: readonly TopicSetting[],
  wanted: Readonly<Record<string, string>>,
): { settings: Record<string, string>; changes: string[] } {
  const settings: Record<string, string> = {};
  for (const { name, value, own } of present) if (own) settings[name] = value;
  const now = new Map(present.map(({ name, value }) => [name, value]));
  const changes: string[] = [];
  for (const [name, value] of Object.entries(wanted)) {
    if (now.get(name) !== value) changes.push(`${name} ${now.get(name) ?? 'unset'} → ${value}`);
    settings[name] = value;
  }
  return { settings, changes };
}
