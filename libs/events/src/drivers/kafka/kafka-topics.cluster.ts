import { describe, expect, it } from '@jest/globals';
import { eventually } from '#platform/testing';
import { itemTopic } from '../../../test/items.js';
import { KafkaLogDriver } from './kafka-log.driver.js';
import { KafkaBed, record, WAIT } from './test/kafka-bed.js';

describe('The Kafka driver’s topics', () => {
  const kafka = new KafkaBed();

  it('makes topics that are compacted within a day, and keep tombstones for thirty', async () => {
    const { name } = itemTopic();
    const driver = await kafka.start();
    await driver.ensureTopics([{ name, partitions: 4 }]);
    const { topics } = await kafka.admin.fetchTopicMetadata({ topics: [name] });
    expect(topics[0]?.partitions).toHaveLength(4);
    const settings = await kafka.settingsOf(name);
    expect(settings.get('cleanup.policy')).toBe('compact');
    expect(settings.get('max.compaction.lag.ms')).toBe('86400000');
    expect(settings.get('delete.retention.ms')).toBe('2592000000');
    expect(settings.get('segment.ms')).toBe('21600000');
    expect(settings.get('min.insync.replicas')).toBe('1');
    expect(kafka.told).toEqual([]);
  });

  it('puts a topic’s settings right and leaves alone what an operator has set besides', async () => {
    const { name } = itemTopic();
    await kafka.admin.createTopics({
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
    await eventually(async () => (await kafka.admin.listTopics()).includes(name), WAIT);
    const driver = await kafka.start();
    await driver.ensureTopics([{ name, partitions: 3 }]);
    // A broker answers with what it has read of the controller's log, which may be a moment behind.
    await eventually(async () => (await kafka.settingsOf(name)).get('cleanup.policy') === 'compact', WAIT);
    expect((await kafka.settingsOf(name)).get('compression.type')).toBe('gzip');
    expect(kafka.told).toEqual([
      expect.objectContaining({ level: 'warn', message: 'settings of a topic put right' }),
    ]);
    kafka.told.length = 0;
    await driver.ensureTopics([{ name, partitions: 3 }]);
    expect(kafka.told).toEqual([]);
  });

  it('refuses a topic with another number of partitions, and publishes to none that does not exist', async () => {
    const { name } = itemTopic();
    const driver = await kafka.start();
    await driver.ensureTopics([{ name, partitions: 3 }]);
    await expect(driver.ensureTopics([{ name, partitions: 6 }])).rejects.toThrow(
      `the topic ${name} has 3 partitions and this version expects 6`,
    );
    const other = await kafka.start();
    await expect(other.ensureTopics([{ name, partitions: 6 }])).rejects.toThrow();
    await expect(other.publish([record(name)])).rejects.toThrow('and this version expects 6');
    await expect(driver.publish([record('suite.nowhere')])).rejects.toThrow(
      'the event log has no topic suite.nowhere',
    );
  });

  it('says what to look at when no broker is there', async () => {
    const driver = new KafkaLogDriver({ brokers: ['127.0.0.1:9'], clientId: 'spec', logger: kafka.logger });
    await expect(driver.start()).rejects.toThrow(
      /^Kafka cannot be used at 127.0.0.1:9 .*check KAFKA_BROKERS/,
    );
    await driver.close();
  });
});
