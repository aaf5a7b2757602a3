// Relay events per second ÷ raw DELETE … RETURNING and raw INSERT of the same payloads (goal ≥ 0.5).
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { jobOpeningTopic } from '#contracts';
import { anOpening } from '#contracts/testing';
import { Outbox, partitionOf, Relay } from '#events';
import { logger, median, whole, withServer } from './support/bench-server.js';

const EVENTS = 20_000;
const BATCH = 1_000;
const ROUNDS = 3;

interface Row {
  topic: string;
  key: string;
  event_id: string;
  headers: unknown;
  value: string | null;
}

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

/** The least that moves the rows: one statement to take a batch, one to put it, each committed. */
async function raw(service: pg.Client, log: pg.Client): Promise<number> {
  await log.query('DROP TABLE IF EXISTS raw_record');
  await log.query(
    'CREATE TABLE raw_record ("partition" int, "offset" bigint, topic text, key text, event_id uuid, headers json, value text, PRIMARY KEY ("partition", "offset"))',
  );
  const offsets = new Map<number, number>();
  const began = performance.now();
  for (;;) {
    const { rows } = await service.query<Row>(
      `DELETE FROM outbox WHERE id = ANY(ARRAY(SELECT id FROM outbox ORDER BY id LIMIT ${BATCH}))
       RETURNING topic, key, event_id, headers, value`,
    );
    if (rows.length === 0) return (EVENTS * 1000) / (performance.now() - began);
    const columns = rows.map((row) => {
      const partition = partitionOf(row.key, 6);
      const offset = offsets.get(partition) ?? 0;
      offsets.set(partition, offset + 1);
      return [partition, offset, row.topic, row.key, row.event_id, JSON.stringify(row.headers), row.value];
    });
    await log.query(
      'INSERT INTO raw_record SELECT * FROM unnest($1::int[], $2::bigint[], $3::text[], $4::text[], $5::uuid[], $6::json[], $7::text[])',
      [0, 1, 2, 3, 4, 5, 6].map((column) => columns.map((values) => values[column])),
    );
  }
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

await withServer(async (server) => {
  const dataSource = await server.service('openings', 4);
  const log = await server.log();
  await log.ensureTopics([jobOpeningTopic]);
  const clients = [await server.url('openings'), await server.url('event_log')].map(
    (connectionString) => new pg.Client({ connectionString }),
  );
  const [service, target] = clients as [pg.Client, pg.Client];
  await Promise.all(clients.map((client) => client.connect()));
  const idle = new Relay(dataSource, log, { service: 'openings', logger });
  const outbox = new Outbox(dataSource, idle, { current: () => ({}) });

  const measured = { raw: [] as number[], relay: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    await fill(outbox);
    measured.raw.push(await raw(service, target));
    await fill(outbox);
    measured.relay.push(
      await relayed(dataSource, new Relay(dataSource, log, { service: 'openings', logger })),
    );
  }
  const ratio = median(measured.relay.map((value, n) => value / (measured.raw[n] ?? 1)));
  const bytes = Buffer.byteLength(JSON.stringify(anOpening()));
  console.log(`${whole(EVENTS)} events of ${whole(bytes)} bytes, batches of ${whole(BATCH)}`);
  console.log(`raw DELETE … RETURNING + INSERT  ${whole(median(measured.raw))} events/s`);
  console.log(
    `relay                            ${whole(median(measured.relay))} events/s   ${ratio.toFixed(2)} (goal ≥ 0.5)`,
  );
  await Promise.all(clients.map((client) => client.end()));
});
