import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { EventsLogger } from '../../logger.js';

export interface PartitionId {
  topicId: number;
  partition: number;
}

/** Key of a partition in maps. */
export function partitionKey({ topicId, partition }: PartitionId): string {
  return `${topicId}/${partition}`;
}

/**
 * The ends of the partitions as this process knows them: told at once by its own publishes, and asked for every
 * `pollMs` in one query for all subscriptions of the process, for what others append.
 */
export class LogEnds {
  private readonly ends = new Map<string, number>();
  private readonly watchers = new Map<() => void, readonly number[]>();
  private polling = false;
  private closed = false;

  constructor(
    private readonly pool: Pool,
    private readonly pollMs: number,
    private readonly logger: EventsLogger,
  ) {}

  /** Offset that the partition's next record will get, as far as is known here; it may lag, never lead. */
  of(partition: PartitionId): number {
    return this.ends.get(partitionKey(partition)) ?? 0;
  }

  /** Calls `wake` whenever one of these topics has grown. Returns the way to end that. */
  watch(topicIds: readonly number[], wake: () => void): () => void {
    this.watchers.set(wake, topicIds);
    void this.poll();
    return () => this.watchers.delete(wake);
  }

  /** Takes in ends that are committed. */
  advance(ends: readonly (PartitionId & { end: number })[]): void {
    const grown = new Set<number>();
    for (const { end, ...partition } of ends) {
      if (end <= this.of(partition)) continue;
      this.ends.set(partitionKey(partition), end);
      grown.add(partition.topicId);
    }
    if (grown.size === 0) return;
    for (const [wake, topicIds] of this.watchers) if (topicIds.some((id) => grown.has(id))) wake();
  }

  /** Asks the log once. */
  async refresh(): Promise<void> {
    const { rows } = await this.pool.query<{ topic_id: number; partition: number; next_offset: string }>(
      'SELECT topic_id, partition, next_offset FROM log_partition WHERE topic_id = ANY($1)',
      [[...new Set([...this.watchers.values()].flat())]],
    );
    this.advance(
      rows.map((row) => ({
        topicId: row.topic_id,
        partition: row.partition,
        end: Number(row.next_offset),
      })),
    );
  }

  close(): void {
    this.closed = true;
  }

  private async poll(): Promise<void> {
    if (this.polling) return;
    this.polling = true;
    let failing = false;
    while (this.watchers.size > 0 && !this.closed) {
      try {
        await this.refresh();
        failing = false;
      } catch (err) {
        if (!failing && !this.closed) this.logger.warn({ err }, 'could not read the event log, trying again');
        failing = true;
      }
      await sleep(failing ? 500 : this.pollMs, undefined, { ref: false });
    }
    this.polling = false;
  }
}
