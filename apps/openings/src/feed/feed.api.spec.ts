import { describe, expect, it } from '@jest/globals';
import { act, draft, openingsBed, published } from '../../test/openings.fixture.js';

interface FeedPage {
  items: { seq: number; id: string; version: number; removed: boolean; opening?: { title: string } }[];
  nextAfter: number;
}

describe('The feed of public changes', () => {
  const bed = openingsBed();
  const { who } = bed;

  const page = async (after: number, limit = 1000): Promise<FeedPage> =>
    (await who.anyone.get(`/feed?after=${after}&limit=${limit}`).expect(200)).body as FeedPage;
  const end = async (): Promise<number> => (await page(0)).nextAfter;

  it('tells of publications and removals, of each opening the latest, and nothing of what was never public', async () => {
    const after = await end();
    const never = await draft(who.officer);
    await act(who.officer, never, 'submit');
    await act(who.officer, never, 'close', 'Trùng tin');
    const shown = await published(who.officer, { title: 'Công nhân may' });
    const gone = await published(who.officer);
    const before = await page(after);
    expect(before.items.map(({ id, removed }) => ({ id, removed }))).toEqual([
      { id: shown, removed: false },
      { id: gone, removed: false },
    ]);
    expect(before.items[0]?.opening?.title).toBe('Công nhân may');
    await act(who.officer, gone, 'markFilled');
    expect((await page(before.nextAfter)).items).toEqual([
      expect.objectContaining({ id: gone, removed: true, version: 4 }),
    ]);
    expect((await page(after)).items.map(({ id }) => id)).toEqual([shown, gone]);
    expect((await page(after)).items[1]?.opening).toBeUndefined();
  });

  it('a removal is told once; a republication is told again', async () => {
    const id = await published(who.officer);
    await act(who.officer, id, 'close', 'Đủ người');
    const after = await end();
    await act(who.officer, id, 'reopen');
    await act(who.officer, id, 'submit');
    expect((await page(after)).items).toEqual([]);
    await act(who.officer, id, 'approve');
    expect((await page(after)).items).toEqual([expect.objectContaining({ id, removed: false })]);
  });

  it('who follows it page by page while postings come and go ends with exactly what is public', async () => {
    const known = new Set<string>();
    let after = 0;
    let writing = true;
    const follow = async (): Promise<void> => {
      for (;;) {
        const stopped = !writing;
        const next = await page(after, 3);
        for (const item of next.items) {
          expect(item.seq).toBeGreaterThan(after);
          if (item.removed) known.delete(item.id);
          else known.add(item.id);
        }
        after = next.nextAfter;
        if (stopped && next.items.length === 0) return;
      }
    };
    const write = async (n: number): Promise<void> => {
      for (let i = 0; i < 6; i++) {
        const id = await published(who.officer);
        if ((n + i) % 3 === 0) await act(who.officer, id, 'close', 'Đủ người');
      }
    };
    const following = follow();
    await Promise.all([0, 1, 2].map(write));
    writing = false;
    await following;
    const rows = await bed.service.database.query<{ id: string }[]>(
      "SELECT id FROM job_opening WHERE status = 'published'",
    );
    expect([...known].sort()).toEqual(rows.map(({ id }) => id).sort());
  });

  it('a reader never sees a number before a smaller one is readable', async () => {
    const seen: number[] = [];
    let writing = true;
    const after = await end();
    const watch = (async () => {
      while (writing) seen.push(...[(await page(after)).items.length]);
    })();
    await Promise.all(Array.from({ length: 6 }, () => published(who.officer)));
    writing = false;
    await watch;
    const { items } = await page(after);
    expect(items.map(({ seq }) => seq)).toEqual(items.map((_, i) => after + 1 + i));
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });

  it('refuses positions that are none', async () => {
    await who.anyone.get('/feed?after=-1').expect(422);
    await who.anyone.get('/feed?after=x').expect(422);
    await who.anyone.get('/feed?limit=1001').expect(422);
  });
});
