import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import type { EventLogDriver, LogRecord } from '#events';
import { eventually } from '#platform/testing';

/** Every record that a topic holds now, by a group of its own; in offset order per partition. */
export async function readLog(
  driver: EventLogDriver,
  topic: string,
  timeoutMs = 60_000,
): Promise<LogRecord[]> {
  const records: LogRecord[] = [];
  const read = new Map<number, number>();
  const subscription = await driver.subscribe({
    group: `reader-${randomUUID()}`,
    topics: [topic],
    position: (_, partition) => Promise.resolve(read.get(partition) ?? 0),
    handle: (batch) => {
      records.push(...batch.records);
      const last = batch.records.at(-1)?.offset ?? -1;
      read.set(batch.partition, Math.max(batch.next ?? 0, last + 1));
      return Promise.resolve();
    },
  });
  try {
    const ends = await driver.ends([topic]);
    await eventually(() => ends.every(({ partition, end }) => (read.get(partition) ?? 0) >= end), {
      timeoutMs,
    });
    return records;
  } finally {
    await subscription.stop();
  }
}

/**
 * The last version of each key in a log, after a look that no key's versions ever go down.
 * @param records of states with a version, in the log's order
 */
export function lastVersions(records: readonly LogRecord[]): Map<string, number> {
  const last = new Map<string, number>();
  const down: string[] = [];
  for (const { key, value, partition, offset } of records) {
    const { version } = JSON.parse(value ?? '{}') as { version: number };
    const before = last.get(key) ?? 0;
    if (version < before) down.push(`${key}: ${before}, then ${version} at ${partition}:${offset}`);
    last.set(key, version);
  }
  expect(down).toEqual([]);
  return last;
}
