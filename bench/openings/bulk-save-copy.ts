import 'reflect-metadata';
import { loadavg } from 'node:os';
import type pg from 'pg';
import { DataSource, EntitySchema, type EntityManager } from 'typeorm';
import { encodeEvent, EventTables1700000000000, Outbox, type Relay } from '#events';
import { localDate } from '#reference';
import { Employer } from '../../apps/openings/src/employer/employer.entity.js';
import { BATCH } from '../../apps/openings/src/imports/import.worker.js';
import { importBatches } from '../../apps/openings/src/imports/import-batches.js';
import { openingRowReader, type OpeningRecord } from '../../apps/openings/src/imports/opening-row.js';
import { storeOpenings } from '../../apps/openings/src/imports/store-openings.js';
import { JobOpening } from '../../apps/openings/src/job-opening/job-opening.entity.js';
import { openingEvent } from '../../apps/openings/src/job-opening/job-opening.events.js';
import { EmployersAndFeed1732100000002 } from '../../apps/openings/src/migrations/1732100000002-employers-and-feed.js';
import { Imports1732100000001 } from '../../apps/openings/src/migrations/1732100000001-imports.js';
import { JobOpenings1732100000000 } from '../../apps/openings/src/migrations/1732100000000-job-openings.js';
import { median, whole, withServer } from '../support/bench-server.js';
import { copyIn } from './copy-in.js';
import { sampleCsv } from './openings-csv.js';

const ROUNDS = 5;

interface OutboxRow {
  id?: string;
  topic: string;
  key: string;
  event_id: string;
  headers: Record<string, string>;
  value: string | null;
}
const outboxSchema = new EntitySchema<OutboxRow>({
  name: 'outbox',
  columns: {
    id: { type: 'bigint', primary: true, generated: 'increment' },
    topic: { type: 'text' },
    key: { type: 'text' },
    event_id: { type: 'uuid' },
    headers: { type: 'json' },
    value: { type: 'text', nullable: true },
  },
});

/**
 * Three ways to write the same openings with the same outbox rows, in turn, in batches of one transaction each:
 * the import's own statements, TypeORM's save(), and COPY. Import and save() start from the same rows, read and
 * checked, and both make, validate and encode their events within the clock; COPY has even those made beforehand,
 * as the least that the database itself needs.
 */
export async function bulkAgainstSaveAndCopy(): Promise<void> {
  await withServer(async ({ url }) => {
    const dataSource = new DataSource({
      type: 'postgres',
      url: await url('openings'),
      entities: [Employer, JobOpening, outboxSchema],
      migrations: [
        EventTables1700000000000,
        JobOpenings1732100000000,
        Imports1732100000001,
        EmployersAndFeed1732100000002,
      ],
    });
    await dataSource.initialize();
    try {
      await dataSource.runMigrations();
      await compare(dataSource);
    } finally {
      await dataSource.destroy();
    }
  });
}

async function compare(dataSource: DataSource): Promise<void> {
  const { csv, origin } = sampleCsv();
  const content = Buffer.from(csv);
  const today = localDate();
  const context = { source: 'bench', trusted: true, keepDays: 60, asOf: today, today, areas: ['*'] };
  const batches: OpeningRecord[][] = [];
  const began = performance.now();
  for await (const { records } of importBatches(content, openingRowReader(context), BATCH))
    batches.push(records);
  const readMs = performance.now() - began;
  const rows = batches.flat().length;
  const none = { wake: () => undefined } as unknown as Relay;
  const outbox = new Outbox(dataSource, none, { current: () => ({}) });

  // What the import writes is what the others write: the entities, and for COPY the encoded events.
  const entities: JobOpening[][] = [];
  await dataSource.transaction(async (tx) => {
    for (const batch of batches) {
      await storeOpenings(tx, outbox, batch, { createdBy: 'bench', areas: ['*'] });
      entities.push(await tx.find(JobOpening, { where: batch.map(({ id }) => ({ id })) }));
    }
  });
  const events = entities.map((batch) => batch.map(outboxRowOf));
  for (const batch of entities) for (const one of batch) one.titleFolded = one.title;

  const ways: Record<string, (tx: EntityManager, batch: number) => Promise<unknown>> = {
    bulk: (tx, i) => storeOpenings(tx, outbox, batches[i] ?? [], { createdBy: 'bench', areas: ['*'] }),
    save: async (tx, i) => {
      await tx.save(JobOpening, structuredCopies(entities[i] ?? []));
      await tx.save(outboxSchema, (entities[i] ?? []).map(outboxRowOf));
    },
    copy: async (tx, i) => {
      const client = (await tx.queryRunner?.connect()) as pg.PoolClient;
      await copyIn(client, 'job_opening', (entities[i] ?? []).map(rowOf));
      await copyIn(client, 'outbox', events[i] ?? []);
    },
  };
  const rates: Record<string, number[]> = { bulk: [], save: [], copy: [] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, write] of Object.entries(ways)) {
      await dataSource.query('TRUNCATE job_opening, outbox, feed_entry, employer');
      const start = performance.now();
      for (let i = 0; i < batches.length; i++) await dataSource.transaction((tx) => write(tx, i));
      rates[name]?.push((rows * 1000) / (performance.now() - start));
    }
  }
  const of = (name: string): number => median(rates[name] ?? []);
  const [bulk, save, copy] = [of('bulk'), of('save'), of('copy')];
  console.log(
    `${whole(rows)} openings with their events (${origin}), rows/s, median of ${ROUNDS} rounds in turn, load ${loadavg()[0]?.toFixed(1)}: ` +
      `bulk ${whole(bulk)} (with version guard and feed), save() ${whole(save)}, COPY ${whole(copy)}`,
  );
  console.log(`bulk import ÷ save()  ${(bulk / save).toFixed(2)}  (goal ≥ 3)`);
  console.log(`bulk import ÷ COPY    ${(bulk / copy).toFixed(2)}  (goal ≥ 0.2)`);
  console.log(`reading the file's rows, occupations proposed, first time: ${whole(readMs)} ms`);
}

function outboxRowOf(opening: JobOpening): OutboxRow {
  const { topic, key, eventId, headers, value } = encodeEvent(openingEvent(opening, 'published'), {});
  return { topic, key, event_id: eventId, headers, value };
}

/** save() must take each entity for a new one. */
function structuredCopies(openings: readonly JobOpening[]): JobOpening[] {
  return openings.map((opening) => Object.assign(new JobOpening(), opening));
}

/** The entity's columns by their names in the table. */
function rowOf(opening: JobOpening): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(opening).map(([name, value]) => [
      name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`),
      value as unknown,
    ]),
  );
}
