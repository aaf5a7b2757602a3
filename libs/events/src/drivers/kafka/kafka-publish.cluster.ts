import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import {
  type CloudEvent,
  Kafka as CloudEventsKafka,
  type KafkaMessage as CloudEventsMessage,
} from 'cloudevents';
import { eventually } from '#platform/testing';
import { itemTopic } from '../../../test/items.js';
import { encodeEvent } from '../../event.js';
import { partitionOf } from '../../partitioner.js';
import { KafkaBed, record, WAIT } from './test/kafka-bed.js';

describe('What the Kafka driver publishes', () => {
  const kafka = new KafkaBed();

  it('writes what any Kafka tool reads: CloudEvents in binary mode, each key where Kafka puts it', async () => {
    const topic = itemTopic();
    const driver = await kafka.start();
    await driver.ensureTopics([{ name: topic.name, partitions: 3 }]);
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const states = Array.from({ length: 20 }, () => ({ id: randomUUID(), version: 1, label: 'Thợ hàn' }));
    const events = states.map((state) =>
      encodeEvent({ topic, happening: 'made', key: state.id, state }, { traceparent }),
    );
    const [erased] = states;
    const tombstone = encodeEvent({ topic, happening: 'erased', key: erased?.id ?? '', state: null }, {});
    await driver.publish([...events, tombstone]);
    const messages = await kafka.raw(topic.name, 21);
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
    const driver = await kafka.start();
    await driver.ensureTopics([{ name, partitions: 1 }]);
    // Random letters: nothing that compression could make small.
    const large = () => JSON.stringify(Array.from({ length: 22 }, () => randomUUID().repeat(1_000)));
    const records = Array.from({ length: 9 }, () => record(name, randomUUID(), large().slice(0, 780_000)));
    await driver.publish(records);
    await driver.publish([record(name, 'as-large-as-may-be', 'x'.repeat(1_000_000))]);
    const reader = await kafka.reading(driver, name);
    await eventually(() => reader.records().length === 10, WAIT);
    expect(reader.records().map(({ key }) => key)).toEqual([
      ...records.map(({ key }) => key),
      'as-large-as-may-be',
    ]);
  });

  it('rejects a publish that gets no answer in time, and publishes again when there is one', async () => {
    const { name } = itemTopic();
    const driver = await kafka.start({ publishTimeoutMs: 1 });
    await driver.ensureTopics([{ name, partitions: 1 }]);
    await expect(driver.publish([record(name)])).rejects.toThrow('no acknowledgement from Kafka within');
    const patient = await kafka.start();
    await patient.publish([record(name, 'later')]);
    expect((await kafka.raw(name, 1)).map(({ key }) => String(key))).toContain('later');
  });

  it('sends nothing more once the publish is called off', async () => {
    const { name } = itemTopic();
    const driver = await kafka.start();
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
    const keys = (await kafka.raw(name, sent + 1)).map(({ key }) => String(key));
    expect(keys).toEqual(['before', ...many.slice(0, sent - 1).map(({ key }) => key), 'after']);
    const early = new AbortController();
    early.abort(new Error('the lock is lost'));
    await expect(driver.publish([record(name, 'never')], early.signal)).rejects.toThrow('the lock is lost');
  });
});
