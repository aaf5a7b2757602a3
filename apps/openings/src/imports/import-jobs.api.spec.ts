import { describe, expect, it, jest } from '@jest/globals';
import type { Logger } from 'pino';
import { LOGGER } from '#platform';
import { type TestHttp } from '#platform/testing';
import { csv, HEADER, type ImportJob, importsBed, row } from '../../test/imports.fixture.js';
import { inDays } from '../../test/openings.fixture.js';

describe('The import of openings, as a job', () => {
  const bed = importsBed();
  const { who, submit, imported, bySource } = bed;

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
    const listed = (await who.officer.get('/imports?limit=100')).body as { items: ImportJob[] };
    expect(listed.items.map((one) => one.id)).toContain(id);
    expect(((await who.officerElsewhere.get('/imports')).body as { items: ImportJob[] }).items).toEqual([]);
    await who.officerElsewhere.get(`/imports/${id}/rejections.csv`).expect(404);
  });

  it('is listed in pages, the latest first', async () => {
    const ids = [];
    for (const n of [1, 2, 3]) ids.unshift(await submit(csv(row(`p${n}`)), 'source=pages', who.officer));
    const seen: string[] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined && seen.length < 3;) {
      const page = (await who.officer.get(`/imports?limit=2${cursor && `&cursor=${cursor}`}`).expect(200))
        .body as { items: ImportJob[]; total: number; nextCursor?: string };
      expect(page.items.length).toBeLessThanOrEqual(2);
      expect(page.total).toBeGreaterThanOrEqual(3);
      seen.push(...page.items.map((one) => one.id));
      cursor = page.nextCursor;
    }
    expect(seen.slice(0, 3)).toEqual(ids);
    await who.officer.get('/imports?cursor=bm8').expect(422);
  });

  it('is told in the list as it is by itself', async () => {
    const taken = await imported(csv(row('l1')), 'source=listed', who.officer);
    const refused = await imported('\n', 'source=listed', who.officer);
    const { items } = (await who.officer.get('/imports?limit=2').expect(200)).body as { items: ImportJob[] };
    expect(items).toEqual([refused, taken]);
    expect(items.map(({ relayed }) => relayed)).toEqual([false, true]);
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
    ['only a header', csv(), 'Tệp trống'],
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

  it('asks for a CSV body, a date from 2000 to today and a plain name of the source', async () => {
    const post = (query: string) =>
      who.administrator.post(`/imports?${query}`).set('content-type', 'text/csv');
    for (const asOf of [inDays(1), '0001-01-01', '1999-12-31']) {
      expect((await post(`asOf=${asOf}`).send(csv(row('1')))).body).toMatchObject({
        status: 422,
        errors: [{ field: 'asOf', code: 'openings.as-of-invalid' }],
      });
    }
    await post('asOf=2000-01-01')
      .send(csv(row('1')))
      .expect(202);
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
});
