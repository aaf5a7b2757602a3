import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { EventsLogger, LogRecord, OutgoingRecord } from '#events';
import { eventually } from '#platform/testing';
import { type LocalKafka, startKafka } from '../../../deploy/kafka-local/kafka-local.mjs';
import { KafkaLogDriver } from '../src/drivers/kafka/kafka-log.driver.js';
import { randomOf } from './items.js';

const PARTITIONS = 6;
const WRITERS = 3;
const KEYS = 300;
const DEATHS = 2;

describe('Three brokers of which one is killed -9 under load', () => {
  const random = randomOf(jest.getSeed());
  let folder: string;
  let kafka: LocalKafka | undefined;
  const drivers: KafkaLogDriver[] = [];
  let resent = 0;
  const logger: EventsLogger = {
    debug() {},
    info() {},
    error() {},
    warn: (context, message) => {
      if (message.startsWith('no acknowledgement')) {
        resent += (context as { partitions: string[] }).partitions.length;
      }
    },
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'noi-viec-acks-'));
    kafka = await startKafka({ brokers: 3, dataDir: folder });
  }, 240_000);
  afterAll(async () => {
    await Promise.all(drivers.map((driver) => driver.close()));
    await kafka?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const start = async (): Promise<KafkaLogDriver> => {
    const driver = new KafkaLogDriver({
      brokers: (kafka?.bootstrap ?? '').split(','),
      clientId: 'acks',
      logger,
    });
    drivers.push(driver);
    await driver.start();
    return driver;
  };

  it('has every event that was acknowledged, in the order of each key, and no second one under another id', async () => {
    const topics = Array.from({ length: WRITERS }, (_, n) => `acks.item-${n}-${Date.now().toString(36)}`);
    const reader = await start();
    await reader.ensureTopics(topics.map((name) => ({ name, partitions: PARTITIONS })));
    let going = true;
    const writers = topics.map(async (topic) => write(topic, await start(), () => going, random));
    for (let death = 0; death < DEATHS; death++) {
      await sleep(4_000 + random() * 2_000);
      const broker = kafka?.brokers[Math.floor(random() * 3)];
      await broker?.kill('SIGKILL');
      await sleep(10_000);
      await broker?.start();
    }
    await sleep(5_000);
    going = false;
    const accepted = await Promise.all(writers);

    const records = await readAll(reader, topics);
    let doubled = 0;
    for (const [n, topic] of topics.entries()) {
      const own = records.filter((record) => record.topic === topic);
      const seen = new Set<string>();
      const last = new Map<string, number>();
      for (const { key, headers, value } of own) {
        const id = headers['ce_id'] ?? '';
        if (seen.has(id)) {
          doubled++;
          continue;
        }
        seen.add(id);
        const version = Number(value);
        // Without the repetitions each key has its versions one after the other: none lost, none out of order.
        expect([key, version]).toEqual([key, (last.get(key) ?? 0) + 1]);
        last.set(key, version);
      }
      expect(accepted[n]?.ids.filter((id) => !seen.has(id))).toEqual([]);
      expect(seen.size).toBe(accepted[n]?.ids.length);
    }
    const total = accepted.reduce((sum, { ids }) => sum + ids.length, 0);
    const refused = accepted.reduce((sum, writer) => sum + writer.refused, 0);
    const longest = Math.max(...accepted.map((writer) => writer.longestMs));
    console.log(
      `${total} events accepted, 0 lost, 0 out of order; ${resent} partitions of batches were not acknowledged and sent again, ${refused} batches refused and published again, ${doubled} records twice in the log; longest publish ${longest} ms`,
    );
    expect(total).toBeGreaterThan(10_000);
  }, 240_000);
});

/** Publishes batches over many keys, as a relay does: what is refused comes again before anything later. */
async function write(topic: string, driver: KafkaLogDriver, going: () => boolean, random: () => number) {
  const keys = Array.from({ length: KEYS }, () => randomUUID());
  const versions = new Map<string, number>();
  const ids: string[] = [];
  let [refused, longestMs] = [0, 0];
  while (going()) {
    const batch = Array.from({ length: 200 }, (): OutgoingRecord => {
      const key = keys[Math.floor(random() * KEYS)] ?? '';
      const version = (versions.get(key) ?? 0) + 1;
      versions.set(key, version);
      const eventId = randomUUID();
      return { topic, key, eventId, headers: { ce_id: eventId }, value: String(version) };
    });
    const began = performance.now();
    for (let done = false; !done;) {
      done = await driver.publish(batch).then(
        () => true,
        () => sleep(200, false),
      );
      if (!done) refused++;
    }
    longestMs = Math.max(longestMs, Math.round(performance.now() - began));
    ids.push(...batch.map(({ eventId }) => eventId));
  }
  return { ids, refused, longestMs };
}

async function readAll(driver: KafkaLogDriver, topics: string[]): Promise<LogRecord[]> {
  const records: LogRecord[] = [];
  const read = new Map<string, number>();
  const ends = await driver.ends(topics);
  const subscription = await driver.subscribe({
    group: `reader-${randomUUID()}`,
    topics,
    position: (topic, partition) => Promise.resolve(read.get(`${topic}/${partition}`) ?? 0),
    handle: ({ topic, partition, records: batch, next }) => {
      records.push(...batch);
      read.set(`${topic}/${partition}`, next ?? (batch.at(-1)?.offset ?? -1) + 1);
      return Promise.resolve();
    },
  });
  await eventually(
    () => ends.every(({ topic, partition, end }) => (read.get(`${topic}/${partition}`) ?? 0) >= end),
    { timeoutMs: 90_000, intervalMs: 200 },
  );
  await subscription.stop();
  return records;
}
