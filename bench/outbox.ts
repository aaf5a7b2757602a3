// Business transactions per second with their events in the outbox ÷ without, 16 clients (goal ≥ 0.65).
import { randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { jobOpeningTopic, type JobOpeningState } from '#contracts';
import { anOpening } from '#contracts/testing';
import { Outbox, Relay } from '#events';
import { logger, median, whole, withServer } from './support/bench-server.js';

const CLIENTS = 16;
/** Short rounds in turn: what else the machine does then falls on both sides alike. */
const ROUNDS = 15;
const ROUND_MS = 700;
const OPENINGS = 2_000;

/** What a service does when an opening is edited: lock it, look at it, write the next version. */
async function edit(tx: EntityManager, id: string): Promise<JobOpeningState> {
  const [row] = await tx.query<{ body: JobOpeningState }[]>(
    'SELECT body FROM opening WHERE id = $1 FOR UPDATE',
    [id],
  );
  if (!row) throw new Error(`no opening ${id}`);
  const body = { ...row.body, version: row.body.version + 1 };
  await tx.query('UPDATE opening SET version = $2, body = $3 WHERE id = $1', [
    ...[id, body.version, JSON.stringify(body)],
  ]);
  return body;
}

async function prepare(dataSource: DataSource): Promise<string[]> {
  await dataSource.query(
    'CREATE TABLE opening (id uuid PRIMARY KEY, version int NOT NULL, body jsonb NOT NULL)',
  );
  const ids = Array.from({ length: OPENINGS }, () => randomUUID());
  await dataSource.query("INSERT INTO opening SELECT (b->>'id')::uuid, 3, b FROM unnest($1::jsonb[]) AS b", [
    ids.map((id) => JSON.stringify(anOpening({ id }))),
  ]);
  return ids;
}

/** Transactions per second of 16 clients over a round. */
async function perSecond(transaction: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  let done = 0;
  await Promise.all(
    Array.from({ length: CLIENTS }, async () => {
      while (performance.now() - began < ROUND_MS) {
        await transaction();
        done++;
      }
    }),
  );
  return (done * 1000) / (performance.now() - began);
}

await withServer(async (server) => {
  const dataSource = await server.service('openings', CLIENTS + 2);
  const log = await server.log();
  await log.ensureTopics([jobOpeningTopic]);
  const ids = await prepare(dataSource);
  const any = (): string => ids[Math.floor(Math.random() * ids.length)] ?? '';

  const idle = new Relay(dataSource, log, { service: 'openings', logger });
  const outbox = new Outbox(dataSource, idle, { current: () => ({ correlationId: randomUUID() }) });
  const plain = (): Promise<unknown> => dataSource.transaction((tx) => edit(tx, any()));
  const evented = (): Promise<unknown> =>
    outbox.transaction(async (tx) => {
      const state = await edit(tx, any());
      await outbox.append(tx, [{ topic: jobOpeningTopic, happening: 'revised', key: state.id, state }]);
    });

  const measured = { plain: [] as number[], outbox: [] as number[], relayed: [] as number[] };
  await perSecond(evented);
  for (let round = 0; round < ROUNDS; round++) {
    await dataSource.query('TRUNCATE outbox');
    measured.plain.push(await perSecond(plain));
    measured.outbox.push(await perSecond(evented));
    await dataSource.query('TRUNCATE outbox');
    const relay = new Relay(dataSource, log, { service: 'openings', logger });
    relay.start();
    measured.relayed.push(await perSecond(evented));
    await relay.stop();
  }
  const ratio = (key: 'outbox' | 'relayed'): string =>
    median(measured[key].map((value, n) => value / (measured.plain[n] ?? 1))).toFixed(2);
  console.log(`business only               ${whole(median(measured.plain))} tx/s`);
  console.log(
    `business + outbox           ${whole(median(measured.outbox))} tx/s   ${ratio('outbox')} (goal ≥ 0.65)`,
  );
  console.log(`the same, relay running too ${whole(median(measured.relayed))} tx/s   ${ratio('relayed')}`);
});
