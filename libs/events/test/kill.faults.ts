import { createTestDatabase } from '#platform/testing';
import { describeKills } from './kill.suite.js';

describeKills('PostgreSQL', {
  log: async () => {
    const database = await createTestDatabase('event_log');
    return { address: { postgres: database.url }, drop: () => database.drop() };
  },
  kills: 20,
  apartMs: 500,
});
