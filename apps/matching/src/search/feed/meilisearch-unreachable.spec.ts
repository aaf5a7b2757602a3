import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Metrics } from '#platform';
import { SearchProfile } from '../search.providers.js';
import { FedService, published } from './test/fed-service.js';

/** An address where nobody listens. */
async function nobody(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

describe('Matching whose Meilisearch does not answer', () => {
  let fed: FedService;
  const cook = published('Đầu Bếp');

  beforeAll(async () => {
    fed = await FedService.start({ url: await nobody() });
  });
  afterAll(() => fed.service.clear());

  it('starts, takes what is written and finds it at once by PostgreSQL, and says so', async () => {
    await fed.happen(cook, published('Thợ Mộc'));
    expect(await fed.search('q=dau+bep')).toMatchObject({
      engine: 'postgres',
      degraded: true,
      total: 1,
      items: [{ id: cook.id }],
    });
  });

  it('has caught up without it: what is not asked hides nothing', async () => {
    await (await fed.service.as('administrator')).post('/admin/caught-up').expect(200);
  });

  it('keeps what has changed for the day it answers again, each opening once', async () => {
    await fed.happen({ ...cook, version: 2, status: 'closed' });
    const rows = await fed.service.database.query<{ id: string }[]>('SELECT id FROM search_changes');
    expect(rows).toHaveLength(2);
    expect(rows.map(({ id }) => id)).toContain(cook.id);
  });

  it('is ready all the same, and tells what it does without', async () => {
    expect(fed.service.get(SearchProfile).trouble).toMatch(
      /^Meilisearch cannot be used \(.+\): check MEILI_URL/,
    );
    const state = await fed.service.ready();
    expect(state.ready).toBe(true);
    expect(state.dependencies).toMatchObject({
      database: 'up',
      search: expect.stringMatching(/^Meilisearch cannot be used \(.+\): check MEILI_URL/),
    });
  });

  it('has figures of it', async () => {
    const metrics = new Metrics();
    await fed.service.get(SearchProfile).measure(metrics);
    const text = await metrics.text();
    expect(text).toContain('search_degraded{service="matching"} 1');
    expect(text).toContain('search_feed_refused{service="matching"} 0');
    expect(text).toMatch(/search_feed_oldest_seconds\{service="matching"\} 0?[1-9.]/);
  });

  it('cannot be compared with its owners: the drift check says that something is away', async () => {
    const administrator = await fed.service.as('administrator');
    const { body } = await administrator.post('/drift').expect(503);
    expect(body).toMatchObject({ code: 'matching.unavailable' });
  });
});
