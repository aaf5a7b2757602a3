import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals';
import type { TopicDefinition } from '#contracts';
import { type EventLogDriver, type LogRecord, type OutgoingRecord, partitionOf } from '#events';
import { createTestDatabase, type TestDatabase } from '#platform/testing';
import { encodeEvent } from '../src/event.js';
import { type Handle, type InstanceOptions, ItemInstance, migrateItems } from './item-service.js';
import { type Item, itemTopic } from './items.js';
import { readLog } from './read-log.js';

/** What a driver's spec brings: the same suite runs over every event log. */
export interface LogHarness {
  /** A started driver with connections of its own, as another process would have it. The suite closes it. */
  driver(): Promise<EventLogDriver>;
  /** Ends a driver's consumers as a crash would: without a word to the log. */
  die(driver: EventLogDriver): Promise<void>;
  /** How long at most until the partitions of a member that died are read by others (ms). */
  takeOverMs: number;
  /** Has the log compact itself now, as if every record were old enough; resolves when it is done. */
  compact(topic: string): Promise<void>;
  /** Opens a transaction in the log's own store that stays open until the returned function is called. */
  longTransaction?(): Promise<() => Promise<void>>;
  /** Cuts every connection to the log, as a restart of it would. */
  cutConnections?(): Promise<void>;
  stop(): Promise<void>;
}

export const WAIT = { timeoutMs: 20_000 };

/** The event log of a harness, with a topic, a group and a database of items for each test. */
export class LogBed {
  harness!: LogHarness;
  database!: TestDatabase;
  topic!: TopicDefinition<Item>;
  /** Groups are of one test, too: a member that died in one holds up no other. */
  group!: string;
  private instances: ItemInstance[] = [];
  private drivers: EventLogDriver[] = [];

  /** Makes and removes all that around the tests of the suite that calls it. */
  constructor(makeHarness: () => Promise<LogHarness>) {
    beforeAll(async () => {
      this.harness = await makeHarness();
    }, 120_000);
    afterAll(() => this.harness.stop());
    beforeEach(async () => {
      this.database = await createTestDatabase('items');
      await migrateItems(this.database.url);
      this.topic = itemTopic();
      this.group = `items-${randomUUID().slice(0, 8)}`;
    });
    afterEach(async () => {
      await Promise.all(this.instances.map((instance) => instance.stop()));
      await Promise.all(this.drivers.map((driver) => driver.close().catch(() => undefined)));
      [this.instances, this.drivers] = [[], []];
      await this.database.drop();
    });
  }

  async newDriver(): Promise<EventLogDriver> {
    const driver = await this.harness.driver();
    this.drivers.push(driver);
    return driver;
  }

  async start(
    options: Partial<InstanceOptions> & { consume?: boolean } = {},
    url = this.database.url,
  ): Promise<ItemInstance> {
    const driver = options.driver ?? (await this.newDriver());
    const instance = await ItemInstance.start(url, {
      ...{ topic: this.topic, service: this.group },
      ...options,
      driver,
    });
    this.instances.push(instance);
    return instance;
  }

  /** The test ends this instance itself. */
  forget(instance: ItemInstance): void {
    this.instances = this.instances.filter((other) => other !== instance);
  }

  /** A key of a partition. */
  keyIn(partition: number): string {
    for (;;) {
      const id = randomUUID();
      if (partitionOf(id, this.topic.partitions) === partition) return id;
    }
  }

  outgoing(state: Item, happening = 'made'): OutgoingRecord {
    return encodeEvent({ topic: this.topic, happening, key: state.id, state }, {});
  }

  /** A record with a value and headers that need not make sense. */
  raw(key: string, value: string | null, headers: Record<string, string> = {}): OutgoingRecord {
    const record = this.outgoing({ id: key, version: 1, label: '' });
    return { ...record, headers: { ...record.headers, ...headers }, value };
  }

  /** Every record of the topic. */
  async records(): Promise<LogRecord[]> {
    return readLog(await this.newDriver(), this.topic.name, WAIT.timeoutMs);
  }
}

export const ids = (n: number): string[] => Array.from({ length: n }, () => randomUUID());

export const nothing: Handle = async () => {};

/** Versions per key never go down and none is left out. */
export function expectOrder(rows: readonly { key: string; version: number | null }[]): void {
  const last = new Map<string, number>();
  for (const { key, version } of rows) {
    expect(version).toBe((last.get(key) ?? 0) + 1);
    last.set(key, version ?? 0);
  }
}
