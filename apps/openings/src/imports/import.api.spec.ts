import { describe, expect, it } from '@jest/globals';
import { generatedCsv } from '../../../../bench/openings/openings-csv.js';
import { csv, importsBed, row } from '../../test/imports.fixture.js';
import { act, inDays } from '../../test/openings.fixture.js';

describe('The import of openings', () => {
  const bed = importsBed();
  const { who, submit, begun, finished, imported, bySource } = bed;
  const logged = async (): Promise<number> => (await bed.service.log('openings.job-opening')).length;

  it('brings in what can be read and tells the rest by line, column and reason', async () => {
    const content = csv(
      row('1'),
      row('2', { title: 'Kế toán\nca sáng' }),
      row('3', { pay: 'cao lắm' }),
      row('1'),
      '5,thiếu cột',
      row('6', { title: 'Gọi 0912 345 678' }),
    );
    const { id, progress, status } = await imported(content, 'source=first');
    expect({ status, progress }).toEqual({
      status: 'done',
      progress: { read: 6, total: 6, created: 2, updated: 0, unchanged: 0, rejected: 4 },
    });
    const { body } = await who.administrator.get(`/imports/${id}/rejections`).expect(200);
    expect(body).toMatchObject({
      total: 4,
      items: [
        { line: 5, field: 'salary_text', code: 'unreadable-pay', value: 'cao lắm' },
        { line: 6, field: 'source_id', code: 'duplicate-in-file', value: '1' },
        { line: 7, field: 'line', code: 'column-count' },
        { line: 8, field: 'title', code: 'personal-data' },
      ],
    });
    const pages: number[] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined;) {
      const page = (
        await who.administrator.get(`/imports/${id}/rejections?limit=2${cursor && `&cursor=${cursor}`}`)
      ).body as { items: { line: number }[]; nextCursor?: string };
      pages.push(...page.items.map(({ line }) => line));
      cursor = page.nextCursor;
    }
    expect(pages).toEqual([5, 6, 7, 8]);
    const [opening] = await bySource('first');
    expect(await bed.service.happened(String(opening?.['id']))).toEqual(['published']);
    await who.anyone.get(`/public/job-openings/${String(opening?.['id'])}`).expect(200);
  });

  it('publishes exactly what is stored', async () => {
    await imported(
      csv(row('1', { place: 'Hồ Chí Minh & 2 nơi khác' }), row('2', { pay: '' })),
      'source=exact',
    );
    for (const { id } of await bySource('exact')) {
      const [event] = (await bed.service.log()).filter(({ key }) => key === id);
      const { body } = await who.anyone.get(`/public/job-openings/${String(id)}`).expect(200);
      expect(event?.state).toEqual(body);
    }
  });

  it('of the same file a second time changes nothing and publishes nothing', async () => {
    const content = csv(row('1'), row('2'), row('3', { title: '' }));
    await imported(content, 'source=twice');
    const before = { rows: await bySource('twice'), events: await logged() };
    const { progress } = await imported(content, 'source=twice');
    expect(progress).toMatchObject({ created: 0, updated: 0, unchanged: 2, rejected: 1 });
    expect({ rows: await bySource('twice'), events: await logged() }).toEqual(before);
  });

  it('of a later file moves the last day on, of an earlier one nothing back', async () => {
    const [early, late] = [inDays(-20), inDays(-10)];
    await imported(csv(row('1', { title: 'Cũ' }), row('2')), `source=days&asOf=${early}`);
    await imported(csv(row('1', { title: 'Mới' })), `source=days&asOf=${late}`);
    const after = await bySource('days');
    expect(after).toMatchObject([
      { title: 'Mới', last_seen_on: late, expires_on: inDays(50), version: 2, status: 'published' },
      { title: 'Thợ hàn', last_seen_on: early, expires_on: inDays(40), version: 1 },
    ]);
    const events = await logged();
    expect(
      (await imported(csv(row('1', { title: 'Cũ' })), `source=days&asOf=${early}`)).progress.unchanged,
    ).toBe(1);
    expect(await bySource('days')).toEqual(after);
    expect(await logged()).toBe(events);
  });

  it('of a posting that had expired publishes it again; of one that an officer closed does not', async () => {
    await imported(csv(row('1'), row('2')), `source=again&asOf=${inDays(-100)}`);
    const [one, two] = (await bySource('again')).map(({ id }) => String(id));
    expect((await bySource('again')).map(({ status }) => status)).toEqual(['expired', 'expired']);
    expect(await bed.service.happened(one ?? '')).toEqual(['expired']);
    await imported(csv(row('1'), row('2')), `source=again&asOf=${inDays(-1)}`);
    expect(await bed.service.happened(one ?? '')).toEqual(['expired', 'published']);
    await act(who.officer, two ?? '', 'close', 'Tin lừa đảo');
    await imported(csv(row('1'), row('2', { title: 'Đã đổi tên' })), 'source=again');
    expect((await bySource('again')).map(({ status }) => status)).toEqual(['published', 'closed']);
    await who.anyone.get(`/public/job-openings/${two}`).expect(410);
  });

  it('leaves to officers the occupation of a posting, and a later file does not undo it', async () => {
    await imported(csv(row('1')), `source=occupation&asOf=${inDays(-2)}`);
    const [opening] = await bySource('occupation');
    const path = `/job-openings/${String(opening?.['id'])}`;
    const patch = (body: object, http = who.officer) => http.patch(path).set('if-match', '"1"').send(body);
    expect((await patch({ title: 'Khác', occupationCode: '7212' })).body).toMatchObject({
      code: 'openings.imported',
    });
    await patch({ occupationCode: '7212' }, who.officerElsewhere).expect(404);
    await patch({ occupationCode: '7212' }).expect(200);
    await imported(csv(row('1', { title: 'Kế toán' })), 'source=occupation');
    expect((await bySource('occupation'))[0]).toMatchObject({
      occupation_code: '7212',
      title: 'Kế toán',
      version: 3,
    });
  });

  it('of one file by two jobs at once doubles nothing', async () => {
    const content = generatedCsv(1200, 7);
    const ids = await Promise.all([submit(content, 'source=both'), submit(content, 'source=both')]);
    const results = await Promise.all(ids.map((id) => finished(id)));
    expect(results.map(({ progress }) => [progress.created, progress.unchanged]).sort()).toEqual([
      [0, 1200],
      [1200, 0],
    ]);
    expect(await bySource('both')).toHaveLength(1200);
  });

  describe('that is interrupted', () => {
    const complete = async (id: string, source: string, rows: number): Promise<void> => {
      expect((await finished(id)).progress).toMatchObject({
        read: rows,
        created: rows,
        updated: 0,
        rejected: 0,
      });
      const stored = await bySource(source);
      expect(stored).toHaveLength(rows);
      expect(stored.every(({ version }) => version === 1)).toBe(true);
      const keys = (await bed.service.log('openings.job-opening')).map(({ key }) => key);
      const own = new Set(stored.map((opening) => opening['id']));
      expect(keys.filter((key) => own.has(key))).toHaveLength(rows);
    };

    it('by a restart goes on where it was', async () => {
      const id = await submit(generatedCsv(1800, 11), 'source=restart');
      await begun(id);
      await bed.restart();
      await complete(id, 'restart', 1800);
    });

    it('by another worker that has taken the lease writes nothing more until that one is gone', async () => {
      const id = await submit(generatedCsv(1800, 12), 'source=lease');
      await begun(id);
      await bed.service.database.query(
        `UPDATE import_job SET worker = gen_random_uuid(), lease_until = now() + interval '2 seconds' WHERE id = $1`,
        [id],
      );
      await complete(id, 'lease', 1800);
    });
  });
});
