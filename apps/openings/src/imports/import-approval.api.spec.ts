import { describe, expect, it } from '@jest/globals';
import { csv, importsBed, row } from '../../test/imports.fixture.js';
import { act, inDays } from '../../test/openings.fixture.js';

describe('The import of openings, as to what is published', () => {
  const bed = importsBed();
  const { who, imported, bySource } = bed;

  it('of an officer waits for officers; of an administrator it is published once the source is trusted', async () => {
    await imported(csv(row('1'), row('2')), 'source=partner', who.officer);
    expect((await bySource('partner')).map(({ status }) => status)).toEqual(['pending', 'pending']);
    const [one, two] = (await bySource('partner')).map(({ id }) => String(id));
    await who.anyone.get(`/public/job-openings/${one}`).expect(404);
    await act(who.officer, one ?? '', 'approve');
    await act(who.officer, two ?? '', 'return', 'Thiếu địa chỉ');
    await who.officer.put('/import-sources/partner').send({ trusted: true, keepDays: 30 }).expect(403);
    await who.administrator.put('/import-sources/partner').send({ trusted: true, keepDays: 30 }).expect(200);
    await imported(csv(row('1'), row('2'), row('3')), 'source=partner');
    expect(await bySource('partner')).toMatchObject([
      { status: 'published' },
      { status: 'returned' },
      { status: 'published', expires_on: inDays(30) },
    ]);
    const { body } = await who.administrator.get('/import-sources').expect(200);
    expect((body as { items: object[] }).items).toContainEqual(
      expect.objectContaining({ name: 'partner', trusted: true, keepDays: 30 }),
    );
    await who.administrator.put('/import-sources/partner').send({ trusted: 'yes', keepDays: 0 }).expect(422);
  });

  it('what waited is published when its source is trusted later', async () => {
    await imported(csv(row('1')), 'source=later', who.officer);
    await who.administrator.put('/import-sources/later').send({ trusted: true, keepDays: 60 }).expect(200);
    await imported(csv(row('1')), `source=later`);
    // The same content on the same day changes nothing; a later sight does.
    expect((await bySource('later'))[0]).toMatchObject({ status: 'pending' });
    await bed.service.database.query(
      `UPDATE job_opening SET last_seen_on = last_seen_on - 1 WHERE source = 'later'`,
    );
    await imported(csv(row('1')), 'source=later');
    const [opening] = await bySource('later');
    expect(opening).toMatchObject({ status: 'published' });
    expect(opening?.['published_at']).not.toBeNull();
    expect(await bed.service.happened(String(opening?.['id']))).toEqual(['submitted', 'published']);
  });

  it('by an officer takes the own area only', async () => {
    const { progress, id } = await imported(
      csv(row('1'), row('2', { place: 'Thái Nguyên' }), row('3', { place: '' })),
      'source=area',
      who.officer,
    );
    expect(progress).toMatchObject({ created: 2, rejected: 1 });
    const { body } = await who.officer.get(`/imports/${id}/rejections`);
    expect(body).toMatchObject({ items: [{ line: 3, field: 'locations', code: 'outside-area' }] });
  });

  it('of an officer publishes nothing, however trusted the name of its source is', async () => {
    await imported(csv(row('1')), 'source=borrowed');
    await imported(csv(row('2')), 'source=borrowed', who.officer);
    expect(await bySource('borrowed')).toMatchObject([{ status: 'published' }, { status: 'pending' }]);
  });

  it('of an administrator is published also when an officer has used the name of the source before', async () => {
    await imported(csv(row('1')), 'source=shared', who.officer);
    await imported(csv(row('2')), 'source=shared');
    expect(await bySource('shared')).toMatchObject([{ status: 'pending' }, { status: 'published' }]);
    await who.administrator.put('/import-sources/held').send({ trusted: false, keepDays: 30 }).expect(200);
    await imported(csv(row('1')), 'source=held');
    expect(await bySource('held')).toMatchObject([{ status: 'pending' }]);
  });

  it('of an officer leaves the postings of another area as they are and lists them', async () => {
    await imported(
      csv(row('1', { place: 'Thái Nguyên' }), row('2'), row('3', { place: '' })),
      'source=theirs',
    );
    const before = await bySource('theirs');
    const { progress, id } = await imported(
      csv(row('1', { title: 'Của tôi' }), row('2'), row('3'), row('4', { place: '' })),
      'source=theirs',
      who.officer,
    );
    expect(progress).toMatchObject({ read: 4, created: 1, updated: 0, unchanged: 1, rejected: 2 });
    expect((await bySource('theirs')).slice(0, 3)).toEqual(before);
    expect((await who.officer.get(`/imports/${id}/rejections`)).body).toMatchObject({
      total: 2,
      items: [
        { line: 2, field: 'source_id', code: 'outside-area', value: '1' },
        { line: 4, field: 'source_id', code: 'outside-area', value: '3' },
      ],
    });
    const [placeless] = await bed.service.database.query<object[]>(
      `SELECT status, area_province_code, workplaces FROM job_opening WHERE source = 'theirs' AND source_id = '4'`,
    );
    expect(placeless).toEqual({ status: 'pending', area_province_code: '01', workplaces: [] });
  });

  it('of an officer that changes a published posting takes it out of the public until it is approved', async () => {
    await imported(csv(row('1'), row('2')), `source=changed&asOf=${inDays(-2)}`);
    const [one, two] = (await bySource('changed')).map(({ id }) => String(id));
    await imported(csv(row('1', { title: 'Khác hẳn' }), row('2')), 'source=changed', who.officer);
    expect(await bySource('changed')).toMatchObject([
      { status: 'pending', title: 'Khác hẳn', published_at: null },
      { status: 'published', title: 'Thợ hàn' },
    ]);
    await who.anyone.get(`/public/job-openings/${one}`).expect(404);
    await who.anyone.get(`/public/job-openings/${two}`).expect(200);
    const feed = (await who.anyone.get('/feed?limit=1000')).body as {
      items: { id: string; removed: boolean }[];
    };
    expect(feed.items.find((item) => item.id === one)).toMatchObject({ removed: true });
    expect(await bed.service.happened(one ?? '')).toEqual(['published', 'submitted']);
    await act(who.officer, one ?? '', 'approve');
    await who.anyone.get(`/public/job-openings/${one}`).expect(200);
  });
});
