import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource, EntityManager } from 'typeorm';
import type { EventLogDriver, PartitionEnd } from '../driver.js';
import type { BatchProcessor } from './batch-processor.js';
import { ensurePositions, loadPosition, loadPositions, lockPositions } from './positions.js';

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

/** A rebuild that cannot be done now; the live read model is as it was. */
export class RebuildError extends Error {
  override name = 'RebuildError';

  constructor(
    readonly reason: 'running' | 'stopping' | 'stuck',
    message: string,
  ) {
    super(message);
  }
}

interface RebuildOptions {
  dataSource: DataSource;
  driver: EventLogDriver;
  liveGroup: string;
  topics: string[];
  target: RebuildTarget;
  /** Gives up when nothing has moved for so long. */
  stuckAfterMs: number;
  aborted(): boolean;
  processor(group: string, before: (tx: EntityManager) => Promise<void>): BatchProcessor;
}

/** Beyond every record. */
const NEVER = Number.MAX_SAFE_INTEGER;

/**
 * Reads the topics from the start as a new group, into the target schema. When it has caught up it locks the
 * live group's positions, lets the new group pass them, swaps the tables and takes over the positions, all in
 * one transaction: no event is missed, none is applied to the wrong tables.
 * @throws RebuildError when another one runs, or when it no longer moves
 */
export async function rebuildProjections(options: RebuildOptions): Promise<RebuildReport> {
  const lock = options.dataSource.createQueryRunner();
  const key = `rebuild:${options.liveGroup}`;
  try {
    const [row] = (await lock.query('SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS mine', [
      key,
    ])) as {
      mine: boolean;
    }[];
    if (!row?.mine) throw new RebuildError('running', `a rebuild of ${options.liveGroup} is already running`);
    try {
      return await rebuildAlone(options);
    } finally {
      await lock.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [key]).catch(() => undefined);
    }
  } finally {
    await lock.release();
  }
}

async function rebuildAlone(options: RebuildOptions): Promise<RebuildReport> {
  const { dataSource, driver, target, topics, liveGroup } = options;
  const started = Date.now();
  const group = `${liveGroup}.rebuild-${started}`;
  // What a killed rebuild left.
  await dataSource.query('DELETE FROM consumer_position WHERE starts_with(group_id, $1)', [
    `${liveGroup}.rebuild-`,
  ]);
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
    await dataSource.transaction((tx) => takeOver(options, group, tx));
  } finally {
    await subscription.stop();
    await dataSource.query('DELETE FROM consumer_position WHERE group_id = $1', [group]);
  }
  return { events, milliseconds: Date.now() - started };
}

async function takeOver(options: RebuildOptions, group: string, tx: EntityManager): Promise<void> {
  const { dataSource, driver, liveGroup, topics, target } = options;
  // Every partition has a row to lock, also one whose first event comes at this moment.
  const partitions = await driver.ends(topics);
  await dataSource.transaction(async (first) => {
    await ensurePositions(first, liveGroup, partitions);
    await ensurePositions(first, group, partitions);
  });
  const live = await lockPositions(tx, liveGroup);
  // A live position beyond the log's end is one in a log that was lost; this one has nothing to pass up to there.
  const ends = await driver.ends(topics);
  await passes(
    options,
    group,
    ends.map((p) => ({ ...p, end: Math.min(p.end, live.of(p.topic, p.partition)) })),
  );
  // From here on nothing is written to the rebuilt tables but by the live group, after this commits.
  const rebuilt = await lockPositions(tx, group);
  await target.swap(tx);
  await tx.query(
    `UPDATE consumer_position live SET next_offset = r.next_offset, updated_at = now()
     FROM unnest($2::text[], $3::int[], $4::bigint[]) AS r(topic, partition, next_offset)
     WHERE live.group_id = $1 AND live.topic = r.topic AND live.partition = r.partition`,
    [
      liveGroup,
      partitions.map((p) => p.topic),
      partitions.map((p) => p.partition),
      partitions.map((p) => rebuilt.of(p.topic, p.partition)),
    ],
  );
  // The rebuilding consumer, if it still holds a batch, finds its position beyond every record.
  await tx.query('UPDATE consumer_position SET next_offset = $2 WHERE group_id = $1', [group, NEVER]);
}

/** Waits until the group has read up to these ends. */
async function passes(
  { dataSource, target, stuckAfterMs, aborted }: RebuildOptions,
  group: string,
  goals: readonly PartitionEnd[],
): Promise<void> {
  let least = Infinity;
  for (let moved = Date.now(); ; await sleep(50)) {
    const positions = await loadPositions(dataSource, group);
    const behind = goals.filter((goal) => positions.of(goal.topic, goal.partition) < goal.end);
    const remaining = behind.reduce(
      (sum, goal) => sum + goal.end - positions.of(goal.topic, goal.partition),
      0,
    );
    target.progress?.(remaining);
    if (remaining === 0) return;
    if (remaining < least) [least, moved] = [remaining, Date.now()];
    if (aborted()) throw new RebuildError('stopping', 'the service is stopping; the read model is as it was');
    if (Date.now() - moved > stuckAfterMs) {
      const names = behind.map(({ topic, partition }) => `${topic}/${partition}`).join(', ');
      throw new RebuildError(
        'stuck',
        `no event was read for ${Math.round(stuckAfterMs / 1000)} s, ${remaining} are left in ${names}; the read model is as it was`,
      );
    }
  }
}
