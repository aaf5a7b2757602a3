import { describe, expect, it, jest } from '@jest/globals';
import type { Logger } from 'pino';
import { LOGGER } from '#platform';
import { eventually, type TestHttp } from '#platform/testing';
import { generatedCsv } from '../../../../bench/openings/openings-csv.js';
import { act, inDays, openingsBed } from '../../test/openings.fixture.js';

interface Job {
  id: string;
  status: string;
  relayed: boolean;
  failure: string | null;
  progress: {
    read: number;
    total: number | null;
    created: number;
    updated: number;
    unchanged: number;
    rejected: number;
  };
}

const HEADER = 'source_id,title,employer_key,locations,salary_text,experience_text,posted_ago';
const row = (id: string, changes: Partial<Record<'title' | 'place' | 'pay' | 'ago', string>> = {}): string =>
  `${id},"${changes.title ?? 'Thợ hàn'}",k1,${changes.place ?? 'Hà Nội'},${changes.pay ?? '10 - 15 triệu'},1 năm,${changes.ago ?? 'hôm nay'}`;
const csv = (...rows: string[]): string => [HEADER, ...rows, ''].join('\n');

describe('The import of openings', () => {
  const bed = openingsBed();
  const { who } = bed;

  const submit = async (
    content: string | Buffer,
    query = '',
    http: TestHttp = who.administrator,
  ): Promise<string> => {
    const response = await http
      .post(`/imports?${query}`)
      .set('content-type', 'text/csv')
      .send(content as string);
    if (response.status !== 202) throw new Error(JSON.stringify(response.body));
    return (response.body as Job).id;
  };
  const job = async (id: string, http: TestHttp = who.administrator): Promise<Job> =>
    (await http.get(`/imports/${id}`).expect(200)).body as Job;
  const finished = (id: string, http?: TestHttp): Promise<Job> =>
    eventually(
      async () => {
        const now = await job(id, http);
        return (now.status === 'failed' || (now.status === 'done' && now.relayed)) && now;
      },
      { timeoutMs: 40_000 },
    );
  const imported = async (content: string | Buffer, query = '', http?: TestHttp): Promise<Job> =>
    finished(await submit(content, query, http), http);
  const bySource = async (source: string): Promise<Record<string, string | number | null>[]> =>
    bed.service.database.query(
      `SELECT id, source_id, status, title, version, last_seen_on::text, expires_on::text, occupation_code, published_at
       FROM job_opening WHERE source = $1 ORDER BY source_id`,
      [source],
    );
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

  it('is seen by who handed it in and by administrators', async () => {
    const { id } = await imported(csv(row('1')), 'source=mine', who.officer);
    await who.officerElsewhere.get(`/imports/${id}`).expect(404);
    await who.officerElsewhere.get(`/imports/${id}/rejections`).expect(404);
    await who.administrator.get(`/imports/${id}`).expect(200);
    const refused = async (http: TestHttp): Promise<number> =>
      (
        await http
          .post('/imports')
          .set('content-type', 'text/csv')
          .send(csv(row('1')))
      ).status;
    expect(await Promise.all([who.employer, who.jobseeker, who.anyone].map(refused))).toEqual([
      403, 403, 401,
    ]);
    const listed = (await who.officer.get('/imports?limit=100')).body as { items: Job[] };
    expect(listed.items.map((one) => one.id)).toContain(id);
    expect(((await who.officerElsewhere.get('/imports')).body as { items: Job[] }).items).toEqual([]);
    await who.officerElsewhere.get(`/imports/${id}/rejections.csv`).expect(404);
  });

  it('is listed in pages, the latest first', async () => {
    const ids = [];
    for (const n of [1, 2, 3]) ids.unshift(await submit(csv(row(`p${n}`)), 'source=pages', who.officer));
    const seen: string[] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined && seen.length < 3;) {
      const page = (await who.officer.get(`/imports?limit=2${cursor && `&cursor=${cursor}`}`).expect(200))
        .body as { items: Job[]; total: number; nextCursor?: string };
      expect(page.items.length).toBeLessThanOrEqual(2);
      expect(page.total).toBeGreaterThanOrEqual(3);
      seen.push(...page.items.map((one) => one.id));
      cursor = page.nextCursor;
    }
    expect(seen.slice(0, 3)).toEqual(ids);
    await who.officer.get('/imports?cursor=bm8').expect(422);
  });

  it('has its refused rows as a file for a spreadsheet', async () => {
    const { id } = await imported(
      csv(row('f1'), row('f2', { title: '=cmd' }), ',=1+2,k1,,,,'),
      'source=file',
    );
    const { headers, text } = await who.administrator.get(`/imports/${id}/rejections.csv`).expect(200);
    expect(headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="dong-bi-loai-${id}.csv"`,
    });
    expect(text.split('\r\n')[0]).toBe('\uFEFFline,field,code,reason,value');
    expect(text).toMatch(/^4,source_id,/m);
  });

  it.each([
    ['empty', '\n\n', 'Tệp trống'],
    ['lacking columns', 'source_id,title\n1,a\n', 'thiếu cột'],
    ['not UTF-8', Buffer.from(`${HEADER}\n1,K\xe9,,,,,\n`, 'latin1'), 'UTF-8'],
    ['broken at its end', `${csv(row('1'))}2,"Kế`, 'không phải CSV'],
  ])('of a file that is %s fails as a whole and says why', async (_, content, failure) => {
    const result = await imported(content, 'source=broken');
    expect(result).toMatchObject({ status: 'failed', relayed: false, progress: { created: 0 } });
    expect(result.failure).toContain(failure);
    expect(await bySource('broken')).toEqual([]);
    const [stored] = await bed.service.database.query<{ content: Buffer | null }[]>(
      'SELECT content FROM import_job WHERE id = $1',
      [result.id],
    );
    expect(stored?.content).toBeNull();
  });

  it('without a header tells its first row to who handed it in, and to no log', async () => {
    const logged = jest.spyOn(bed.service.get<Logger>(LOGGER as never), 'info');
    try {
      const { failure } = await imported('1,Nguyễn Thị Mẫu,0912345678\n', 'source=broken');
      expect(failure).toContain('nguyễn thị mẫu');
      const refusals = logged.mock.calls.filter(([, message]) => (message as unknown) === 'import refused');
      expect(refusals).toEqual([
        [{ job: expect.any(String), code: 'columns-missing', columns: 3 }, 'import refused'],
      ]);
    } finally {
      logged.mockRestore();
    }
  });

  it('asks for a CSV body, a date that is not in the future and a plain name of the source', async () => {
    const post = (query: string) =>
      who.administrator.post(`/imports?${query}`).set('content-type', 'text/csv');
    expect((await post(`asOf=${inDays(1)}`).send(csv(row('1')))).body).toMatchObject({
      code: 'openings.as-of-invalid',
    });
    expect((await post('asOf=2026-02-30').send(csv(row('1')))).status).toBe(422);
    expect((await post('source=Not%20plain').send(csv(row('1')))).status).toBe(422);
    expect((await post('kind=people').send(csv(row('1')))).status).toBe(422);
    expect((await post('asOf=01/02/2026').send(csv(row('1')))).body.detail).toContain(
      'asOf: ngày phải có dạng NĂM-THÁNG-NGÀY',
    );
    expect((await post('').send('')).body).toMatchObject({ status: 422, code: 'openings.import-empty' });
    const json = await who.administrator.post('/imports').send({ rows: [] });
    expect(json.body).toMatchObject({ status: 415, code: 'openings.import-needs-csv' });
  });

  it('with an Idempotency-Key is one job however often it is handed in; another day is another request', async () => {
    const post = (query: string) =>
      who.administrator
        .post(`/imports?source=idem&${query}`)
        .set('content-type', 'text/csv')
        .set('idempotency-key', 'import-1')
        .send(csv(row('1')));
    const [first, second] = [await post(''), await post('')];
    expect(second.body).toEqual(first.body);
    expect((await post(`asOf=${inDays(-1)}`)).body).toMatchObject({
      code: 'platform.idempotency-key-reused',
    });
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
    const begun = (id: string): Promise<unknown> =>
      eventually(async () => (await job(id)).progress.read > 0, { timeoutMs: 20_000, intervalMs: 5 });
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
