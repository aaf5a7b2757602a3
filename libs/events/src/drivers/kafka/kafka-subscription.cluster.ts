import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import kafkajs from 'kafkajs';
import { eventually } from '#platform/testing';
import { itemTopic } from '../../../test/items.js';
import { FencedSockets } from './fenced-sockets.js';
import { KafkaBed, record, WAIT } from './test/kafka-bed.js';

describe('The Kafka driver’s consumers', () => {
  const kafka = new KafkaBed();

  it('goes on at the position of its consumer, whatever Kafka has for the group, and tells Kafka for the tools', async () => {
    const { name } = itemTopic();
    const driver = await kafka.start();
    await driver.ensureTopics([{ name, partitions: 1 }]);
    await driver.publish(['a', 'b', 'c', 'd'].map((key) => record(name, key)));
    const first = await kafka.reading(driver, name, { from: 2 });
    await eventually(() => first.records().length === 2, WAIT);
    expect(first.records().map(({ key }) => key)).toEqual(['c', 'd']);
    await eventually(async () => {
      const [offsets] = await kafka.admin.fetchOffsets({ groupId: first.group, topics: [name] });
      return offsets?.partitions[0]?.offset === '4';
    }, WAIT);
    await first.subscription.stop();
    const again = await kafka.reading(driver, name, { from: 1, group: first.group });
    await eventually(() => again.records().length === 3, WAIT);
    expect(again.records().map(({ key }) => key)).toEqual(['b', 'c', 'd']);
  });

  it('passes over what transactions of others leave at the end of a partition', async () => {
    const { name } = itemTopic();
    const driver = await kafka.start();
    await driver.ensureTopics([{ name, partitions: 1 }]);
    const foreign = kafka.client.producer({
      transactionalId: `foreign-${randomUUID()}`,
      maxInFlightRequests: 1,
    });
    await foreign.connect();
    for (const end of ['commit', 'abort'] as const) {
      const transaction = await foreign.transaction();
      await transaction.send({ topic: name, messages: [{ key: end, value: '{}' }] });
      await transaction[end]();
    }
    await foreign.disconnect();
    const reader = await kafka.reading(driver, name);
    // The broker writes a transaction's marker after it has answered: two records, and two markers.
    await eventually(async () => (await driver.ends([name]))[0]?.end === 4, WAIT);
    await eventually(() => reader.positions.get(0) === 4, WAIT);
    expect(reader.records().map(({ key }) => key)).toEqual(['commit']);
  });

  it('reads from the log’s start when that has moved beyond the position, and says that erasures may be missed', async () => {
    const { name } = itemTopic();
    const driver = await kafka.start({ tombstoneRetentionMs: 1_000 });
    await driver.ensureTopics([{ name, partitions: 1 }]);
    await driver.publish(['a', 'b', 'c', 'd'].map((key) => record(name, key)));
    await kafka.admin.alterConfigs({
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
      await kafka.admin.deleteTopicRecords({ topic: name, partitions: [{ partition: 0, offset: '3' }] });
      return true;
    }, WAIT);
    await sleep(1_100);
    const reader = await kafka.reading(driver, name, { from: 1 });
    await eventually(() => reader.records().length === 1, WAIT);
    expect(reader.records().map(({ key, offset }) => [key, offset])).toEqual([['d', 3]]);
    await eventually(
      () => kafka.told.some(({ message }) => message.includes('erasures may have passed unseen')),
      WAIT,
    );
    kafka.told.length = 0;
    // A group that was away no longer than that, and a new one, have missed nothing.
    await (await kafka.start()).publish([record(name, 'e')]);
    const young = await kafka.reading(await kafka.start(), name, { from: 4 });
    const fresh = await kafka.reading(await kafka.start({ tombstoneRetentionMs: 1_000 }), name);
    await eventually(() => young.records().length === 1 && fresh.records().length === 2, WAIT);
    await sleep(300);
    expect(kafka.told.filter(({ message }) => message.includes('erasures'))).toEqual([]);
  });

  it('says what is wrong while a position is beyond the log’s end: that log is not the one that was read', async () => {
    const { name } = itemTopic();
    const driver = await kafka.start();
    await driver.ensureTopics([{ name, partitions: 1 }]);
    await driver.publish([record(name)]);
    const reader = await kafka.reading(driver, name, { from: 500 });
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
    const driver = await kafka.start({ sockets });
    await driver.ensureTopics([{ name, partitions: 1 }]);
    const reader = await kafka.reading(driver, name);
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
    expect(kafka.told.filter(({ level }) => level === 'error').map(({ message }) => message)).toContain(
      'consumer has crashed and is made anew',
    );
    away = false;
    await (await kafka.start()).publish([record(name, 'after')]);
    await eventually(() => reader.records().length === 2, WAIT);
    expect(reader.records().map(({ key }) => key)).toEqual(['before', 'after']);
    await eventually(async () => {
      await driver.check();
      return true;
    }, WAIT);
  });

  it('stays in its group while a batch takes longer than a session, and leaves when it is done', async () => {
    const { name } = itemTopic();
    const driver = await kafka.start();
    await driver.ensureTopics([{ name, partitions: 2 }]);
    let hold = true;
    const reader = await kafka.reading(driver, name, {
      onBatch: async () => {
        while (hold) await sleep(50);
      },
    });
    await driver.publish([record(name)]);
    await sleep(8_000);
    const [held] = (await kafka.admin.describeGroups([reader.group])).groups;
    expect([held?.state, held?.members.length]).toEqual(['Stable', 1]);
    let stopped = false;
    const stop = reader.subscription.stop().then(() => (stopped = true));
    await sleep(500);
    expect(stopped).toBe(false);
    hold = false;
    await stop;
    expect(reader.records()).toHaveLength(1);
    const [left] = (await kafka.admin.describeGroups([reader.group])).groups;
    expect(left?.members).toEqual([]);
  });
});
