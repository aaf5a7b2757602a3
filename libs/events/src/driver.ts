/** What goes into the log: one event of one key, already encoded (CloudEvents binary mode). */
export interface OutgoingRecord {
  topic: string;
  key: string;
  /** Unique: a repeated publish of the same event leaves one record (or a duplicate that consumers ignore). */
  eventId: string;
  headers: Record<string, string>;
  /** JSON text of the state; null is a tombstone. */
  value: string | null;
}

/** What comes out of the log. */
export interface LogRecord extends Omit<OutgoingRecord, 'eventId'> {
  partition: number;
  offset: number;
}

/**
 * Records of one partition in offset order. There may be none: then `next` alone says how far the log is read,
 * because what stood before it was compacted away.
 */
export interface PartitionBatch {
  topic: string;
  partition: number;
  records: LogRecord[];
  /** Offset to go on from when it is beyond the last record's successor. */
  next?: number;
}

/** The position after a batch. */
export function positionAfter(batch: PartitionBatch): number {
  const last = batch.records.at(-1);
  return Math.max(batch.next ?? 0, last ? last.offset + 1 : 0);
}

export interface TopicSpec {
  name: string;
  partitions: number;
}

export interface SubscribeOptions {
  /** Consumers of one group share the partitions; a new group reads from the start. */
  group: string;
  topics: string[];
  /** Next offset to read, from the consumer's own store; asked when a partition is assigned. */
  position(topic: string, partition: number): Promise<number>;
  /**
   * Handles a batch and stores its position. When it throws, the driver asks for the position again and
   * redelivers after a pause; it must be safe to see a record twice.
   */
  handle(batch: PartitionBatch): Promise<void>;
  maxBatch?: number;
}

export interface Subscription {
  /** Stops reading, waits for the batch in hand, gives the partitions back. */
  stop(): Promise<void>;
}

export interface PartitionEnd {
  topic: string;
  partition: number;
  /** Offset that the next record will get. */
  end: number;
}

/** The event log behind every service: PostgreSQL (embedded profile) or Apache Kafka (cluster profile). */
export interface EventLogDriver {
  readonly name: 'postgres' | 'kafka';
  start(): Promise<void>;
  ensureTopics(topics: readonly TopicSpec[]): Promise<void>;
  /**
   * Appends in the given order per key. Resolves only when every record is durable, and rejects rather than waits
   * for ever: the caller holds a lock meanwhile and publishes again.
   * @param signal when it is aborted (the lock is lost) nothing more is appended, as far as that can be prevented
   */
  publish(records: readonly OutgoingRecord[], signal?: AbortSignal): Promise<void>;
  subscribe(options: SubscribeOptions): Promise<Subscription>;
  ends(topics: readonly string[]): Promise<PartitionEnd[]>;
  /** Rejects when the log cannot be reached. */
  check(): Promise<void>;
  close(): Promise<void>;
}
