// Relay events per second ÷ raw DELETE … RETURNING and raw send of the same payloads, on both logs (goal ≥ 0.5).
import kafkajs from 'kafkajs';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { jobOpeningTopic } from '#contracts';
import { anOpening } from '#contracts/testing';
import { type EventLogDriver, Outbox, partitionOf, Relay } from '#events';
import { RAW_PRODUCER, withKafka } from './support/bench-kafka.js';
import { type BenchServer, logger, median, whole, withServer } from './support/bench-server.js';

const EVENTS = 20_000;
const BATCH = 1_000;
const ROUNDS = 3;

interface Row {
  topic: string;
  key: string;
  event_id: string;
  headers: Record<string, string>;
  value: string | null;
}

type Send = (rows: Row[]) => Promise<unknown>;

async function fill(outbox: Outbox): Promise<void> {
  for (let done = 0; done < EVENTS; done += BATCH) {
    const states = Array.from({ length: BATCH }, () => anOpening());
    await outbox.transaction((tx) =>
      outbox.append(
        tx,
        states.map((state) => ({ topic: jobOpeningTopic, happening: 'published', key: state.id, state })),
      ),
    );
  }
}

/** The least that moves the rows: one statement to take a batch, committed, and one send. Events per second. */
async function raw(service: pg.Client, send: Send): Promise<number> {
  const began = performance.now();
  for (;;) {
    const { rows } = await service.query<Row>(
      `DELETE FROM outbox WHERE id = ANY(ARRAY(SELECT id FROM outbox ORDER BY id LIMIT ${BATCH}))
       RETURNING topic, key, event_id, headers, value`,
    );
    if (rows.length === 0) return (EVENTS * 1000) / (performance.now() - began);
    await send(rows);
  }
}

/** A table like the log's, and one INSERT per batch into it. */
async function rawPostgres(log: pg.Client): Promise<Send> {
  await log.query('DROP TABLE IF EXISTS raw_record');
  await log.query(
    'CREATE TABLE raw_record ("partition" int, "offset" bigint, topic text, key text, event_id uuid, headers json, value text, PRIMARY KEY ("partition", "offset"))',
  );
  const offsets = new Map<number, number>();
  return (rows) => {
    const columns = rows.map((row) => {
      const partition = partitionOf(row.key, 6);
      const offset = offsets.get(partition) ?? 0;
      offsets.set(partition, offset + 1);
      return [partition, offset, row.topic, row.key, row.event_id, JSON.stringify(row.headers), row.value];
    });
    return log.query(
      'INSERT INTO raw_record SELECT * FROM unnest($1::int[], $2::bigint[], $3::text[], $4::text[], $5::uuid[], $6::json[], $7::text[])',
      [0, 1, 2, 3, 4, 5, 6].map((column) => columns.map((values) => values[column])),
    );
  };
}

async function relayed(dataSource: DataSource, relay: Relay): Promise<number> {
  const began = performance.now();
  relay.start();
  while ((await dataSource.query<unknown[]>('SELECT FROM outbox LIMIT 1')).length > 0) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const rate = (EVENTS * 1000) / (performance.now() - began);
  await relay.stop();
  return rate;
}

async function compare(
  server: BenchServer,
  name: string,
  log: EventLogDriver,
  rawSend: () => Promise<Send>,
): Promise<void> {
  const dataSource = await server.service('openings', 4);
  await log.ensureTopics([jobOpeningTopic]);
  const service = new pg.Client({ connectionString: await server.url('openings') });
  await service.connect();
  const relay = (): Relay => new Relay(dataSource, log, { service: 'openings', logger });
  const outbox = new Outbox(dataSource, relay(), { current: () => ({}) });
  const measured = { raw: [] as number[], relay: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    await fill(outbox);
    measured.raw.push(await raw(service, await rawSend()));
    await fill(outbox);
    measured.relay.push(await relayed(dataSource, relay()));
  }
  await service.end();
  const ratio = median(measured.relay.map((value, n) => value / (measured.raw[n] ?? 1)));
  console.log(`raw DELETE … RETURNING + ${name.padEnd(17)} ${whole(median(measured.raw))} events/s`);
  console.log(
    `relay to the same ${' '.repeat(24)} ${whole(median(measured.relay))} events/s   ${ratio.toFixed(2)} (goal ≥ 0.5)`,
  );
}

const bytes = Buffer.byteLength(JSON.stringify(anOpening()));
console.log(`${whole(EVENTS)} events of ${whole(bytes)} bytes, batches of ${whole(BATCH)}`);
await withServer(async (server) => {
  const target = new pg.Client({ connectionString: await server.url('event_log') });
  await target.connect();
  await compare(server, 'INSERT', await server.log(), () => rawPostgres(target));
  await target.end();
  await withKafka('The relay to Kafka', async (kafka) => {
    const producer = kafka.raw.producer({
      ...RAW_PRODUCER,
      createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
    });
    await producer.connect();
    const send: Send = (rows) =>
      producer.send({
        ...{ topic: jobOpeningTopic.name, acks: -1 },
        messages: rows.map(({ key, value, headers }) => ({ key, value, headers })),
      });
    await compare(server, 'send by kafkajs', await kafka.log(), () => Promise.resolve(send));
    await producer.disconnect();
  });
});
