import { setTimeout as sleep } from 'node:timers/promises';
import kafkajs, { type Kafka, type Producer } from 'kafkajs';
import type { EventsLogger } from '../../logger.js';
import { FencedSockets } from './fenced-sockets.js';
import { type PlacedRecord, SendPlan } from './send-plan.js';
import { within } from '../../within.js';

export interface ProducerOptions {
  client(sockets: FencedSockets): Kafka;
  logger: EventsLogger;
  /** A publish that is not through after so long fails (ms); a broker's end takes 8 to 12 s to get over. */
  deadlineMs: number;
}

interface Live {
  producer: Producer;
  sockets: FencedSockets;
  connected: Promise<void>;
}

/** How long a leader waits for its followers before it answers that it timed out (ms). */
const REPLICATION_TIMEOUT_MS = 10_000;
/** Below this, compressing costs more than it saves. */
const COMPRESS_FROM_BYTES = 4_096;
const RESEND_PAUSE_MS = 100;
const GOODBYE_MS = 500;

/**
 * A producer that believes only what is acknowledged. kafkajs 2.2.4 resolves `send()` although a partition's
 * leader died and nobody answered for it, so each answer is compared with what was sent.
 *
 * A failed send ends the producer: kafkajs takes its sequence numbers back, and another batch with the same numbers
 * would pass for a repetition of the first and be dropped by the broker, with an acknowledgement.
 */
export class AcknowledgedProducer {
  private live?: Live;
  private closed = false;

  constructor(private readonly options: ProducerOptions) {}

  /**
   * Resolves when every record is on all replicas in sync; each partition gets its records in their order.
   * @param signal when it is aborted nothing more goes out, not even a repetition that is under way
   */
  async publish(records: readonly PlacedRecord[], signal?: AbortSignal): Promise<void> {
    if (this.closed) throw new Error('the event log is closed');
    const live = (this.live ??= this.create());
    const { deadlineMs } = this.options;
    const late = setTimeout(
      () => live.sockets.cut(new Error(`no acknowledgement from Kafka within ${deadlineMs / 1000} s`)),
      deadlineMs,
    );
    const giveUp = (): void =>
      live.sockets.cut(new Error('given up: the outbox is no longer held', { cause: signal?.reason }));
    signal?.addEventListener('abort', giveUp);
    try {
      signal?.throwIfAborted();
      await live.sockets.untilCut(this.send(live, new SendPlan(records)));
    } catch (error) {
      this.discard(live, error as Error);
      throw error;
    } finally {
      clearTimeout(late);
      signal?.removeEventListener('abort', giveUp);
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    const { live } = this;
    if (!live) return;
    this.live = undefined;
    const leave = live.connected.then(() => live.producer.disconnect());
    await within(
      GOODBYE_MS,
      leave.catch(() => undefined),
    );
    live.sockets.close();
  }

  private async send({ producer, connected }: Live, plan: SendPlan): Promise<void> {
    await connected;
    while (!plan.done) {
      const { topicMessages, bytes } = plan.round();
      const answers = await producer.sendBatch({
        acks: -1,
        timeout: REPLICATION_TIMEOUT_MS,
        compression:
          bytes < COMPRESS_FROM_BYTES ? kafkajs.CompressionTypes.None : kafkajs.CompressionTypes.GZIP,
        topicMessages,
      });
      const missing = plan.acknowledge(answers);
      if (missing.length === 0) continue;
      this.options.logger.warn(
        { partitions: missing },
        'no acknowledgement for these partitions: sent again',
      );
      await sleep(RESEND_PAUSE_MS);
    }
  }

  private create(): Live {
    const sockets = new FencedSockets();
    const producer = this.options.client(sockets).producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
      metadataMaxAge: 60_000,
      // Half a minute: longer than a fail-over takes, shorter than the deadline.
      retry: { retries: 30, initialRetryTime: 100, multiplier: 2, maxRetryTime: 1_000 },
    });
    const connected = producer.connect();
    connected.catch(() => undefined);
    return { producer, sockets, connected };
  }

  private discard(live: Live, reason: Error): void {
    if (this.live === live) this.live = undefined;
    live.sockets.cut(reason);
    void live.producer.disconnect().catch(() => undefined);
  }
}
