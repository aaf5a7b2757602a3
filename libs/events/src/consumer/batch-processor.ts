import { setTimeout as sleep } from 'node:timers/promises';
import { SpanKind } from '@opentelemetry/api';
import type { DataSource, EntityManager } from 'typeorm';
import { type LogRecord, type PartitionBatch, positionAfter } from '../driver.js';
import { decodeEvent, isRestated, MalformedEventError, type DomainEvent } from '../event.js';
import type { EventsLogger } from '../logger.js';
import { inSpans } from '../tracing.js';
import type { DeadLetters } from './dead-letters.js';
import type { EventHandler } from './handler.js';
import { enterInbox, lockPosition, storePosition } from './positions.js';
import { isTransient } from './transient.js';

export interface ProcessorOptions {
  service: string;
  group: string;
  handlers: ReadonlyMap<string, EventHandler>;
  logger: EventsLogger;
  /** Group in whose name messages are buried; a rebuild's failures are the live group's. Default `group`. */
  buryAs?: string;
  /** Statements before the handler's own, in its transaction (a rebuild points the search_path elsewhere). */
  before?: (tx: EntityManager) => Promise<void>;
  /** Runs the handler with the events' trace and correlation as the current ones. */
  around?: (event: DomainEvent, run: () => Promise<void>) => Promise<void>;
  attempts?: number;
  backoffMs?: number;
}

/**
 * Handles a batch: inbox, handler and position in one transaction. A batch that fails is tried again, then
 * halved until the message at fault is alone; that one goes to the dead letters and the rest goes on. While
 * the database is away nothing is buried: the error is thrown and the driver delivers again.
 */
export class BatchProcessor {
  private readonly attempts: number;
  private readonly backoffMs: number;

  constructor(
    private readonly dataSource: DataSource,
    private readonly deadLetters: DeadLetters,
    private readonly options: ProcessorOptions,
  ) {
    this.attempts = options.attempts ?? 3;
    this.backoffMs = options.backoffMs ?? 100;
  }

  async process(batch: PartitionBatch): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await this.apply(batch);
        return;
      } catch (error) {
        if (isTransient(error)) throw error;
        if (attempt >= this.attempts) {
          await this.bisect(batch, error);
          return;
        }
        await sleep(this.backoffMs * 2 ** (attempt - 1));
      }
    }
  }

  private async bisect(batch: PartitionBatch, cause: unknown): Promise<void> {
    const { records } = batch;
    const [only] = records;
    // Without records there is only the position to store, and no message is at fault.
    if (!only) throw cause;
    if (records.length === 1) {
      await this.bury(batch, only, cause);
      return;
    }
    const middle = Math.ceil(records.length / 2);
    const halves = [
      { ...batch, records: records.slice(0, middle), next: undefined },
      { ...batch, records: records.slice(middle) },
    ];
    for (const half of halves) {
      try {
        await this.apply(half);
      } catch (error) {
        if (isTransient(error)) throw error;
        await this.bisect(half, error);
      }
    }
  }

  private async bury(batch: PartitionBatch, record: LogRecord, cause: unknown): Promise<void> {
    const { group, logger } = this.options;
    const buried = await this.dataSource.transaction(async (tx) => {
      const next = await lockPosition(tx, group, batch.topic, batch.partition);
      if (record.offset < next) return false;
      await this.deadLetters.bury(tx, this.buryAs, record, cause);
      await storePosition(tx, group, batch.topic, batch.partition, positionAfter(batch));
      return true;
    });
    if (!buried) return;
    logger.error(
      { err: cause, group, topic: batch.topic, partition: batch.partition, offset: record.offset },
      'message put into the dead letters',
    );
  }

  private async apply(batch: PartitionBatch): Promise<void> {
    const { group, handlers, before } = this.options;
    const handler = handlers.get(batch.topic);
    if (!handler) throw new Error(`${group} has no handler for ${batch.topic}`);
    await this.dataSource.transaction(async (tx) => {
      const next = await lockPosition(tx, group, batch.topic, batch.partition);
      const after = positionAfter(batch);
      if (after <= next) return;
      const fresh = batch.records.filter((record) => record.offset >= next);
      let events = await this.decode(handler, fresh, tx);
      if (handler.kind === 'effect') events = await this.toAct(handler, events, tx);
      await before?.(tx);
      if (events.length > 0) await this.run(handler, events, tx);
      await this.deadLetters.forgetErased(tx, this.buryAs, fresh);
      await storePosition(tx, group, batch.topic, batch.partition, after);
    });
  }

  /** Handles one record again, outside its partition's order (projections guard by version). */
  async replay(handler: EventHandler, record: LogRecord, tx: EntityManager): Promise<void> {
    let events = [decodeEvent(handler.topic, record)];
    if (handler.kind === 'effect') events = await this.toAct(handler, events, tx);
    if (events.length === 0) return;
    await this.options.before?.(tx);
    await this.run(handler, events, tx);
  }

  /** What an effect has to act on: what has happened (a restated state has not), and that the inbox has not seen. */
  private async toAct(
    handler: EventHandler,
    events: DomainEvent[],
    tx: EntityManager,
  ): Promise<DomainEvent[]> {
    const happened = events.filter((event) => !isRestated(handler.topic, event));
    if (happened.length === 0) return [];
    const ids = [...new Set(happened.map((event) => event.id))];
    const unseen = await enterInbox(tx, this.options.group, ids);
    // An id twice in one batch is still one event.
    return happened.filter((event) => unseen.delete(event.id));
  }

  private get buryAs(): string {
    return this.options.buryAs ?? this.options.group;
  }

  private async run(handler: EventHandler, events: DomainEvent[], tx: EntityManager): Promise<void> {
    const run = (): Promise<void> => handler.run(events, tx);
    const [first] = events;
    const { service, group, around } = this.options;
    const span = {
      ...{ service, name: `handle ${handler.topic.name}`, kind: SpanKind.CONSUMER },
      attributes: {
        'messaging.destination.name': handler.topic.name,
        'messaging.consumer.group.name': group,
      },
    };
    await inSpans(
      span,
      events.map((event) => event.traceparent),
      (traceparent = first?.traceparent) =>
        first && around ? around({ ...first, traceparent }, run) : run(),
    );
  }

  private async decode(
    handler: EventHandler,
    records: LogRecord[],
    tx: EntityManager,
  ): Promise<DomainEvent[]> {
    const events: DomainEvent[] = [];
    for (const record of records) {
      try {
        events.push(decodeEvent(handler.topic, record));
      } catch (error) {
        if (!(error instanceof MalformedEventError)) throw error;
        await this.deadLetters.bury(tx, this.buryAs, record, error);
        this.options.logger.error(
          { err: error, group: this.options.group, topic: record.topic, offset: record.offset },
          'malformed message put into the dead letters',
        );
      }
    }
    return events;
  }
}
