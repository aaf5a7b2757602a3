import type { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource, EntityManager } from 'typeorm';
import { SpanKind } from '@opentelemetry/api';
import type { EventLogDriver, OutgoingRecord } from '../driver.js';
import { Signal } from '../signal.js';
import type { EventsLogger } from '../logger.js';
import { inSpans } from '../tracing.js';
import { within } from '../within.js';

interface OutboxRow {
  id: string;
  topic: string;
  key: string;
  event_id: string;
  headers: Record<string, string>;
  value: string | null;
}

export interface RelayOptions {
  service: string;
  /** Events published at once, at most. */
  batch?: number;
  pollMs?: number;
  /** Lets more urgent work of the process go first; awaited before each batch. */
  giveWay?: () => Promise<unknown>;
  logger: EventsLogger;
}

/** Any number that no other advisory lock of the service's database uses. */
const RELAY_LOCK = 7_210_001;

/** A batch ends with the event that goes over this. */
const BATCH_BYTES = 8_000_000;
/**
 * Between two batches that were not full, and before asking again while another instance has one in hand: under
 * load a batch then holds what came in the meantime.
 */
const GATHER_MS = 15;
/** While a batch is published: how often its transaction is asked, and for how long it may keep silent. */
const ASK_EVERY_MS = 2_000;
const ANSWER_MS = 3_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;
/** At a stop: what is left then waits in the outbox for the next start. */
const LAST_DRAIN_MS = 3_000;

/**
 * Drains the outbox into the log: of a service's relays one at a time, by an advisory lock that lasts as long as
 * the batch's transaction, so that the next one takes over the moment a relay dies. A batch is deleted and
 * published in one transaction that commits only after the log has it: a crash in between publishes again, and
 * the event's unique id makes that harmless.
 */
export class Relay {
  private readonly awake = new Signal();
  private running?: Promise<void>;
  private stopping = false;
  private readonly batch: number;
  private readonly pollMs: number;

  constructor(
    private readonly dataSource: DataSource,
    private readonly driver: EventLogDriver,
    private readonly options: RelayOptions,
  ) {
    this.batch = options.batch ?? 250;
    this.pollMs = options.pollMs ?? 100;
  }

  get service(): string {
    return this.options.service;
  }

  start(): void {
    this.running ??= this.run();
  }

  /** Called after a commit; otherwise the relay looks every 100 ms. */
  wake(): void {
    this.awake.raise();
  }

  /** Publishes what is committed, if the log takes it now, and ends. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.awake.raise();
    await this.running;
  }

  /** What is committed and not yet in the log: the number of events and the age of the oldest (seconds). */
  async backlog(): Promise<{ events: number; oldestSeconds: number }> {
    const [row] = await this.dataSource.query<{ events: number; age: number }[]>(
      `SELECT count(*)::int AS events,
              coalesce(extract(epoch FROM clock_timestamp() - min(created_at)), 0)::float8 AS age FROM outbox`,
    );
    return { events: row?.events ?? 0, oldestSeconds: Math.max(0, row?.age ?? 0) };
  }

  private async run(): Promise<void> {
    let failures = 0;
    while (!this.stopping) {
      try {
        const drained = await this.drain();
        if (failures > 0) this.options.logger.info({ service: this.options.service }, 'relay goes on');
        failures = 0;
        if (drained === 0) await this.awake.wait(this.pollMs);
        else if (drained === undefined || drained < this.batch) await this.pause(GATHER_MS);
      } catch (error) {
        const pause = Math.min(FIRST_PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS);
        if (failures++ === 0) this.tell(error);
        await this.pause(pause);
      }
    }
    try {
      for (const end = Date.now() + LAST_DRAIN_MS; Date.now() < end && (await this.drain()););
    } catch (error) {
      this.tell(error);
    }
  }

  /** A pause that only the stop ends, not a commit. */
  private async pause(ms: number): Promise<void> {
    for (const end = Date.now() + ms; !this.stopping && Date.now() < end;) {
      await this.awake.wait(end - Date.now());
    }
  }

