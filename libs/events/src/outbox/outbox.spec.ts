import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '#platform/testing';
import { migrateItems } from '../../test/item-service.js';
import { itemTopic } from '../../test/items.js';
import { MalformedEventError } from '../event.js';
import { Outbox } from './outbox.js';
import type { Relay } from './relay.js';

describe('The outbox', () => {
  const topic = itemTopic();
  let database: TestDatabase;
  let dataSource: DataSource;
  let outbox: Outbox;
  let woken = 0;
  const rows = (): Promise<Record<string, unknown>[]> =>
    dataSource.query('SELECT topic, key, event_id, headers, value FROM outbox ORDER BY id');
  const made = (id: string, version = 1): Parameters<Outbox['append']>[1] => [
    { topic, happening: 'made', key: id, state: { id, version, label: `v${version}` } } as never,
  ];

  beforeAll(async () => {
    database = await createTestDatabase('outbox');
    await migrateItems(database.url);
    dataSource = new DataSource({ type: 'postgres', url: database.url });
    await dataSource.initialize();
    const relay = { wake: () => woken++ } as unknown as Relay;
    outbox = new Outbox(dataSource, relay, { current: () => ({ correlationId: 'request-1' }) });
  });
  beforeEach(async () => {
    woken = 0;
    await dataSource.query('TRUNCATE outbox');
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  it('holds the events of a transaction in the order they were said, and wakes the relay after the commit', async () => {
    const id = randomUUID();
    const result = await outbox.transaction(async (tx) => {
      await outbox.append(tx, [...made(id, 1), ...made(id, 2)]);
      await outbox.append(tx, made(id, 3));
      expect(woken).toBe(0);
      return 'done';
    });
    expect([result, woken]).toEqual(['done', 1]);
    const written = await rows();
    expect(written.map(({ value }) => JSON.parse(value as string) as unknown)).toEqual(
      [1, 2, 3].map((version) => ({ id, version, label: `v${version}` })),
    );
    expect(written[0]).toMatchObject({
      topic: topic.name,
      key: id,
      headers: { ce_id: written[0]?.['event_id'], ce_correlationid: 'request-1' },
    });
    expect(new Set(written.map((row) => row['event_id'])).size).toBe(3);
  });

  it('holds nothing of a transaction that is rolled back, and wakes nobody', async () => {
    const refused = outbox.transaction(async (tx) => {
      await outbox.append(tx, made(randomUUID()));
      throw new Error('refused');
    });
    await expect(refused).rejects.toThrow('refused');
    expect([await rows(), woken]).toEqual([[], 0]);
  });

  it('refuses a state against the schema, and with it the transaction', async () => {
    const refused = outbox.transaction(async (tx) => {
      await tx.query(`INSERT INTO item VALUES ('${randomUUID()}', 1, 'x')`);
      await outbox.append(tx, made(randomUUID(), 0));
    });
    await expect(refused).rejects.toThrow(MalformedEventError);
    expect(await dataSource.query('SELECT * FROM item')).toEqual([]);
  });

  it('refuses an event outside of a transaction, where it could be lost or untrue', async () => {
    await expect(outbox.append(dataSource.manager, made(randomUUID()))).rejects.toThrow(
      'outside of a transaction',
    );
    expect(await rows()).toEqual([]);
  });

  it('takes a tombstone, text that JSON and SQL quote, and nothing at all', async () => {
    const id = randomUUID();
    const label = `"'\\ \u0000 \ud800 Đà Nẵng 🇻🇳 {} $1`;
    await outbox.transaction(async (tx) => {
      await outbox.append(tx, []);
      await outbox.append(tx, [
        { topic, happening: 'made', key: id, state: { id, version: 1, label } },
        { topic, happening: 'erased', key: id, state: null },
      ]);
    });
    const [written, erased] = await rows();
    expect(JSON.parse(written?.['value'] as string)).toEqual({ id, version: 1, label });
    expect(erased?.['value']).toBeNull();
  });
});
