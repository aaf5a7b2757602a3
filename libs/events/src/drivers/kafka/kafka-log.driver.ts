import type { Admin, Kafka } from 'kafkajs';
import type {
  EventLogDriver,
  OutgoingRecord,
  PartitionEnd,
  SubscribeOptions,
  Subscription,
  TopicSpec,
} from '../../driver.js';
import type { EventsLogger } from '../../logger.js';
import { partitionOf } from '../../partitioner.js';
import { AcknowledgedProducer } from './acknowledged-producer.js';
import { createClient, type KafkaConnection } from './client.js';
import { FencedSockets } from './fenced-sockets.js';
import { kafkajsLog } from './kafkajs-log.js';
import { LogOffsets } from './log-offsets.js';
import type { PlacedRecord } from './send-plan.js';
import { KafkaSubscription } from './subscription.js';
import { TOMBSTONE_RETENTION_MS } from './topic-settings.js';
import { Topics } from './topics.js';
import { within } from '../../within.js';

export interface KafkaLogOptions extends KafkaConnection {
  logger: EventsLogger;
  /** Copies of each partition of a topic that is created; by default three, or as many as there are brokers. */
  replication?: number;
  /** How long a consumer that died keeps its partitions (ms). */
  sessionTimeoutMs?: number;
  heartbeatMs?: number;
  /** A publish that is not through after so long is rejected (ms). */
  publishTimeoutMs?: number;
  /** How long tombstones stay in the topics (ms). */
  tombstoneRetentionMs?: number;
  /** The connections of consumers and of administration, for who wants to cut them. */
  sockets?: FencedSockets;
}

const GOODBYE_MS = 500;

/** Kafka cannot be reached at the start: the sentence says where, and what to look at. */
class LogUnreachableError extends Error {
  override name = 'LogUnreachableError';
}

/** The event log in Apache Kafka. */
export class KafkaLogDriver implements EventLogDriver {
  readonly name = 'kafka';
  private readonly sockets: FencedSockets;
  private readonly kafka: Kafka;
  private readonly admin: Admin;
  private readonly topics: Topics;
  private readonly offsets: LogOffsets;
  private readonly producer: AcknowledgedProducer;
  private readonly subscriptions = new Set<KafkaSubscription>();
  private checking?: Promise<void>;

  constructor(private readonly options: KafkaLogOptions) {
    const { logger } = options;
    this.sockets = options.sockets ?? new FencedSockets();
    const log = kafkajsLog(logger);
    this.kafka = createClient(options, this.sockets, log);
    this.admin = this.kafka.admin();
    this.topics = new Topics(this.admin, logger, options.replication);
    this.offsets = new LogOffsets(this.admin, options.tombstoneRetentionMs ?? TOMBSTONE_RETENTION_MS);
    this.producer = new AcknowledgedProducer({
      client: (sockets) => createClient(options, sockets, log),
      logger,
      deadlineMs: options.publishTimeoutMs ?? 60_000,
    });
  }

  /** @throws LogUnreachableError */
  async start(): Promise<void> {
    try {
      await this.admin.connect();
    } catch (error) {
      throw new LogUnreachableError(
        `Kafka cannot be used at ${this.options.brokers.join(', ')} (${(error as Error).message}): check KAFKA_BROKERS, KAFKA_SSL and KAFKA_SASL_…, and that the brokers run.`,
        { cause: error },
      );
    }
  }

  async ensureTopics(topics: readonly TopicSpec[]): Promise<void> {
    await this.topics.ensure(topics);
  }

  async publish(records: readonly OutgoingRecord[], signal?: AbortSignal): Promise<void> {
    if (records.length > 0) await this.producer.publish(await this.place(records), signal);
  }

  subscribe(options: SubscribeOptions): Promise<Subscription> {
    const { logger, sessionTimeoutMs = 15_000, heartbeatMs = 1_500 } = this.options;
    const subscription = new KafkaSubscription(this.kafka, this.offsets, options, {
      ...{ logger, sessionTimeoutMs, heartbeatMs },
    });
    this.subscriptions.add(subscription);
    subscription.start();
    return Promise.resolve({
      stop: async () => {
        this.subscriptions.delete(subscription);
        await subscription.stop();
      },
    });
  }

  ends(topics: readonly string[]): Promise<PartitionEnd[]> {
    return this.offsets.ends(topics);
  }

  /** Rejects, too, when a consumer has crashed and is not back, or does not get on. */
  async check(): Promise<void> {
    for (const { trouble } of this.subscriptions) if (trouble) throw new Error(trouble);
    // kafkajs tries for longer than who asks waits.
    this.checking ??= this.admin
      .describeCluster()
      .then(() => undefined)
      .finally(() => (this.checking = undefined));
    await this.checking;
  }

  async close(): Promise<void> {
    await Promise.all([...this.subscriptions].map((subscription) => subscription.stop()));
    this.subscriptions.clear();
    await this.producer.close();
    await within(
      GOODBYE_MS,
      this.admin.disconnect().catch(() => undefined),
    );
    this.sockets.close();
  }

  private async place(records: readonly OutgoingRecord[]): Promise<PlacedRecord[]> {
    const names = [...new Set(records.map(({ topic }) => topic))];
    const counts = new Map(
      await Promise.all(names.map(async (name) => [name, await this.topics.partitionsOf(name)] as const)),
    );
    return records.map((record) => ({
      ...record,
      partition: partitionOf(record.key, counts.get(record.topic) ?? 1),
    }));
  }
}
