import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, type QueryRunner } from 'typeorm';
import { SpanKind } from '@opentelemetry/api';
import type { AggregateState } from '#contracts';
import type { OutgoingRecord } from '../driver.js';
import { encodeEvent, type EventDraft, type EventOrigin } from '../event.js';
import { inSpans } from '../tracing.js';
import { Relay } from './relay.js';

/** Where an event's traceparent and correlation id come from: the request or the batch in hand. */
export abstract class OriginProvider {
  abstract current(): EventOrigin;
}

/**
 * The transactional outbox: events are rows of the business transaction, or they did not happen.
 * Append after the aggregate's row is locked or written, so that order per key is commit order.
 */
@Injectable()
export class Outbox {
  constructor(
    private readonly dataSource: DataSource,
    private readonly relay: Relay,
    private readonly origin: OriginProvider,
  ) {}

  /**
   * Runs `work` in one transaction and wakes the relay once it is committed.
   * @returns what `work` returns; rejects, with nothing written, when it rejects
   */
  async transaction<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    const result = await this.dataSource.transaction(work);
    this.relay.wake();
    return result;
  }

  /**
   * Writes the events in order, in one statement.
   * @throws MalformedEventError, EventTooLargeError, and Error when `tx` is no transaction's
   */
  async append<S extends AggregateState>(tx: EntityManager, drafts: readonly EventDraft<S>[]): Promise<void> {
    const [first] = drafts;
    if (!first) return;
    const topic = first.topic.name;
    const origin = this.origin.current();
    const span = {
      ...{ service: this.relay.service, name: `outbox ${topic}`, kind: SpanKind.PRODUCER },
      attributes: { 'messaging.destination.name': topic, 'noiviec.events': drafts.length },
    };
    await inSpans(span, [origin.traceparent], async (traceparent = origin.traceparent) => {
      await this.write(
        tx,
        drafts.map((draft) => encodeEvent(draft, { ...origin, traceparent })),
      );
    });
  }

  /**
   * Checks and encodes an event, for `write`: while the database is still busy with the aggregates, say.
   * @throws MalformedEventError, EventTooLargeError
   */
  encode<S extends AggregateState>(draft: EventDraft<S>): OutgoingRecord {
    return encodeEvent(draft, this.origin.current());
  }

  /**
   * Writes encoded events in order, in one statement; without a span of its own.
   * @throws Error when `tx` is no transaction's
   */
  async write(tx: EntityManager, records: readonly OutgoingRecord[]): Promise<void> {
    const [first] = records;
    if (!first) return;
    const runner = tx.queryRunner;
    if (!runner?.isTransactionActive) {
      throw new Error(
        `an event of ${first.topic} was said outside of a transaction: it could be lost or untrue`,
      );
    }
    await (records.length === 1 ? insertOne(runner, first) : insertAll(tx, records));
  }

  /** Keys of a topic, in their order and after `after`, of which an event still waits for the relay. */
  async unsent(tx: EntityManager, topic: string, after: string, limit: number): Promise<string[]> {
    const rows = await tx.query<{ key: string }[]>(
      `SELECT DISTINCT key COLLATE "C" AS key FROM outbox WHERE topic = $1 AND key COLLATE "C" > $2
       ORDER BY 1 LIMIT $3`,
      [topic, after, limit],
    );
    return rows.map(({ key }) => key);
  }
}

/** The part of pg's client that TypeORM does not pass on: statements that PostgreSQL plans once per connection. */
interface PreparingClient {
  query(statement: { name: string; text: string; values: unknown[] }): Promise<unknown>;
}

/** A single event is most of the traffic of a service: prepared, it costs a third less than parsed each time. */
async function insertOne(runner: QueryRunner, record: OutgoingRecord): Promise<void> {
  const { topic, key, eventId, headers, value } = record;
  const client = (await runner.connect()) as PreparingClient;
  await client.query({
    name: 'outbox-append',
    text: 'INSERT INTO outbox (topic, key, event_id, headers, value) VALUES ($1, $2, $3, $4, $5)',
    values: [topic, key, eventId, JSON.stringify(headers), value],
  });
}

async function insertAll(tx: EntityManager, records: readonly OutgoingRecord[]): Promise<void> {
  const rows = records.map(({ eventId, ...record }) => ({ ...record, event_id: eventId }));
  await tx.query(
    `INSERT INTO outbox (topic, key, event_id, headers, value)
     SELECT topic, key, event_id, headers, value
     FROM json_to_recordset($1::json) AS r(topic text, key text, event_id uuid, headers json, value text)`,
    [JSON.stringify(rows)],
  );
}
