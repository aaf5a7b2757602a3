import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { DriftReport } from '../../drift/drift-check.js';
import { testServer } from '../meilisearch/test/meili-bed.js';
import { Door } from './test/door.js';
import { FedService, published } from './test/fed-service.js';

const AWAY_MS = 60_000;
jest.setTimeout(300_000);

let fed: FedService;
let door: Door;

beforeAll(async () => {
  const server = testServer()!;
  door = new Door(new URL(server.url));
  await door.open();
  fed = await FedService.start(server, door.url);
  await fed.happen(published('Thợ Hàn TIG'), published('Đầu Bếp'));
  await fed.searchable(2);
});
afterAll(async () => {
  await fed.clear();
  await door.shut();
});

it('while Meilisearch is away for a minute writes go on, PostgreSQL answers and says so, and then the index catches up', async () => {
  const gone = published('Thợ Mộc');
  await fed.happen(gone);
  await fed.searchable(3);
  await door.shut();
  const until = Date.now() + AWAY_MS;
  const took: number[] = [];
  for (let n = 0; Date.now() < until; n++) {
    await fed.happen(published(`Thợ Hàn Số ${n}`));
    const began = performance.now();
    const answer = await fed.search('q=tho+han');
    took.push(performance.now() - began);
    // What was written is found at once: PostgreSQL's index is of the same transaction.
    expect(answer).toMatchObject({ engine: 'postgres', degraded: true, total: n + 2 });
    await sleep(500);
  }
  await fed.happen({ ...gone, version: 2, status: 'closed' });
  // Only the first search may have waited for a server that is gone: for two seconds.
  expect(took.length).toBeGreaterThan(5);
  expect(Math.max(...took.slice(1))).toBeLessThan(2_000);

  await door.open();
  await fed.searchable(took.length + 2);
  expect(await fed.bed.engine.store.versionsOf([gone.id])).toEqual([]);
  const { body } = await (await fed.service.as('administrator')).post('/drift').expect(200);
  expect(body as DriftReport).toMatchObject({ inSync: true, openings: { index: took.length + 2 } });
});
