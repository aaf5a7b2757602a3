import { describe, expect, it } from '@jest/globals';
import { createTestDatabase } from '../testing/index.js';
import { availableConnections, connectionsWanted, planConnections } from './connection-budget.js';

const cluster = { services: 4, instances: 4, log: true, oneProcess: false };

describe('Connections to PostgreSQL', () => {
  it('are ten for each instance of a service where the server has them', () => {
    expect(planConnections(117, cluster)).toEqual({ pool: 10, logPool: 5, total: 60 });
    expect(planConnections(117, { ...cluster, oneProcess: true })).toEqual({
      pool: 10,
      logPool: 8,
      total: 48,
    });
    expect(planConnections(117, { ...cluster, log: false })).toEqual({ pool: 10, logPool: 0, total: 40 });
  });

  it('become fewer for each where there are more instances, and never more together than the server has', () => {
    const plan = planConnections(97, { ...cluster, instances: 8 });
    expect(plan).toEqual({ pool: 7, logPool: 4, total: 88 });
    for (let available = 20; available < 400; available++) {
      for (let instances = 1; instances < 24; instances++) {
        try {
          expect(planConnections(available, { ...cluster, instances }).total).toBeLessThan(available - 4);
        } catch (error) {
          expect((error as Error).message).toContain('max_connections');
        }
      }
    }
  });

  it('that do not suffice are told in one sentence with the numbers and what to change', () => {
    expect(() => planConnections(50, { ...cluster, instances: 12 })).toThrow(
      'PostgreSQL allows 50 connections and keeps 5 of them free, but 12 instances of 4 services × 4 connections ' +
        'and 3 of each process to the event log are 84: set max_connections of the server to 92 or more, or start fewer instances.',
    );
    expect(() => planConnections(97, { ...cluster, pool: 30 })).toThrow(/× 30 connections .*lower DB_POOL/);
  });

  it('are asked of the server itself', async () => {
    const database = await createTestDatabase('budget');
    try {
      const available = await availableConnections(database.url);
      expect(available).toBeGreaterThan(50);
      expect(available).toBeLessThan(10_000);
    } finally {
      await database.drop();
    }
  });

  it('of a server of our own are as many as all of them want', () => {
    const demand = { ...cluster, instances: 12 };
    const wanted = connectionsWanted(demand);
    expect(planConnections(wanted, demand).pool).toBe(10);
    expect(planConnections(wanted - 1, demand).pool).toBe(9);
  });
});
