import { request as httpRequest } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { eventually, type TestHttp } from '#platform/testing';
import { openingsBed } from '../../test/openings.fixture.js';

const FILE =
  'source_id,title,employer_key,locations,salary_text,experience_text,posted_ago\n1,Thợ hàn,,,,,\n';

/** How much of an upload comes last, bytes. */
const REST = 20;

/** An upload of which all but the last bytes have arrived. */
class SlowUpload {
  readonly answer: Promise<{ status?: number; type?: string; body: string }>;
  private readonly request;

  constructor(
    http: TestHttp,
    source: string,
    private readonly content = FILE,
  ) {
    const like = http.post(`/imports?source=${source}`);
    this.request = httpRequest(like.url, {
      method: 'POST',
      headers: { 'content-type': 'text/csv', authorization: like.get('authorization') },
    });
    this.answer = new Promise((resolve, reject) => {
      this.request.on('response', (response) => {
        const { statusCode: status, headers } = response;
        text(response).then((body) => resolve({ status, type: headers['content-type'], body }), reject);
      });
      this.request.on('error', reject);
    });
    this.answer.catch(() => undefined);
    this.request.write(content.slice(0, -REST));
  }

  end(): void {
    this.request.end(this.content.slice(-REST));
  }

  breakOff(): void {
    this.request.destroy();
  }
}

describe('CSV files as request bodies', () => {
  const { who } = openingsBed();

  const post = (http: TestHttp, content = FILE) =>
    http.post('/imports?source=body').set('content-type', 'text/csv').send(content);
  const slow = (source: string): SlowUpload => new SlowUpload(who.administrator, source);

  it('are taken in two at a time; who comes then is told to come back', async () => {
    const uploads = [slow('one'), slow('two')];
    await sleep(500);
    const refused = await post(who.administrator);
    expect(refused.body).toMatchObject({ status: 503, code: 'openings.import-busy' });
    expect(refused.headers['retry-after']).toBe('5');
    for (const upload of uploads) upload.end();
    expect((await Promise.all(uploads.map(({ answer }) => answer))).map(({ status }) => status)).toEqual([
      202, 202,
    ]);
    await post(who.administrator).expect(202);
  });

  it('that break off leave their place to others', async () => {
    for (const upload of [slow('three'), slow('four')]) {
      await sleep(300);
      upload.breakOff();
    }
    await eventually(async () => (await post(who.administrator)).status === 202, { timeoutMs: 10_000 });
  });

  it('that are too large are read to their end, then told what the limit is', async () => {
    const upload = new SlowUpload(who.administrator, 'large', FILE + 'x'.repeat(64 * 1024 * 1024));
    const early = upload.answer.then(() => 'answered');
    expect(await Promise.race([early, sleep(1000, 'waiting')])).toBe('waiting');
    upload.end();
    const { status, type, body } = await upload.answer;
    expect({ status, type }).toEqual({ status: 413, type: 'application/problem+json; charset=utf-8' });
    expect(JSON.parse(body)).toMatchObject({
      code: 'openings.import-too-large',
      detail: expect.stringContaining('64 MB'),
    });
  });

  it.each([
    'text/plain',
    'application/vnd.ms-excel',
    'application/x-www-form-urlencoded',
    'application/json',
  ])('may not be said to be %s: the answer names the type that an import takes', async (type) => {
    const as = (http: TestHttp) => http.post('/imports').set('content-type', type).send('[1]');
    const { body } = await as(who.officer).expect(415).expect('content-language', 'vi');
    expect(body).toMatchObject({
      code: 'openings.import-needs-csv',
      detail: expect.stringMatching(/^Tệp nhập phải là CSV, .*text\/csv/),
    });
    expect((await as(who.employer)).status).toBe(403);
  });

  it('said to be text/csv are so in capitals too, and with a charset', async () => {
    for (const type of ['Text/CSV', 'text/csv; charset=utf-8'])
      await who.officer.post('/imports').set('content-type', type).send(FILE).expect(202);
  });

  it('are for imports only: elsewhere the answer names JSON', async () => {
    for (const type of ['text/csv', 'text/plain']) {
      const { body } = await who.officer
        .post('/job-openings')
        .set('content-type', type)
        .send(FILE)
        .expect(415);
      expect(body.code).toBe('platform.media-type');
    }
    await who.officer.post('/nothing').set('content-type', 'text/plain').send(FILE).expect(404);
  });

  it('of those who may not import are not even read, nor do they take a place', async () => {
    const uploads = [who.employer, who.jobseeker, who.anyone].map((http) => post(http));
    expect((await Promise.all(uploads)).map(({ status }) => status)).toEqual([403, 403, 401]);
    await post(who.officer).expect(202);
  });
});
