import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource, EntityManager } from 'typeorm';
import type { EventLogDriver } from '../driver.js';
import type { BatchProcessor } from './batch-processor.js';
import { loadPosition } from './positions.js';

/** Where a rebuild writes: a schema beside the live one, with the same tables. */
export interface RebuildTarget {
  schema: string;
  /** Makes the empty tables. */
  prepare(): Promise<void>;
  /** Puts the rebuilt tables in the live ones' place, in the given transaction. */
  swap(tx: EntityManager): Promise<void>;
  /** Called with the number of records still to read, now and then. */
  progress?(remaining: number): void;
}

export interface RebuildReport {
  events: number;
  milliseconds: number;
}

interface RebuildOptions {
  dataSource: DataSource;
  driver: EventLogDriver;
  liveGroup: string;
  topics: string[];
  target: RebuildTarget;
  processor(group: string, before: (tx: EntityManager) => Promise<void>): BatchProcessor;
}

/**
 * Reads the topics from the start as a new group, into the target schema. When it has caught up it locks the
 * live group's positions, lets the new group pass them, swaps the tables and takes over the positions, all in
 * one transaction: no event is missed, none is applied to the wrong tables.
 */
export async function rebuildProjections(options: RebuildOptions): Promise<RebuildReport> {
  const { dataSource, driver, target, topics, liveGroup } = options;
  const started = Date.now();
  const group = `${liveGroup}.rebuild-${started}`;
  await target.prepare();
  const processor = options.processor(group, async (tx) => {
    await tx.query(`SET LOCAL search_path TO "${target.schema}", public`);
  });
  let events = 0;
  const subscription = await driver.subscribe({
    group,
    topics,
    position: (topic, partition) => loadPosition(dataSource, group, topic, partition),
    handle: async (batch) => {
      await processor.process(batch);
      events += batch.records.length;
    },
  });
  try {
    await passes(options, group, await driver.ends(topics));
    await dataSource.transaction(async (tx) => {
      const live = await tx.query<{ topic: string; partition: number; next_offset: string }[]>(
        'SELECT topic, partition, next_offset FROM consumer_position WHERE group_id = $1 FOR UPDATE',
        [liveGroup],
      );
      await passes(
        options,
        group,
        live.map((row) => ({ topic: row.topic, partition: row.partition, end: Number(row.next_offset) })),
      );
      // From here on nothing is written to the rebuilt tables but by the live group, after this commits.
      const rebuilt = await tx.query<{ topic: string; partition: number; next_offset: string }[]>(
        'SELECT topic, partition, next_offset FROM consumer_position WHERE group_id = $1 FOR UPDATE',
        [group],
      );
      await target.swap(tx);
      await tx.query(
        `INSERT INTO consumer_position (group_id, topic, partition, next_offset)
         SELECT $1, topic, partition, next_offset
         FROM json_to_recordset($2::json) AS r(topic text, partition int, next_offset bigint)
         ON CONFLICT (group_id, topic, partition) DO UPDATE SET next_offset = excluded.next_offset`,
        [liveGroup, JSON.stringify(rebuilt)],
      );
      // The rebuilding consumer, if it still holds a batch, finds its position beyond every record.
      await tx.query('UPDATE consumer_position SET next_offset = 9007199254740991 WHERE group_id = $1', [group]);
    });
  } finally {
    await subscription.stop();
    await dataSource.query('DELETE FROM consumer_position WHERE group_id = $1', [group]);
  }
  return { events, milliseconds: Date.now() - started };
}

async function passes(
  { dataSource, target }: RebuildOptions,
  group: string,
  goals: readonly { topic: string; partition: number; end: number }[],
): Promise<void> {
  for (;;) {
    let remaining = 0;
    for (const { topic, partition, end } of goals) {
      remaining += Math.max(0, end - (await loadPosition(dataSource, group, topic, partition)));
    }
    target.progress?.(remaining);
    if (remaining === 0) return;
    await sleep(50);
  }
}
