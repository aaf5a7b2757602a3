import type { LogRecord, SubscribeOptions } from '../../driver.js';
import type { EventsLogger } from '../../logger.js';
import { PositionBeyondLogError } from './log-offsets.js';
import type { Turns } from './turns.js';

const DEFAULT_BATCH = 500;

/** One assignment of a partition to this consumer; the next assignment has a reader of its own. */
export class PartitionReader {
  /** Next offset that is expected to come; what is before it comes only when the log was replaced. */
  next = 0;
  /** Failures in a row. */
  failures = 0;
  /** Why it will not get on without somebody's help. */
  trouble?: string;
  /** Next offset as far as it is handled and its consumer has not told Kafka. */
  unsaid?: number;
  private told?: string;
  private ended = false;
  private inHand: Promise<unknown> = Promise.resolve();

  constructor(
    readonly topic: string,
    readonly partition: number,
    private readonly options: SubscribeOptions,
    private readonly turns: Turns,
    private readonly logger: EventsLogger,
  ) {}

  get isEnded(): boolean {
    return this.ended;
  }

  /** Begins nothing new from now on; resolves when the batch in hand is done. */
  async end(): Promise<void> {
    this.ended = true;
    await this.inHand;
  }

  /**
   * Handles records and stores the position, in batches. Never rejects.
   * @param next offset after the last record and what is known to be nothing behind it
   * @returns false when not all is handled: the position has to be asked for again
   */
  handle(records: readonly LogRecord[], next: number): Promise<boolean> {
    const work = this.inHand.then(() => this.handleInTurn(records, next));
    this.inHand = work;
    return work;
  }

  /** Tells a cause once, not with every try. */
  failed(err: unknown, message: string): void {
    const { topic, partition } = this;
    this.failures++;
    const isBeyond = err instanceof PositionBeyondLogError;
    if (isBeyond) this.trouble = err.message;
    // That log may grow meanwhile, and the sentence says where it ends.
    const cause = `${message}: ${isBeyond ? err.name : String(err)}`;
    if (cause !== this.told) this.logger.warn({ err, group: this.options.group, topic, partition }, message);
    this.told = cause;
  }

  /** It gets on again. */
  recovered(): void {
    this.failures = 0;
    this.trouble = undefined;
    this.told = undefined;
  }

  private async handleInTurn(records: readonly LogRecord[], next: number): Promise<boolean> {
    const { topic, partition } = this;
    const { handle, maxBatch = DEFAULT_BATCH } = this.options;
    const first = records[0]?.offset ?? next;
    if (first < this.next) {
      this.failed(new Error(`offset ${first} came after ${this.next - 1}`), 'the log went back');
      return false;
    }
    for (let from = 0; from === 0 || from < records.length; from += maxBatch) {
      const part = records.slice(from, from + maxBatch);
      const isLast = from + maxBatch >= records.length;
      const release = await this.turns.take();
      try {
        if (this.ended) return false;
        await handle({ topic, partition, records: part, ...(isLast && { next }) });
      } catch (err) {
        this.failed(err, 'batch not handled, it will be read again');
        return false;
      } finally {
        release();
      }
      this.next = isLast ? next : (part.at(-1)?.offset ?? this.next - 1) + 1;
      this.unsaid = this.next;
    }
    this.recovered();
    return true;
  }
}
