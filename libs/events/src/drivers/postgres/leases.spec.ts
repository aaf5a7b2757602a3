import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '#platform/testing';
import { Leases, quotaOf } from './leases.js';
import { createLogTables } from './schema.js';
import { TopicCatalogue } from './topic-catalogue.js';

describe('The part of a topic that a member may hold', () => {
  it('is equal for all, adds up to the topic, and the rest does not always fall to the same', () => {
    for (const [members, partitions] of [
      [1, 6],
      [2, 6],
      [4, 6],
      [5, 3],
      [7, 6],
    ] as const) {
      const ids = Array.from({ length: members }, (_, n) => `m${n}`);
      for (let topic = 1; topic < 9; topic++) {
        const parts = ids.map((id) => quotaOf(id, ids, topic, partitions));
        expect(parts.reduce((a, b) => a + b, 0)).toBe(partitions);
        expect(Math.max(...parts) - Math.min(...parts)).toBeLessThanOrEqual(1);
      }
    }
    const first = [1, 2, 3].map((topic) => quotaOf('a', ['a', 'b'], topic, 3));
    expect(new Set(first)).toEqual(new Set([1, 2]));
    expect(quotaOf('stranger', ['a'], 1, 3)).toBe(0);
  });
});

describe('Leases', () => {
  let database: TestDatabase;
  let pool: pg.Pool;
  let topics: TopicCatalogue;
  const member = (group: string, names: string[], leaseMs = 60_000): Leases =>
    new Leases(pool, topics, { group, topics: names, memberId: randomUUID(), leaseMs });
  const held = (leases: Leases): string[] =>
    leases
      .held()
      .map(({ topic, partition }) => `${topic}/${partition}`)
      .sort();

  beforeAll(async () => {
    database = await createTestDatabase('leases');
    pool = new pg.Pool({ connectionString: database.url, max: 4 });
    await createLogTables(pool);
    topics = new TopicCatalogue(pool);
    await topics.ensure([
      { name: 'old', partitions: 4 },
      { name: 'kept', partitions: 4 },
    ]);
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  it('cover a topic although the group once read another that nobody reads now', async () => {
    const before = member('g1', ['old', 'kept']);
    await before.balance();
    expect(held(before)).toHaveLength(8);
    await before.release();
    const rival = member('g1', ['kept']);
    const now = member('g1', ['kept']);
    await now.balance();
    await rival.balance();
    await now.balance();
    await rival.balance();
    expect([...held(now), ...held(rival)].sort()).toEqual(['kept/0', 'kept/1', 'kept/2', 'kept/3']);
  });

  it('leave a topic to those who read it while a new version that reads more is rolled out', async () => {
    const [old, young] = [member('g2', ['kept']), member('g2', ['kept', 'old'])];
    await old.balance();
    await young.balance();
    await old.balance();
    await young.balance();
    expect(held(old)).toHaveLength(2);
    expect(held(young).filter((name) => name.startsWith('old'))).toHaveLength(4);
    expect(held(young).filter((name) => name.startsWith('kept'))).toHaveLength(2);
  });

  it('of a member that is silent run out, and it no longer believes in them before others take them', async () => {
    const [silent, other] = [member('g3', ['kept'], 300), member('g3', ['kept'], 60_000)];
    await silent.balance();
    expect(held(silent)).toHaveLength(4);
    await new Promise((resolve) => setTimeout(resolve, 260));
    expect(held(silent)).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await other.balance();
    expect(held(other)).toHaveLength(4);
  });

  it('of a group that has ended leave no rows behind', async () => {
    const leases = member('g4', ['kept']);
    await leases.balance();
    await leases.release();
    const { rows } = await pool.query(
      `SELECT 1 FROM log_lease WHERE group_id = 'g4' UNION ALL SELECT 1 FROM log_member WHERE group_id = 'g4'`,
    );
    expect(rows).toEqual([]);
  });
});
