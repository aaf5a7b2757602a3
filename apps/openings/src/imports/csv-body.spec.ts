import { request as httpRequest, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { eventually, type TestHttp } from '#platform/testing';
import { openingsBed } from '../../test/openings.fixture.js';

const FILE =
  'source_id,title,employer_key,locations,salary_text,experience_text,posted_ago\n1,Thợ hàn,,,,,\n';

/** An upload of which only the beginning has arrived. */
class SlowUpload {
  readonly answer: Promise<IncomingMessage>;
  private readonly request;

  constructor(http: TestHttp, source: string) {
    const like = http.post(`/imports?source=${source}`);
    this.request = httpRequest(like.url, {
      method: 'POST',
      headers: { 'content-type': 'text/csv', authorization: like.get('authorization') },
    });
    this.answer = new Promise((resolve, reject) => {
      this.request.on('response', (response) => resolve(response.resume()));
      this.request.on('error', reject);
    });
    this.answer.catch(() => undefined);
    this.request.write(FILE.slice(0, 20));
  }

  end(): void {
    this.request.end(FILE.slice(20));
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
    expect((await Promise.all(uploads.map(({ answer }) => answer))).map((r) => r.statusCode)).toEqual([
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

  it('of those who may not import are not even read, nor do they take a place', async () => {
    const uploads = [who.employer, who.jobseeker, who.anyone].map((http) => post(http));
    expect((await Promise.all(uploads)).map(({ status }) => status)).toEqual([403, 403, 401]);
    await post(who.officer).expect(202);
  });
});
