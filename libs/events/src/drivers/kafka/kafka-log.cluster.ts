import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type CloudEvent,
  Kafka as CloudEventsKafka,
  type KafkaMessage as CloudEventsMessage,
} from 'cloudevents';
import kafkajs, { type Admin, type Kafka, type KafkaMessage } from 'kafkajs';
import { eventually, testBrokers } from '#platform/testing';
import { itemTopic } from '../../../test/items.js';
import type { LogRecord, OutgoingRecord, PartitionBatch } from '../../driver.js';
import { encodeEvent } from '../../event.js';
import type { EventsLogger } from '../../logger.js';
import { partitionOf } from '../../partitioner.js';
import { FencedSockets } from './fenced-sockets.js';
import { KafkaLogDriver, type KafkaLogOptions } from './kafka-log.driver.js';

const WAIT = { timeoutMs: 30_000 };

/** What is Kafka's own: what all event logs do alike stands in the suite of the drivers. */
describe('The Kafka driver', () => {
  const kafka: Kafka = new kafkajs.Kafka({ brokers: testBrokers(), logLevel: kafkajs.logLevel.NOTHING });
  let admin: Admin;
  let drivers: KafkaLogDriver[] = [];
  const told: { level: string; message: string; context: object }[] = [];
  const tell = (level: string) => (context: object, message: string) =>
    told.push({ level, message, context });
  const logger: EventsLogger = {
    ...{ debug: () => undefined, info: tell('info'), warn: tell('warn'), error: tell('error') },
  };

  beforeAll(async () => {
    admin = kafka.admin();
    await admin.connect();
  });
  afterAll(() => admin.disconnect());
  beforeEach(() => {
    told.length = 0;
  });
  afterEach(async () => {
    await Promise.all(drivers.map((driver) => driver.close()));
    drivers = [];
  });

  const start = async (options: Partial<KafkaLogOptions> = {}): Promise<KafkaLogDriver> => {
    const driver = new KafkaLogDriver({
      ...{ brokers: testBrokers(), clientId: 'spec', logger, sessionTimeoutMs: 6_000, heartbeatMs: 300 },
      ...options,
    });
    drivers.push(driver);
    await driver.start();
    return driver;
  };
  const record = (topic: string, key: string = randomUUID(), value: string | null = '{}'): OutgoingRecord => {
    const eventId = randomUUID();
    return { topic, key, eventId, headers: { ce_id: eventId }, value };
  };
  const settingsOf = async (topic: string): Promise<Map<string, string>> => {
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name: topic }],
    });
    return new Map(
      resources[0]?.configEntries.map(({ configName, configValue }) => [configName, configValue]),
    );
  };
  /** Subscribes with positions of the test's own. */
  const reading = async (
    driver: KafkaLogDriver,
    topic: string,
    { from = 0, group = `reader-${randomUUID()}`, onBatch }: ReadingOptions = {},
  ) => {
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
    return { batches, positions, records, subscription, group };
  };
  interface ReadingOptions {
    from?: number;
    group?: string;
    onBatch?: (batch: PartitionBatch) => Promise<void>;
  }
  /** Every message of a topic as any Kafka client sees it. */
  const raw = async (topic: string, count: number): Promise<(KafkaMessage & { partition: number })[]> => {
    const messages: (KafkaMessage & { partition: number })[] = [];
    const consumer = kafka.consumer({ groupId: `raw-${randomUUID()}`, maxWaitTimeInMs: 100 });
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
  };

  it('makes topics that are compacted within a day, and keep tombstones for thirty', async () => {
    const { name } = itemTopic();
    const driver = await start();
    await driver.ensureTopics([{ name, partitions: 4 }]);
    const { topics } = await admin.fetchTopicMetadata({ topics: [name] });
    expect(topics[0]?.partitions).toHaveLength(4);
    const settings = await settingsOf(name);
    expect(settings.get('cleanup.policy')).toBe('compact');
    expect(settings.get('max.compaction.lag.ms')).toBe('86400000');
    expect(settings.get('delete.retention.ms')).toBe('2592000000');
    expect(settings.get('segment.ms')).toBe('21600000');
    expect(settings.get('min.insync.replicas')).toBe('1');
    expect(told).toEqual([]);
  });

  it('puts a topic’s settings right and leaves alone what an operator has set besides', async () => {
    const { name } = itemTopic();
    await admin.createTopics({
      waitForLeaders: false,
      topics: [
        {
          topic: name,
          numPartitions: 3,
          configEntries: [
            { name: 'retention.ms', value: '60000' },
            { name: 'compression.type', value: 'gzip' },
          ],
        },
      ],
    });
    await eventually(async () => (await admin.listTopics()).includes(name), WAIT);
    const driver = await start();
    await driver.ensureTopics([{ name, partitions: 3 }]);
    const settings = await settingsOf(name);
    expect(settings.get('cleanup.policy')).toBe('compact');
    expect(settings.get('compression.type')).toBe('gzip');
    expect(told).toEqual([
      expect.objectContaining({ level: 'warn', message: 'settings of a topic put right' }),
    ]);
    told.length = 0;
    await driver.ensureTopics([{ name, partitions: 3 }]);
    expect(told).toEqual([]);
  });

  it('refuses a topic with another number of partitions, and publishes to none that does not exist', async () => {
    const { name } = itemTopic();
    const driver = await start();
    await driver.ensureTopics([{ name, partitions: 3 }]);
    await expect(driver.ensureTopics([{ name, partitions: 6 }])).rejects.toThrow(
      `the topic ${name} has 3 partitions and this version expects 6`,
    );
    const other = await start();
    await expect(other.ensureTopics([{ name, partitions: 6 }])).rejects.toThrow();
    await expect(other.publish([record(name)])).rejects.toThrow('and this version expects 6');
    await expect(driver.publish([record('suite.nowhere')])).rejects.toThrow(
      'the event log has no topic suite.nowhere',
    );
  });

  it('writes what any Kafka tool reads: CloudEvents in binary mode, each key where Kafka puts it', async () => {
    const topic = itemTopic();
    const driver = await start();
    await driver.ensureTopics([{ name: topic.name, partitions: 3 }]);
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const states = Array.from({ length: 20 }, () => ({ id: randomUUID(), version: 1, label: 'Thợ hàn' }));
    const events = states.map((state) =>
      encodeEvent({ topic, happening: 'made', key: state.id, state }, { traceparent }),
    );
    const [erased] = states;
    const tombstone = encodeEvent({ topic, happening: 'erased', key: erased?.id ?? '', state: null }, {});
    await driver.publish([...events, tombstone]);
    const messages = await raw(topic.name, 21);
    for (const { key, partition } of messages) expect(partition).toBe(partitionOf(String(key), 3));
    for (const [n, state] of states.entries()) {
      const message = messages.find(({ key, value }) => String(key) === state.id && value !== null);
      const headers = Object.fromEntries(
        Object.entries(message?.headers ?? {}).map(([name, value]) => [name, String(value)]),
      );
      const value = String(message?.value);
      const event = CloudEventsKafka.toEvent({
        headers,
        value,
        body: value,
      } as unknown as CloudEventsMessage);
      expect((event as CloudEvent).validate()).toBe(true);
      expect(event).toMatchObject({
        ...{ specversion: '1.0', id: events[n]?.eventId, subject: state.id, data: state, traceparent },
        ...{ type: `vn.${topic.name}.made.v1`, source: '/suite', datacontenttype: 'application/json' },
      });
    }
    const last = messages.filter(({ key }) => String(key) === erased?.id).at(-1);
    expect([last?.value, String(last?.headers?.['ce_id'])]).toEqual([null, tombstone.eventId]);
  });

  it('sends what is larger than a broker takes at once in pieces, in order, and reads it', async () => {
    const { name } = itemTopic();
    const driver = await start();
    await driver.ensureTopics([{ name, partitions: 1 }]);
    // Random letters: nothing that compression could make small.
    const large = () => JSON.stringify(Array.from({ length: 22 }, () => randomUUID().repeat(1_000)));
    const records = Array.from({ length: 9 }, () => record(name, randomUUID(), large().slice(0, 780_000)));
    await driver.publish(records);
    await driver.publish([record(name, 'as-large-as-may-be', 'x'.repeat(1_000_000))]);
    const reader = await reading(driver, name);
    await eventually(() => reader.records().length === 10, WAIT);
    expect(reader.records().map(({ key }) => key)).toEqual([
      ...records.map(({ key }) => key),
      'as-large-as-may-be',
    ]);
  });

  it('rejects a publish that gets no answer in time, and publishes again when there is one', async () => {
    const { name } = itemTopic();
    const driver = await start({ publishTimeoutMs: 1 });
    await driver.ensureTopics([{ name, partitions: 1 }]);
    await expect(driver.publish([record(name)])).rejects.toThrow('no acknowledgement from Kafka within');
    const patient = await start();
    await patient.publish([record(name, 'later')]);
    expect((await raw(name, 1)).map(({ key }) => String(key))).toContain('later');
  });

  it('sends nothing more once the publish is called off', async () => {
    const { name } = itemTopic();
    const driver = await start();
    await driver.ensureTopics([{ name, partitions: 1 }]);
    await driver.publish([record(name, 'before')]);
    const off = new AbortController();
    // Each of them takes a round of its own, and time: nothing that compression could make small.
    const large = (): string => JSON.stringify(randomBytes(650_000).toString('base64'));
    const many = Array.from({ length: 40 }, (_, n) => record(name, `${n}`, large()));
    const sending = expect(driver.publish(many, off.signal)).rejects.toThrow('no longer held');
    const end = async (): Promise<number> => (await driver.ends([name]))[0]?.end ?? 0;
    await eventually(async () => (await end()) > 1, { ...WAIT, intervalMs: 5 });
    off.abort(new Error('the lock is lost'));
    await sending;
    // What a broker has received already it may still append.
    await sleep(1_000);
    const sent = await end();
    expect(sent).toBeLessThan(many.length);
    await sleep(2_000);
    expect(await end()).toBe(sent);
    await driver.publish([record(name, 'after')]);
    const keys = (await raw(name, sent + 1)).map(({ key }) => String(key));
    expect(keys).toEqual(['before', ...many.slice(0, sent - 1).map(({ key }) => key), 'after']);
    const early = new AbortController();
    early.abort(new Error('the lock is lost'));
    await expect(driver.publish([record(name, 'never')], early.signal)).rejects.toThrow('the lock is lost');
  });

  it('goes on at the position of its consumer, whatever Kafka has for the group, and tells Kafka for the tools', async () => {
    const { name } = itemTopic();
    const driver = await start();
    await driver.ensureTopics([{ name, partitions: 1 }]);
    await driver.publish(['a', 'b', 'c', 'd'].map((key) => record(name, key)));
    const first = await reading(driver, name, { from: 2 });
    await eventually(() => first.records().length === 2, WAIT);
    expect(first.records().map(({ key }) => key)).toEqual(['c', 'd']);
    await eventually(async () => {
      const [offsets] = await admin.fetchOffsets({ groupId: first.group, topics: [name] });
      return offsets?.partitions[0]?.offset === '4';
    }, WAIT);
    await first.subscription.stop();
    const again = await reading(driver, name, { from: 1, group: first.group });
    await eventually(() => again.records().length === 3, WAIT);
    expect(again.records().map(({ key }) => key)).toEqual(['b', 'c', 'd']);
  });

  it('passes over what transactions of others leave at the end of a partition', async () => {
    const { name } = itemTopic();
    const driver = await start();
    await driver.ensureTopics([{ name, partitions: 1 }]);
    const foreign = kafka.producer({ transactionalId: `foreign-${randomUUID()}`, maxInFlightRequests: 1 });
    await foreign.connect();
    for (const end of ['commit', 'abort'] as const) {
      const transaction = await foreign.transaction();
      await transaction.send({ topic: name, messages: [{ key: end, value: '{}' }] });
      await transaction[end]();
    }
    await foreign.disconnect();
    const reader = await reading(driver, name);
    // The broker writes a transaction's marker after it has answered: two records, and two markers.
    await eventually(async () => (await driver.ends([name]))[0]?.end === 4, WAIT);
    await eventually(() => reader.positions.get(0) === 4, WAIT);
    expect(reader.records().map(({ key }) => key)).toEqual(['commit']);
  });

  it('reads from the log’s start when that has moved beyond the position, and says that erasures may be missed', async () => {
    const { name } = itemTopic();
    const driver = await start({ tombstoneRetentionMs: 1_000 });
    await driver.ensureTopics([{ name, partitions: 1 }]);
    await driver.publish(['a', 'b', 'c', 'd'].map((key) => record(name, key)));
    await admin.alterConfigs({
      validateOnly: false,
      resources: [
        {
          type: kafkajs.ConfigResourceTypes.TOPIC,
          name,
          configEntries: [{ name: 'cleanup.policy', value: 'compact,delete' }],
        },
      ],
    });
    // The broker refuses until it has heard of the policy.
    await eventually(async () => {
      await admin.deleteTopicRecords({ topic: name, partitions: [{ partition: 0, offset: '3' }] });
      return true;
    }, WAIT);
    await sleep(1_100);
    const reader = await reading(driver, name, { from: 1 });
    await eventually(() => reader.records().length === 1, WAIT);
    expect(reader.records().map(({ key, offset }) => [key, offset])).toEqual([['d', 3]]);
    await eventually(
      () => told.some(({ message }) => message.includes('erasures may have passed unseen')),
      WAIT,
    );
    told.length = 0;
    // A group that was away no longer than that, and a new one, have missed nothing.
    await (await start()).publish([record(name, 'e')]);
    const young = await reading(await start(), name, { from: 4 });
    const fresh = await reading(await start({ tombstoneRetentionMs: 1_000 }), name);
    await eventually(() => young.records().length === 1 && fresh.records().length === 2, WAIT);
    await sleep(300);
    expect(told.filter(({ message }) => message.includes('erasures'))).toEqual([]);
  });

  it('says what is wrong while a position is beyond the log’s end: that log is not the one that was read', async () => {
    const { name } = itemTopic();
    const driver = await start();
    await driver.ensureTopics([{ name, partitions: 1 }]);
    await driver.publish([record(name)]);
    const reader = await reading(driver, name, { from: 500 });
    await eventually(async () => {
      await expect(driver.check()).rejects.toThrow(`${name}/0 ends at 1, before the stored position 500`);
      return true;
    }, WAIT);
    reader.positions.set(0, 0);
    await eventually(() => reader.records().length === 1, WAIT);
    await driver.check();
  });

  it('says what is wrong while a consumer has crashed, and the consumer comes back', async () => {
    const { name } = itemTopic();
    const sockets = new FencedSockets();
    const driver = await start({ sockets });
    await driver.ensureTopics([{ name, partitions: 1 }]);
    const reader = await reading(driver, name);
    await driver.publish([record(name, 'before')]);
    await eventually(() => reader.records().length === 1, WAIT);
    await driver.check();
    // No broker answers for a while, as when all are away.
    let away = true;
    void (async () => {
      while (away) {
        sockets.drop(new Error('away'));
        await sleep(20);
      }
    })();
    await eventually(async () => {
      await expect(driver.check()).rejects.toThrow(`group ${reader.group} does not consume`);
      return true;
    }, WAIT);
    expect(told.filter(({ level }) => level === 'error').map(({ message }) => message)).toContain(
      'consumer has crashed and is made anew',
    );
    away = false;
    await (await start()).publish([record(name, 'after')]);
    await eventually(() => reader.records().length === 2, WAIT);
    expect(reader.records().map(({ key }) => key)).toEqual(['before', 'after']);
    await eventually(async () => {
      await driver.check();
      return true;
    }, WAIT);
  });

  it('stays in its group while a batch takes longer than a session, and leaves when it is done', async () => {
    const { name } = itemTopic();
    const driver = await start();
    await driver.ensureTopics([{ name, partitions: 2 }]);
    let hold = true;
    const reader = await reading(driver, name, {
      onBatch: async () => {
        while (hold) await sleep(50);
      },
    });
    await driver.publish([record(name)]);
    await sleep(8_000);
    const [held] = (await admin.describeGroups([reader.group])).groups;
    expect([held?.state, held?.members.length]).toEqual(['Stable', 1]);
    let stopped = false;
    const stop = reader.subscription.stop().then(() => (stopped = true));
    await sleep(500);
    expect(stopped).toBe(false);
    hold = false;
    await stop;
    expect(reader.records()).toHaveLength(1);
    const [left] = (await admin.describeGroups([reader.group])).groups;
    expect(left?.members).toEqual([]);
  });

  it('says what to look at when no broker is there', async () => {
    const driver = new KafkaLogDriver({ brokers: ['127.0.0.1:9'], clientId: 'spec', logger });
    await expect(driver.start()).rejects.toThrow(
      /^Kafka cannot be used at 127.0.0.1:9 .*check KAFKA_BROKERS/,
    );
    await driver.close();
  });
});
