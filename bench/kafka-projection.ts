// Outbox + Kafka + projection, events per second ÷ raw kafkajs in and out of the same payloads (goal ≥ 0.3).
import { randomUUID } from 'node:crypto';
import kafkajs from 'kafkajs';
import type { DataSource } from 'typeorm';
import { jobOpeningTopic, type JobOpeningState } from '#contracts';
import { anOpening } from '#contracts/testing';
import { ConsumerRuntime, DeadLetters, type EventLogDriver, Outbox, Relay } from '#events';
import { type BenchKafka, RAW_PRODUCER, withKafka } from './support/bench-kafka.js';
import { logger, median, whole, withServer } from './support/bench-server.js';

const EVENTS = 20_000;
const BATCH = 1_000;
const ROUNDS = 3;

const perSecond = (began: number): number => (EVENTS * 1000) / (performance.now() - began);
const batches = (states: JobOpeningState[]): JobOpeningState[][] =>
  Array.from({ length: states.length / BATCH }, (_, n) => states.slice(n * BATCH, (n + 1) * BATCH));

/** Sends every state and reads it back at the same time, with kafkajs alone. */
async function raw({ raw: kafka }: BenchKafka, states: JobOpeningState[]): Promise<number> {
  const topic = `raw.${randomUUID()}`;
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic, numPartitions: jobOpeningTopic.partitions }] });
  await admin.disconnect();
  const producer = kafka.producer({
    ...RAW_PRODUCER,
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
  });
  const consumer = kafka.consumer({ groupId: topic });
  await Promise.all([producer.connect(), consumer.connect()]);
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  const joined = new Promise<void>((resolve) => consumer.on(consumer.events.GROUP_JOIN, () => resolve()));
  let read = 0;
  let all: () => void = () => undefined;
  const done = new Promise<void>((resolve) => (all = resolve));
  await consumer.run({
    eachBatch: ({ batch }) => {
      for (const { value } of batch.messages) if (JSON.parse(value?.toString() ?? '')) read++;
      if (read >= states.length) all();
      return Promise.resolve();
    },
  });
  await joined;
  const began = performance.now();
  for (const part of batches(states)) {
    const messages = part.map((state) => ({ key: state.id, value: JSON.stringify(state) }));
    await producer.send({ topic, acks: -1, messages });
  }
  await done;
  const rate = perSecond(began);
  await Promise.all([producer.disconnect(), consumer.disconnect()]);
  return rate;
}

interface Whole {
  openings: DataSource;
  matching: DataSource;
  log: EventLogDriver;
}

/** The states go through the outbox of one service into the table of another. */
async function platform({ openings, matching, log }: Whole, states: JobOpeningState[]): Promise<number> {
  const relay = new Relay(openings, log, { service: 'openings', logger });
  const outbox = new Outbox(openings, relay, { current: () => ({}) });
  const consumers = new ConsumerRuntime(matching, log, new DeadLetters(matching), {
    ...{ service: `matching-${randomUUID()}`, logger },
  });
  consumers.register({
    topic: jobOpeningTopic,
    kind: 'projection',
    run: async (events, tx) => {
      await tx.query(
        `INSERT INTO view SELECT (b->>'id')::uuid, (b->>'version')::int, b FROM unnest($1::jsonb[]) AS b
         ON CONFLICT (id) DO UPDATE SET version = excluded.version, body = excluded.body
           WHERE view.version < excluded.version`,
        [events.map((event) => JSON.stringify(event.state))],
      );
    },
  });
  relay.start();
  // What earlier rounds left in the topic is read before the clock runs.
  await consumers.start();
  await consumers.caughtUp(120_000);
  await matching.query('TRUNCATE view');
  const began = performance.now();
  for (const part of batches(states)) {
    await outbox.transaction((tx) =>
      outbox.append(
        tx,
        part.map((state) => ({ topic: jobOpeningTopic, happening: 'published', key: state.id, state })),
      ),
    );
  }
  for (;;) {
    const [row] = await matching.query<{ n: number }[]>('SELECT count(*)::int AS n FROM view');
    if (row?.n === states.length) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const rate = perSecond(began);
  await consumers.stop();
  await relay.stop();
  return rate;
}

await withKafka('Outbox + Kafka + projection', (kafka) =>
  withServer(async (server) => {
    const service = async (name: string): Promise<DataSource> => server.service(name, 6);
    const log = await kafka.log();
    const [openings, matching] = [await service('openings'), await service('matching')];
    await log.ensureTopics([jobOpeningTopic]);
    await matching.query(
      'CREATE TABLE view (id uuid PRIMARY KEY, version int NOT NULL, body jsonb NOT NULL)',
    );
    const measured = { raw: [] as number[], platform: [] as number[] };
    for (let round = 0; round < ROUNDS; round++) {
      const states = Array.from({ length: EVENTS }, () => anOpening());
      measured.raw.push(await raw(kafka, states));
      measured.platform.push(await platform({ openings, matching, log }, states));
    }
    const ratio = median(measured.platform.map((value, n) => value / (measured.raw[n] ?? 1)));
    const bytes = Buffer.byteLength(JSON.stringify(anOpening()));
    console.log(`${whole(EVENTS)} events of ${whole(bytes)} bytes, batches of ${whole(BATCH)}, one broker`);
    console.log(`kafkajs in and out           ${whole(median(measured.raw))} events/s`);
    console.log(
      `outbox + Kafka + projection  ${whole(median(measured.platform))} events/s   ${ratio.toFixed(2)} (goal ≥ 0.3)`,
    );
  }),
);
