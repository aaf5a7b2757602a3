import { randomUUID } from 'node:crypto';
import { DataSource, type EntityManager } from 'typeorm';
import type { TopicDefinition } from '#contracts';
import {
  ConsumerRuntime,
  DeadLetters,
  type DomainEvent,
  type EventLogDriver,
  type EventOrigin,
  type EventsLogger,
  EventTables1700000000000,
  HeardClient,
  type HandlerKind,
  OriginProvider,
  Outbox,
  Relay,
} from '#events';
import { eventually } from '#platform/testing';
import type { Item } from './items.js';

export const silent: EventsLogger = { debug() {}, info() {}, warn() {}, error() {} };

class NoOrigin extends OriginProvider {
  current(): EventOrigin {
    return {};
  }
}

export type Handle = (events: DomainEvent<Item>[], tx: EntityManager) => Promise<void>;

export interface InstanceOptions {
  driver: EventLogDriver;
  topic: TopicDefinition<Item>;
  /** Name of the consuming service: its groups' names follow from it. */
  service?: string;
  relay?: boolean;
  /** Called before the usual projection, in its transaction. */
  onProjection?: Handle;
  /** There is an effect when this is given; called before its usual trace is written. */
  onEffect?: Handle;
  logger?: EventsLogger;
  rebuildStuckAfterMs?: number;
}

export interface HandledRow {
  handler: string;
  kind: HandlerKind;
  key: string;
  version: number | null;
  event_id: string;
}

/** The tables of a service that writes items and projects them, on an empty database. */
export async function migrateItems(url: string): Promise<void> {
  const dataSource = new DataSource({ type: 'postgres', url, migrations: [EventTables1700000000000] });
  await dataSource.initialize();
  await dataSource.runMigrations();
  await dataSource.query(`
    CREATE TABLE item (id uuid PRIMARY KEY, version int NOT NULL, label text NOT NULL);
    CREATE TABLE item_view (id uuid PRIMARY KEY, version int NOT NULL, label text NOT NULL);
    CREATE TABLE handled (
      seq bigint GENERATED ALWAYS AS IDENTITY, handler text NOT NULL, kind text NOT NULL,
      key text NOT NULL, version int, event_id uuid NOT NULL);
  `);
  await dataSource.destroy();
}

/** One instance (process) of a service that writes items, projects them and mails about them. */
export class ItemInstance {
  readonly id = randomUUID().slice(0, 8);
  readonly relay: Relay;
  readonly outbox: Outbox;
  readonly runtime: ConsumerRuntime;
  readonly deadLetters: DeadLetters;

  private constructor(
    readonly dataSource: DataSource,
    private readonly options: InstanceOptions,
  ) {
    const { driver, service = 'items', logger = silent } = options;
    this.relay = new Relay(dataSource, driver, { service, logger, pollMs: 20 });
    this.outbox = new Outbox(dataSource, this.relay, new NoOrigin());
    this.deadLetters = new DeadLetters(dataSource);
    const { rebuildStuckAfterMs } = options;
    this.runtime = new ConsumerRuntime(dataSource, driver, this.deadLetters, {
      ...{ service, logger, backoffMs: 5, rebuildStuckAfterMs },
    });
    const topic = options.topic as unknown as TopicDefinition;
    const run = (kind: HandlerKind) => (events: DomainEvent[], tx: EntityManager) =>
      this.handle(kind, events as DomainEvent<Item>[], tx);
    this.runtime.register({ topic, kind: 'projection', run: run('projection') });
    if (options.onEffect) this.runtime.register({ topic, kind: 'effect', run: run('effect') });
  }

  /** An instance on a migrated database; consumes and relays unless told otherwise. */
  static async start(url: string, options: InstanceOptions & { consume?: boolean }): Promise<ItemInstance> {
    const dataSource = new DataSource({ type: 'postgres', url, extra: { max: 10, Client: HeardClient } });
    await dataSource.initialize();
    const { topic } = options;
    await options.driver.ensureTopics([{ name: topic.name, partitions: topic.partitions }]);
    const instance = new ItemInstance(dataSource, options);
    if (options.relay !== false) instance.relay.start();
    if (options.consume !== false) await instance.runtime.start();
    return instance;
  }

  async stop(): Promise<void> {
    await this.runtime.stop();
    await this.relay.stop();
    await this.dataSource.destroy();
  }

  /** Writes the next version of an item and its event in one transaction; null erases it. */
  write(id: string, label: string | null): Promise<void> {
    return this.outbox.transaction((tx) => this.writeIn(tx, id, label));
  }

  async writeIn(tx: EntityManager, id: string, label: string | null): Promise<void> {
    const { topic } = this.options;
    if (label === null) {
      await tx.query('DELETE FROM item WHERE id = $1', [id]);
      await this.outbox.append(tx, [{ topic, happening: 'erased', key: id, state: null }]);
      return;
    }
    const [row] = await tx.query<{ version: number }[]>(
      `INSERT INTO item VALUES ($1, 1, $2)
       ON CONFLICT (id) DO UPDATE SET version = item.version + 1, label = excluded.label RETURNING version`,
      [id, label],
    );
    const version = row?.version ?? 1;
    const happening = version === 1 ? 'made' : 'changed';
    await this.outbox.append(tx, [{ topic, happening, key: id, state: { id, version, label } }]);
  }

  /** Resolves when all that is committed has been published and handled. */
  async settled(timeoutMs = 20_000): Promise<void> {
    await eventually(async () => (await this.relay.backlog()).events === 0, { timeoutMs });
    await this.runtime.caughtUp(timeoutMs);
  }

  /** Everything that handlers of this database have committed, in that order. */
  handled(kind: HandlerKind): Promise<HandledRow[]> {
    return this.dataSource.query<HandledRow[]>(
      'SELECT handler, kind, key, version, event_id FROM handled WHERE kind = $1 ORDER BY seq',
      [kind],
    );
  }

  /** The projection's rows, as `id: version label`. */
  view(table = 'item_view'): Promise<Item[]> {
    return this.dataSource.query<Item[]>(`SELECT id, version, label FROM ${table} ORDER BY id`);
  }

  items(): Promise<Item[]> {
    return this.view('item');
  }

  private async handle(kind: HandlerKind, events: DomainEvent<Item>[], tx: EntityManager): Promise<void> {
    const { onProjection, onEffect } = this.options;
    await (kind === 'projection' ? onProjection : onEffect)?.(events, tx);
    await tx.query(
      `INSERT INTO handled (handler, kind, key, version, event_id)
       SELECT $1, $2, k, v, e FROM unnest($3::text[], $4::int[], $5::uuid[]) AS x(k, v, e)`,
      [
        ...[this.id, kind],
        events.map((e) => e.key),
        events.map((e) => e.state?.version ?? null),
        events.map((e) => e.id),
      ],
    );
    if (kind === 'projection') await project(events, tx);
  }
}

async function project(events: DomainEvent<Item>[], tx: EntityManager): Promise<void> {
  for (const { key, state } of events) {
    if (!state) await tx.query('DELETE FROM item_view WHERE id = $1', [key]);
    else {
      await tx.query(
        `INSERT INTO item_view VALUES ($1, $2, $3) ON CONFLICT (id) DO UPDATE
           SET version = excluded.version, label = excluded.label WHERE item_view.version < excluded.version`,
        [state.id, state.version, state.label],
      );
    }
  }
}
