import { beforeAll, describe, expect, it } from '@jest/globals';
import { Relay } from '#events';
import { Tokens, type VersionPage } from '#platform';
import type { TestHttp } from '#platform/testing';
import { act, draft, openingsBed, published } from '../test/openings.fixture.js';

describe('What read models must hold of the openings', () => {
  const bed = openingsBed();
  const { who } = bed;
  let matching: TestHttp;
  beforeAll(async () => {
    const token = await bed.service.get(Tokens).signService('matching', 'openings', ['openings.versions']);
    matching = bed.service.http(token);
  });

  const page = async (query: string, http = matching): Promise<VersionPage> =>
    (await http.get(`/versions${query}`).expect(200)).body as VersionPage;

  it('is every published opening with its version, and no other', async () => {
    const shown = await published(who.officer);
    const closed = await published(who.officer);
    await act(who.officer, closed, 'close', 'Đủ người');
    await draft(who.officer);
    await bed.service.relayed();
    expect(await page('')).toEqual({ items: [{ id: shown, version: 3 }], unsent: [] });
    expect(await page('', who.administrator)).toMatchObject({ items: [{ id: shown }] });
  });

  it('is read page by page, in the order of the ids', async () => {
    for (let i = 0; i < 4; i++) await published(who.officer);
    await bed.service.relayed();
    const all = (await page('')).items.map(({ id }) => id);
    expect(all).toEqual([...all].sort());
    const read: string[] = [];
    let next: string | undefined;
    do {
      const part: VersionPage = await page(`?limit=2${next ? `&after=${next}` : ''}`);
      expect(part.items.length).toBeLessThanOrEqual(2);
      read.push(...part.items.map(({ id }) => id));
      next = part.next;
    } while (next);
    expect(read).toEqual(all);
  });

  it('says which of them the log does not know yet, also of those that are gone', async () => {
    await bed.service.get(Relay).stop();
    const shown = await published(who.officer);
    const closed = await published(who.officer);
    await act(who.officer, closed, 'close', 'Đủ người');
    const { items, unsent } = await page('');
    expect(unsent).toEqual([shown, closed].sort());
    expect(items.map(({ id }) => id)).toContain(shown);
    const first = await page('?limit=1');
    expect(first.next).toBe([...items.map(({ id }) => id), ...unsent].sort()[0]);
  });

  it('is for services that are let and for administrators, in pages of a size', async () => {
    const other = bed.service.http(
      await bed.service.get(Tokens).signService('matching', 'openings', ['openings.other']),
    );
    await other.get('/versions').expect(403);
    await who.officer.get('/versions').expect(403);
    await who.anyone.get('/versions').expect(401);
    await matching.get('/versions?limit=5001').expect(422);
    await matching.get('/versions?after=1').expect(422);
  });
});
