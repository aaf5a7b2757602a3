import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import kafkajs, { type Admin, type KafkaMessage } from 'kafkajs';
import { eventually, testBrokers } from '#platform/testing';
import type { LogRecord, OutgoingRecord, PartitionBatch, Subscription } from '../../../driver.js';
import type { EventsLogger } from '../../../logger.js';
import { KafkaLogDriver, type KafkaLogOptions } from '../kafka-log.driver.js';

export const WAIT = { timeoutMs: 30_000 };

interface ReadingOptions {
  /** Position of a partition that has none; default its start. */
  from?: number;
  group?: string;
  onBatch?: (batch: PartitionBatch) => Promise<void>;
}

/** What a consumer of a test has read, and where it stands. */
interface Reader {
  positions: Map<number, number>;
  records(): LogRecord[];
  subscription: Subscription;
  group: string;
}

/**
 * Drivers on the test's brokers for what is Kafka's own, and any Kafka client beside them: what all event logs do
 * alike stands in the suite of the drivers.
 */
export class KafkaBed {
  readonly client = new kafkajs.Kafka({ brokers: testBrokers(), logLevel: kafkajs.logLevel.NOTHING });
  readonly admin: Admin = this.client.admin();
  /** What the drivers have logged since the test began. */
  readonly told: { level: string; message: string; context: object }[] = [];
  readonly logger: EventsLogger;
  private drivers: KafkaLogDriver[] = [];

  /** Makes and removes all that around the tests of the suite that calls it. */
  constructor() {
    const tell = (level: string) => (context: object, message: string) =>
      this.told.push({ level, message, context });
    this.logger = { debug: () => undefined, info: tell('info'), warn: tell('warn'), error: tell('error') };
    beforeAll(() => this.admin.connect());
    afterAll(() => this.admin.disconnect());
    beforeEach(() => {
      this.told.length = 0;
    });
    afterEach(async () => {
      await Promise.all(this.drivers.map((driver) => driver.close()));
      this.drivers = [];
    });
  }

  async start(options: Partial<KafkaLogOptions> = {}): Promise<KafkaLogDriver> {
    const driver = new KafkaLogDriver({
      ...{ brokers: testBrokers(), clientId: 'spec', logger: this.logger },
      ...{ sessionTimeoutMs: 6_000, heartbeatMs: 300 },
      ...options,
    });
    this.drivers.push(driver);
    await driver.start();
    return driver;
  }

  /** Settings of a topic by their names. */
  async settingsOf(topic: string): Promise<Map<string, string>> {
    const { resources } = await this.admin.describeConfigs({
      includeSynonyms: false,
      resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name: topic }],
    });
    return new Map(
      resources[0]?.configEntries.map(({ configName, configValue }) => [configName, configValue]),
    );
  }

  /** Subscribes with positions of the test's own. */
  async reading(
    driver: KafkaLogDriver,
    topic: string,
    { from = 0, group = `reader-${randomUUID()}`, onBatch }: ReadingOptions = {},
  ): Promise<Reader> {
    const batches: PartitionBatch[] = [];
    const positions = new Map<number, number>();
    const subscription = await driver.subscribe({
      group,
      topics: [topic],
      position: (_, partition) => Promise.resolve(positions.get(partition) ?? from),
      handle: async (batch) => {
        await onBatch?.(batch);
        batches.push(batch);
        positions.set(batch.partition, batch.next ?? (batch.records.at(-1)?.offset ?? -1) + 1);
      },
    });
    const records = (): LogRecord[] => batches.flatMap((batch) => batch.records);
    return { positions, records, subscription, group };
  }

  /** Every message of a topic as any Kafka client sees it. */
  async raw(topic: string, count: number): Promise<(KafkaMessage & { partition: number })[]> {
    const messages: (KafkaMessage & { partition: number })[] = [];
    const consumer = this.client.consumer({ groupId: `raw-${randomUUID()}`, maxWaitTimeInMs: 100 });
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      eachMessage: ({ message, partition }) => {
        messages.push({ ...message, partition });
        return Promise.resolve();
      },
    });
    await eventually(() => messages.length >= count, WAIT);
    await consumer.disconnect();
    return messages;
  }
}

/** A record that any driver takes. */
export function record(
  topic: string,
  key: string = randomUUID(),
  value: string | null = '{}',
): OutgoingRecord {
  const eventId = randomUUID();
  return { topic, key, eventId, headers: { ce_id: eventId }, value };
}
