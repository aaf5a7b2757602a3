import { eventually, type TestHttp } from '#platform/testing';
import { aroundTests, OpeningsBed } from './openings.fixture.js';

/** A job as the API shows it. */
export interface ImportJob {
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

export const HEADER = 'source_id,title,employer_key,locations,salary_text,experience_text,posted_ago';

/** A row of a file, valid unless told otherwise. */
export const row = (
  id: string,
  changes: Partial<Record<'title' | 'place' | 'pay' | 'ago', string>> = {},
): string =>
  `${id},"${changes.title ?? 'Thợ hàn'}",k1,${changes.place ?? 'Hà Nội'},${changes.pay ?? '10 - 15 triệu'},1 năm,${changes.ago ?? 'hôm nay'}`;

export const csv = (...rows: string[]): string => [HEADER, ...rows, ''].join('\n');

/** The openings service of the tests around this call, with files handed in by its administrator. */
export const importsBed = (): ImportsBed => aroundTests(new ImportsBed());

class ImportsBed extends OpeningsBed {
  /** Hands a file in; resolves with the id of its job. */
  readonly submit = async (
    content: string | Buffer,
    query = '',
    http: TestHttp = this.who.administrator,
  ): Promise<string> => {
    const response = await http
      .post(`/imports?${query}`)
      .set('content-type', 'text/csv')
      .send(content as string);
    if (response.status !== 202) throw new Error(JSON.stringify(response.body));
    return (response.body as ImportJob).id;
  };

  readonly job = async (id: string, http: TestHttp = this.who.administrator): Promise<ImportJob> =>
    (await http.get(`/imports/${id}`).expect(200)).body as ImportJob;

  /** The job once it has failed, or is done or cancelled and all that it brought is in the log. */
  readonly finished = (id: string, http?: TestHttp): Promise<ImportJob> =>
    eventually(
      async () => {
        const now = await this.job(id, http);
        return (now.status === 'failed' || now.relayed) && now;
      },
      { timeoutMs: 40_000 },
    );

  /** Resolves with the job as the answer of cancelling tells it. */
  readonly cancelled = async (id: string, http: TestHttp = this.who.administrator): Promise<ImportJob> =>
    (await http.post(`/imports/${id}/cancel`).expect(200)).body as ImportJob;

  /** Resolves when the first rows of the job are stored. */
  readonly begun = (id: string): Promise<unknown> =>
    eventually(async () => (await this.job(id)).progress.read > 0, { timeoutMs: 20_000, intervalMs: 5 });

  readonly imported = async (content: string | Buffer, query = '', http?: TestHttp): Promise<ImportJob> =>
    this.finished(await this.submit(content, query, http), http);

  /** What is stored of a source, in the order of the source's own ids. */
  readonly bySource = async (source: string): Promise<Record<string, string | number | null>[]> =>
    this.service.database.query(
      `SELECT id, source_id, status, title, version, last_seen_on::text, expires_on::text, occupation_code, published_at
       FROM job_opening WHERE source = $1 ORDER BY source_id`,
      [source],
    );
}