  private tell(error: unknown): void {
    this.options.logger.warn(
      { err: error, service: this.options.service },
      'events wait in the outbox: the relay was interrupted and tries again',
    );
  }

  /** One batch. Returns how many events it published; undefined when another relay is at it. */
  private async drain(): Promise<number | undefined> {
    // Most looks find nothing; they need no transaction.
    const [some] = await this.dataSource.query<{ any: boolean }[]>(
      'SELECT EXISTS (SELECT FROM outbox) AS any',
    );
    if (!some?.any) return 0;
    await this.options.giveWay?.();
    return this.dataSource.transaction(async (tx) => {
      const [lock] = await tx.query<{ mine: boolean }[]>('SELECT pg_try_advisory_xact_lock($1) AS mine', [
        RELAY_LOCK,
      ]);
      if (!lock?.mine) return undefined;
      const rows = await this.take(tx);
      await inSpans(
        {
          ...{ service: this.service, name: 'publish', kind: SpanKind.PRODUCER },
          attributes: { 'messaging.system': this.driver.name },
        },
        rows.map(({ headers }) => headers['ce_traceparent']),
        () => whileHeld(tx, (signal) => this.driver.publish(rows.map(toRecord), signal)),
      );
      return rows.length;
    });
  }

  /**
   * Deletes the oldest rows and returns them in order. No cursor and no skipping: a row that is committed late
   * is the oldest when it appears, and no later event of its key can be there before it.
   */
  private async take(tx: EntityManager): Promise<OutboxRow[]> {
    const [rows] = await tx.query<[OutboxRow[], number]>(
      `DELETE FROM outbox WHERE id = ANY(ARRAY(
         SELECT id FROM (
           SELECT id, sum(bytes) OVER (ORDER BY id) - bytes AS bytes_before FROM (
             SELECT id, coalesce(octet_length(value), 0) AS bytes FROM outbox ORDER BY id LIMIT $1
           ) oldest
         ) sized WHERE bytes_before < $2))
       RETURNING id, topic, key, event_id, headers, value`,
      [this.batch, BATCH_BYTES],
    );
    return rows.sort((a, b) => Number(a.id) - Number(b.id));
  }
}

/**
 * Runs `work` as long as the transaction's connection lives. With it go the lock and the deletion, and another relay
 * may publish later events of the same keys: what this one sent afterwards would be the older state on top. A host
 * that loses its power ends no connection, so the transaction is also asked, again and again.
 */
async function whileHeld(tx: EntityManager, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const lost = new AbortController();
  const done = new AbortController();
  const onLost = (): void => lost.abort(new Error('the connection that holds the outbox is lost'));
  const ask = async (): Promise<void> => {
    try {
      if (await within(ANSWER_MS, tx.query('SELECT 1'))) return;
      lost.abort(new Error(`the database that holds the outbox has said nothing for ${ANSWER_MS} ms`));
    } catch {
      onLost();
    }
  };
  const keepAsking = async (): Promise<void> => {
    while (!lost.signal.aborted && !done.signal.aborted) {
      await sleep(ASK_EVERY_MS, undefined, { signal: done.signal }).catch(() => undefined);
      if (!done.signal.aborted) await ask();
    }
  };
  const connection = (await tx.queryRunner?.connect()) as EventEmitter;
  connection.once('error', onLost);
  connection.once('end', onLost);
  let asking: Promise<void> | undefined;
  try {
    // A process that was halted learns here, before it sends, that the world went on without it.
    await ask();
    lost.signal.throwIfAborted();
    asking = keepAsking();
    await work(lost.signal);
    // A publish that came through in spite of it is published again.
    lost.signal.throwIfAborted();
  } finally {
    done.abort();
    await asking;
    connection.off('error', onLost);
    connection.off('end', onLost);
  }
}

function toRecord(row: OutboxRow): OutgoingRecord {
  return { topic: row.topic, key: row.key, eventId: row.event_id, headers: row.headers, value: row.value };
}
