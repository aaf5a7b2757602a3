import kafkajs, {
  type Consumer,
  type EachBatchPayload,
  type InstrumentationEvent,
  type Kafka,
} from 'kafkajs';
import type { SubscribeOptions, Subscription } from '../../driver.js';
import type { EventsLogger } from '../../logger.js';
import { Signal } from '../../signal.js';
import { topicReaders } from './assigner.js';
import { Crash } from './crash.js';
import type { LogOffsets } from './log-offsets.js';
import { PartitionReader } from './partition-reader.js';
import { toRecord } from './records.js';
import { Turns } from './turns.js';
import { within } from '../../within.js';

export interface SubscriptionSettings {
  logger: EventsLogger;
  /** A member that says nothing for so long is taken for dead (ms). */
  sessionTimeoutMs: number;
  heartbeatMs: number;
}

/** Partitions in hand at a time: each takes one of the consumer's own connections, and its requests need some too. */
const CONCURRENT_PARTITIONS = 2;
/** Batches that kafkajs hands over at a time: more than a group has partitions, so that none waits for another. */
const HANDED_OVER = 128;
/** A batch that takes longer is handled beside the reading, with its partition paused. */
const AT_ONCE_MS = 50;
/** How long a broker waits for something to come; and at most until a partition that was paused is read again. */
const FETCH_WAIT_MS = 200;
const COMMIT_EVERY_MS = 5_000;
const LEAVE_MS = 5_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;

/**
 * One consumer of a group. kafkajs fetches, and waits for all it has fetched from a broker before it fetches again;
 * so a batch that takes long is taken out of its hands: the partition is paused, the others go on, and heartbeats
 * with them. Positions are the consumer's own; Kafka gets a copy for the tools that show lag, and is never asked.
 */
export class KafkaSubscription implements Subscription {
  private readonly turns = new Turns(CONCURRENT_PARTITIONS);
  private readonly stopSignal = new Signal();
  private askToStop: () => void = () => undefined;
  private readonly stopAsked = new Promise<undefined>((resolve) => {
    this.askToStop = () => resolve(undefined);
  });
  private readonly readers = new Map<string, PartitionReader>();
  private stopping = false;
  private readonly crash: Crash;
  private life?: Promise<void>;

  constructor(
    private readonly kafka: Kafka,
    private readonly offsets: LogOffsets,
    private readonly options: SubscribeOptions,
    private readonly settings: SubscriptionSettings,
  ) {
    this.crash = new Crash(options.group, settings.logger);
  }

  /** Whether Kafka's own offsets lag behind, which others see; said once. */
  private isUntold = false;

  /** Begins; the group is joined in the background, again and again while Kafka is away. */
  start(): void {
    this.life ??= this.live();
  }

  /** Why it does not consume, if it does not. */
  get trouble(): string | undefined {
    if (this.crash.cause !== undefined)
      return `group ${this.options.group} does not consume: ${this.crash.cause}`;
    for (const { topic, partition, trouble } of this.readers.values()) {
      if (trouble) return `group ${this.options.group} is held up in ${topic}/${partition}: ${trouble}`;
    }
    return undefined;
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.askToStop();
    this.stopSignal.raise();
    await this.life;
  }

  private async live(): Promise<void> {
    let failures = 0;
    while (!this.stopping) {
      const joined = await this.consumeUntilTrouble(failures);
      if (this.stopping) return;
      failures = joined ? 1 : failures + 1;
      await this.pause(pauseAfter(failures));
    }
  }

