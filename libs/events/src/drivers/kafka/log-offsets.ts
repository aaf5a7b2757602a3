import type { Admin } from 'kafkajs';
import type { PartitionEnd } from '../../driver.js';

interface Range {
  partition: number;
  /** Offset of the first record that is still there, or the end. */
  start: number;
  end: number;
}

/** A stored position that is no place in the log: the log was lost or replaced. */
export class PositionBeyondLogError extends Error {
  override name = 'PositionBeyondLogError';
}

/** A question that is under way, and the one after it, which all who come meanwhile share. */
interface Question {
  answer: Promise<Range[]>;
  next?: Promise<Range[]>;
}

/**
 * Where the partitions begin and end, not before the call: an answer that is on its way already may know nothing of what
 * its asker has just written.
 */
export class LogOffsets {
  private readonly asking = new Map<string, Question>();

  constructor(
    private readonly admin: Admin,
    private readonly tombstoneRetentionMs: number,
  ) {}

  async ends(topics: readonly string[]): Promise<PartitionEnd[]> {
    const names = [...new Set(topics)].sort();
    const ranges = await Promise.all(
      names.map(async (topic) => ({ topic, ranges: await this.ranges(topic) })),
    );
    return ranges.flatMap(({ topic, ranges: own }) =>
      own.map(({ partition, end }) => ({ topic, partition, end })),
    );
  }

  /**
   * The offset to read from for a stored position: the position, or the log's start when that has moved beyond it.
   * @throws PositionBeyondLogError when the log ends before the position
   */
  async startFrom(topic: string, partition: number, position: number): Promise<number> {
    const range = (await this.ranges(topic)).find((r) => r.partition === partition);
    if (!range) throw new Error(`${topic} has no partition ${partition}`);
    if (position > range.end) {
      throw new PositionBeyondLogError(
        `${topic}/${partition} ends at ${range.end}, before the stored position ${position}: the log was lost or replaced; put the log back, or do what docs/operations.md says of a lost log`,
      );
    }
    return Math.max(position, range.start);
  }

  /** Whether tombstones may be gone that stood between the position and the end: records there are old enough. */
  async mayHaveMissedErasures(topic: string, partition: number, position: number): Promise<boolean> {
    const young = await this.admin.fetchTopicOffsetsByTimestamp(
      topic,
      Date.now() - this.tombstoneRetentionMs,
    );
    const firstYoung = young.find((p) => p.partition === partition);
    return firstYoung !== undefined && position < Number(firstYoung.offset);
  }

  private ranges(topic: string): Promise<Range[]> {
    const before = this.asking.get(topic);
    if (!before) return this.begin(topic);
    before.next ??= before.answer.catch(() => undefined).then(() => this.begin(topic));
    return before.next;
  }

  private begin(topic: string): Promise<Range[]> {
    const question: Question = {
      answer: this.ask(topic).finally(() => {
        if (this.asking.get(topic) === question) this.asking.delete(topic);
      }),
    };
    this.asking.set(topic, question);
    return question.answer;
  }

  private async ask(topic: string): Promise<Range[]> {
    const offsets = await this.admin.fetchTopicOffsets(topic);
    return offsets
      .map(({ partition, low, high }) => ({ partition, start: Number(low), end: Number(high) }))
      .sort((a, b) => a.partition - b.partition);
  }
}
