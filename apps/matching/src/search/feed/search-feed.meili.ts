import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '#platform/testing';
import { DataSource } from 'typeorm';
import type { DriftReport } from '../../drift/drift-check.js';
import { meiliBed, silent, testServer } from '../meilisearch/test/meili-bed.js';
import { backlogOf, noteChanges } from './change-queue.js';
import { SearchFeed } from './search-feed.js';
import { FedService, published } from './test/fed-service.js';

jest.setTimeout(180_000);

describe('Matching with Meilisearch', () => {
  let fed: FedService;
  const [welder, korean, cook] = ['Thợ Hàn TIG', 'Nhân Viên Tiếng Hàn', 'Đầu Bếp'].map((title) =>
    published(title),
  ) as [ReturnType<typeof published>, ReturnType<typeof published>, ReturnType<typeof published>];
  const drift = async (): Promise<DriftReport> =>
    (await (await fed.service.as('administrator')).post('/drift').expect(200)).body as DriftReport;

  beforeAll(async () => {
    fed = await FedService.start(testServer()!);
    await fed.happen(welder, korean, cook);
    await fed.searchable(3);
  });
  afterAll(() => fed.clear());

  it('finds what was published, as PostgreSQL does, and says who answers', async () => {
    expect(await fed.search('q=tho+han')).toMatchObject({
      engine: 'meilisearch',
      degraded: false,
      total: 1,
      items: [{ id: welder.id, titleHighlighted: '<mark>Thợ Hàn TIG</mark>' }],
    });
  });

  it('follows changes, and forgets what is closed', async () => {
    await fed.happen(
      { ...cook, version: 2, status: 'closed' },
      { ...korean, version: 2, title: 'Phiên Dịch' },
    );
    const { items } = await fed.searchable(2);
    expect(items.map(({ title }) => title).sort()).toEqual(['Phiên Dịch', 'Thợ Hàn TIG']);
    // Struck out once the server has written it, which may be seen a moment earlier.
    await eventually(async () => {
      const [queue] = await fed.service.database.query<{ n: number }[]>(
        'SELECT count(*)::int AS n FROM search_changes',
      );
      return queue?.n === 0;
    });
  });

  it('compares the index with the owner too', async () => {
    expect(await drift()).toMatchObject({ inSync: true, openings: { owner: 2, index: 2 } });
    await fed.bed.engine.remove([welder.id]);
    expect(await drift()).toMatchObject({ inSync: false, openings: { index: 1, missing: [welder.id] } });
  });

  it('notices an index of another size than the read model, or none at all, and builds it anew by itself', async () => {
    await fed.searchable(2);
    await fed.bed.engine.store.drop('live');
    const { engine, degraded, total } = await fed.search();
    // Nobody has looked since: the search itself finds out, and PostgreSQL answers.
    expect([engine, degraded, total]).toEqual(['postgres', true, 2]);
    await fed.searchable(2);
    expect((await drift()).inSync).toBe(true);
  });

  it('leaves out what the server refuses, and feeds all others', async () => {
    const [bad, good] = [published('Thợ Nề'), published('Thợ Sơn')];
    await fed.happen(bad);
    await fed.searchable(3);
    // The server takes no id with a blank.
    await fed.service.database.query(`UPDATE openings SET doc = doc || '{"id": "not an id"}' WHERE id = $1`, [
      bad.id,
    ]);
    await noteChanges(fed.service.database, [bad.id]);
    await fed.happen(good);
    await eventually(
      async () => (await backlogOf(fed.service.database)).refused === 1 && (await fed.searchable(3)),
      { timeoutMs: 60_000 },
    );
    expect((await drift()).openings.missing).toEqual([bad.id]);
    await fed.happen({ ...bad, version: 2, status: 'closed' }, { ...good, version: 2, status: 'closed' });
    await fed.searchable(2);
    expect((await backlogOf(fed.service.database)).refused).toBe(0);
  });

  it('builds the index anew when the read model was', async () => {
    const { generation } = await fed.bed.engine.stats();
    await (await fed.service.as('administrator')).post('/admin/rebuild').expect(200);
    await eventually(async () => (await fed.bed.engine.stats()).generation !== generation, {
      timeoutMs: 60_000,
    });
    await fed.searchable(2);
  });

  it('has caught up only when the index has what the read model has', async () => {
    const crowd = Array.from({ length: 400 }, (_, n) => published(`Thợ May ${n}`));
    const administrator = await fed.service.as('administrator');
    await fed.happen(...crowd);
    await administrator.post('/admin/caught-up').expect(200);
    expect(await fed.search('sort=newest')).toMatchObject({ engine: 'meilisearch', total: 402 });
    await fed.happen(...crowd.map((state) => ({ ...state, version: 2, status: 'closed' as const })));
    await administrator.post('/admin/caught-up').expect(200);
    expect(await fed.search('sort=newest')).toMatchObject({ engine: 'meilisearch', total: 2 });
  });

  it('goes on after a restart with what was written meanwhile', async () => {
    await fed.service.stop();
    await fed.service.start();
    await fed.happen(published('Thợ Mộc'));
    await fed.searchable(3);
  });

  it('is fed by one instance at a time; another takes over where it ended', async () => {
    const other = await new DataSource(fed.service.database.options).initialize();
    const { engine } = meiliBed(testServer()!, fed.bed.engine.server.names.live);
    const second = new SearchFeed(other, engine, silent);
    second.start();
    const epoch = async (): Promise<string> =>
      (await other.query<{ epoch: string }[]>('SELECT epoch FROM public.search_feed'))[0]!.epoch;
    const before = await epoch();
    await fed.happen(published('Thợ Xây'));
    await fed.searchable(4);
    expect(await epoch()).toBe(before);

    await fed.service.stop();
    await fed.bed.engine.remove([welder.id]);
    await noteChanges(other, [welder.id]);
    await eventually(async () => (await fed.bed.engine.store.versionsOf([welder.id])).length === 1, {
      timeoutMs: 60_000,
    });
    expect(Number(await epoch())).toBe(Number(before) + 1);
    await second.stop();
    await other.destroy();
    await fed.service.start();
  });
});