  /**
   * The life of one kafkajs consumer. Returns whether it was a member of the group at some time.
   * @param failures how many before it, one after the other, were none
   */
  private async consumeUntilTrouble(failures: number): Promise<boolean> {
    const { group, topics } = this.options;
    const { logger } = this.settings;
    const consumer = this.createConsumer();
    let joined = false;
    let over = false;
    const crashed = new Promise<Error>((resolve) => {
      consumer.on(consumer.events.CRASH, ({ payload }) => resolve(payload.error));
    });
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
      // It may still join while it leaves: readers made then would have nobody to end them.
      if (over) return;
      if (!joined) logger.info({ group }, 'consumer has joined its group');
      joined = true;
      this.crash.over();
      this.assigned(consumer, payload.memberAssignment);
    });
    consumer.on(consumer.events.END_BATCH_PROCESS, (event) => this.skipped(consumer, event));
    const commits = setInterval(() => void this.commit(consumer), COMMIT_EVERY_MS);
    try {
      await consumer.connect();
      await consumer.subscribe({ topics: [...topics], fromBeginning: true });
      await consumer.run({
        autoCommit: false,
        partitionsConsumedConcurrently: HANDED_OVER,
        eachBatch: (payload) => this.deliver(consumer, payload),
      });
      const error = await Promise.race([crashed, this.stopAsked]);
      if (error) throw error;
    } catch (err) {
      this.crash.happened(err, joined ? 0 : failures);
    } finally {
      over = true;
      clearInterval(commits);
      await Promise.all([...this.readers.values()].map((reader) => reader.end()));
      await this.leave(consumer);
      this.readers.clear();
    }
    return joined;
  }

  private createConsumer(): Consumer {
    const { sessionTimeoutMs, heartbeatMs } = this.settings;
    return this.kafka.consumer({
      groupId: this.options.group,
      partitionAssigners: [topicReaders],
      sessionTimeout: sessionTimeoutMs,
      heartbeatInterval: heartbeatMs,
      rebalanceTimeout: Math.max(sessionTimeoutMs, 10_000),
      maxWaitTimeInMs: FETCH_WAIT_MS,
      allowAutoTopicCreation: false,
      metadataMaxAge: 60_000,
      // One way to come back, whatever kafkajs thinks of the error: `live`.
      retry: { retries: 4, restartOnFailure: () => Promise.resolve(false) },
    });
  }

  /** Called within the joining: nothing is read before the positions are known. */
  private assigned(consumer: Consumer, assignment: Readonly<Record<string, number[]>>): void {
    const before = new Map(this.readers);
    this.readers.clear();
    const ending = new Map([...before].map(([key, reader]) => [key, reader.end()]));
    for (const [topic, partitions] of Object.entries(assignment)) {
      consumer.pause([{ topic, partitions }]);
      for (const partition of partitions) {
        const { options, turns, settings } = this;
        const reader = new PartitionReader(topic, partition, options, turns, settings.logger);
        const key = keyOf(topic, partition);
        this.readers.set(key, reader);
        void this.begin(consumer, reader, ending.get(key));
      }
    }
  }

  private async begin(consumer: Consumer, reader: PartitionReader, before?: Promise<void>): Promise<void> {
    await before;
    const position = await this.reposition(consumer, reader);
    // A group that has read nothing has nothing to erase.
    if (position) await this.tellMissedErasures(reader, position);
  }

  private async deliver(consumer: Consumer, { batch }: EachBatchPayload): Promise<void> {
    const { topic, partition } = batch;
    const reader = this.readers.get(keyOf(topic, partition));
    if (!reader) return;
    const records = batch.messages.map((message) => toRecord(topic, partition, message));
    await this.pass(consumer, reader, reader.handle(records, Number(batch.lastOffset()) + 1));
  }

  /** Markers of transactions at the end of what was read: kafkajs skips them, and the position has to, too. */
  private skipped(
    consumer: Consumer,
    {
      payload,
    }: InstrumentationEvent<{ topic: string; partition: number; batchSize: number; lastOffset: string }>,
  ): void {
    if (payload.batchSize > 0) return;
    const reader = this.readers.get(keyOf(payload.topic, payload.partition));
    const next = Number(payload.lastOffset) + 1;
    if (reader && next > reader.next) void this.pass(consumer, reader, reader.handle([], next));
  }

  /** Waits for a batch a little; beyond that the partition is paused until it is handled. */
  private async pass(consumer: Consumer, reader: PartitionReader, work: Promise<boolean>): Promise<void> {
    if (await within(AT_ONCE_MS, work)) return;
    const { topic, partition } = reader;
    if (reader.isEnded) return;
    unlessGone(() => consumer.pause([{ topic, partitions: [partition] }]));
    void work.then(async (handled) => {
      if (handled) this.resume(consumer, reader);
      else await this.reposition(consumer, reader);
    });
  }

  private resume(consumer: Consumer, { isEnded, topic, partition }: PartitionReader): void {
    if (!isEnded) unlessGone(() => consumer.resume([{ topic, partitions: [partition] }]));
  }

  /**
   * Asks the consumer's store where to read on, after a pause when something went wrong, until it is known.
   * @returns the stored position; undefined when the partition is not ours any more
   */
  private async reposition(consumer: Consumer, reader: PartitionReader): Promise<number | undefined> {
    const { topic, partition } = reader;
    while (!reader.isEnded && !this.stopping) {
      if (reader.failures > 0) await this.pause(pauseAfter(reader.failures));
      try {
        const position = await this.options.position(topic, partition);
        const start = await this.offsets.startFrom(topic, partition, position);
        if (reader.isEnded) return undefined;
        reader.next = start;
        consumer.seek({ topic, partition, offset: String(start) });
        this.resume(consumer, reader);
        reader.trouble = undefined;
        return position;
      } catch (err) {
        if (reader.isEnded) return undefined;
        reader.failed(err, 'cannot tell where to read on, asked again');
      }
    }
    return undefined;
  }

  private async tellMissedErasures(reader: PartitionReader, position: number): Promise<void> {
    const { topic, partition } = reader;
    const { group } = this.options;
    try {
      if (!(await this.offsets.mayHaveMissedErasures(topic, partition, position))) return;
      this.settings.logger.error(
        { group, topic, partition, position },
        'this group was away for longer than tombstones are kept: erasures may have passed unseen, rebuild its read model',
      );
    } catch (err) {
      if (!reader.isEnded)
        this.settings.logger.warn({ err, group, topic, partition }, 'the age of a position is not known');
    }
  }

  /** A copy of the positions for the tools that show lag. */
  private async commit(consumer: Consumer): Promise<void> {
    const said = [...this.readers.values()]
      .filter((reader) => reader.unsaid !== undefined && !reader.isEnded)
      .map((reader) => ({ reader, offset: reader.unsaid }));
    if (said.length === 0) return;
    try {
      await consumer.commitOffsets(
        said.map(({ reader: { topic, partition }, offset }) => ({
          topic,
          partition,
          offset: String(offset),
        })),
      );
    } catch (err) {
      // Nothing depends on it; the next one says it again. But others who look at the group see a wrong lag.
      if (!this.isUntold)
        this.settings.logger.info({ err, group: this.options.group }, 'offsets not told to Kafka');
      this.isUntold = true;
      return;
    }
    this.isUntold = false;
    for (const { reader, offset } of said) if (reader.unsaid === offset) reader.unsaid = undefined;
  }

  private async leave(consumer: Consumer): Promise<void> {
    // When it is not to be had, the group finds out by the session's timeout.
    await within(
      LEAVE_MS,
      consumer.disconnect().catch(() => undefined),
    );
  }

  private async pause(ms: number): Promise<void> {
    for (const end = Date.now() + ms; !this.stopping && Date.now() < end;) {
      await this.stopSignal.wait(end - Date.now());
    }
  }
}

/** From a crash until kafkajs tells of it the consumer has no group and takes no orders; the next one is made anew. */
function unlessGone(order: () => void): void {
  try {
    order();
  } catch (error) {
    if (!(error instanceof kafkajs.KafkaJSNonRetriableError)) throw error;
  }
}

function keyOf(topic: string, partition: number): string {
  return `${topic}/${partition}`;
}

function pauseAfter(failures: number): number {
  return Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS);
}
