import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, RunningPlatform } from '#platform/testing';
import { generatedCsv } from '../../../bench/openings/openings-csv.js';

const HEADER = 'source_id,title,employer_key,locations,salary_text,experience_text,posted_ago';
const CSV = `${HEADER}
1,Thợ hàn 6G tàu thuỷ,k1,Hải Phòng,10 - 15 triệu,2 năm,hôm nay
2,Kế toán kho,k1,Hà Nội,cao,2 năm,hôm nay
3,Kế toán thuế,k2,Hà Nội & 2 nơi khác,Thoả thuận,Dưới 1 năm,1 tuần trước
`;

interface Answer {
  id: string;
  status: string;
  asOf: string;
  progress: Record<string, number>;
  rejections: { line: number; field: string; reason: string }[];
  error: { code: string; message: string };
}

describe('npm run cli -- import openings', () => {
  let platform: RunningPlatform;
  beforeAll(async () => {
    platform = await RunningPlatform.start({ args: ['--empty'] });
  }, 240_000);
  afterAll(async () => {
    await platform.stop();
  });

  const file = (name: string, content: string | Buffer): string => {
    const path = join(platform.dataDir, name);
    writeFileSync(path, content);
    return path;
  };
  const json = async (...args: string[]): Promise<{ code: number | null; answer: Answer }> => {
    const { code, stdout } = await platform.cli('--json', 'import', 'openings', ...args);
    return { code, answer: JSON.parse(stdout) as Answer };
  };
  const total = async (query: string): Promise<number> =>
    (await platform.call<{ total: number }>('GET', `/matching/openings?q=${encodeURIComponent(query)}`)).body
      .total;

  it('returns when what it brought can be found, and tells what was left out and why', async () => {
    const { code, stdout, stderr } = await platform.cli('import', 'openings', file('first.csv', CSV));
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/^(Đã đọc .* dòng\.\n)*$/) });
    expect(stdout).toContain('3 dòng: 2 mới, 0 thay đổi, 0 không đổi, 1 bị từ chối.');
    expect(stdout).toMatch(/dòng 3, salary_text: .*"10 - 15 triệu".* \(cao\)/);
    expect(await total('thợ hàn tàu thuỷ')).toBe(1);
  });

  it('a second time changes nothing; a later file refreshes, as --as-of says; --json tells all of it', async () => {
    const again = await json(file('again.csv', CSV));
    expect(again).toMatchObject({
      code: 2,
      answer: {
        status: 'done',
        progress: { read: 3, total: 3, created: 0, updated: 0, unchanged: 2, rejected: 1 },
        rejections: [{ line: 3, field: 'salary_text' }],
      },
    });
    const early = await json(file('early.csv', CSV), '--as-of', '2026-01-31');
    expect(early.answer).toMatchObject({ asOf: '2026-01-31', progress: { updated: 0, unchanged: 2 } });
    const other = await json(file('other.csv', CSV), '--source', 'partner');
    expect(other.answer.progress).toMatchObject({ created: 2 });
  });

  it('exits with 0 when every row was taken, and says in its help what the other codes mean', async () => {
    const taken = `${HEADER}\n1,Thợ hàn 6G,k1,Hải Phòng,Thoả thuận,2 năm,hôm nay\n`;
    expect(await json(file('taken.csv', taken), '--source', 'taken')).toMatchObject({
      code: 0,
      answer: { progress: { created: 1, rejected: 0 }, rejections: [] },
    });
    const { code, stdout } = await platform.cli('import', 'openings', '--help');
    expect(code).toBe(0);
    expect(stdout).toMatch(/Mã thoát 0: [^]* 2: có dòng bị từ chối[^]* 1: không nhập được/);
  });

  it('with --no-wait returns as soon as the file is handed in', async () => {
    const { code, answer } = await json(
      file('later.csv', generatedCsv(300, 3)),
      '--source',
      'later',
      '--no-wait',
    );
    expect(code).toBe(0);
    expect(Object.keys(answer)).toEqual(['id']);
    const token = await platform.signIn();
    await eventually(
      async () => {
        const { body } = await platform.call<Answer>('GET', `/openings/imports/${answer.id}`, { token });
        return body.status === 'done';
      },
      { timeoutMs: 30_000 },
    );
  });

  it('lists every rejected row with --json', async () => {
    const rows = Array.from({ length: 150 }, (_, i) => `${i},,k,,,,`).join('\n');
    const { code, answer } = await json(file('wrong.csv', `${HEADER}\n${rows}\n`), '--source', 'wrong');
    expect(code).toBe(1);
    expect(answer.rejections.map(({ line }) => line)).toEqual(Array.from({ length: 150 }, (_, i) => i + 2));
  });

  it.each([
    ['a file that is not there', () => ['/nowhere/openings.csv'], /Không đọc được/],
    ['a file without the columns', () => [file('bad.csv', 'a,b\n1,2\n')], /thiếu cột/],
    ['an empty file', () => [file('empty.csv', '')], /Tệp trống/],
    ['a day in another form', () => [file('form.csv', CSV), '--as-of', '1/2/2026'], /NĂM-THÁNG-NGÀY/],
    ['a day that is none', () => [file('day.csv', CSV), '--as-of', '2026-02-30'], /asOf|Ngày lấy tệp/],
  ])('exits with 1 and a sentence for %s', async (_, args, message) => {
    const text = await platform.cli('import', 'openings', ...args());
    expect(text.code).toBe(1);
    expect(text.stderr).toMatch(message);
    expect(text.stdout).toBe('');
    const { code, answer } = await json(...args());
    expect(code).toBe(1);
    expect(answer.error.message).toMatch(message);
  });

  /** Resolves with the id of the import of this source once its first rows are in. */
  const begun = async (source: string): Promise<string> => {
    const token = await platform.signIn();
    const job = await eventually(
      async () => {
        const { body } = await platform.call<{ items: (Answer & { source: string })[] }>(
          'GET',
          '/openings/imports',
          { token },
        );
        return body.items.find((one) => one.source === source && (one.progress['read'] ?? 0) > 0);
      },
      { timeoutMs: 30_000 },
    );
    return job.id;
  };

  it('ended by Ctrl-C says that the import goes on and how to stop it, which can be done', async () => {
    const waiting = platform.startCli(
      'import',
      'openings',
      file('wrong-one.csv', generatedCsv(20_000, 6)),
      '--source',
      'interrupted',
    );
    const id = await begun('interrupted');
    waiting.kill('SIGINT');
    const { signal, stdout, stderr } = await waiting.ended;
    expect({ signal, stdout }).toEqual({ signal: 'SIGINT', stdout: '' });
    expect(stderr).toMatch(`vẫn chạy tiếp. Muốn dừng hẳn: npm run cli -- import cancel ${id}\n`);
    const stopped = await platform.cli('import', 'cancel', id);
    expect(stopped).toMatchObject({ code: 0, stderr: '' });
    expect(stopped.stdout).toMatch(/^Đã dừng sau \d+\/20000 dòng; \d+ tin mới .* vẫn giữ nguyên\.\n$/);
    expect(await platform.cli('import', 'cancel', id)).toEqual(stopped);
  }, 60_000);

  it('exits with 1 when somebody stops the import; one that has ended cannot be stopped', async () => {
    const importing = json(file('stopped.csv', generatedCsv(20_000, 8)), '--source', 'stopped');
    await platform.cli('import', 'cancel', await begun('stopped'));
    const { code, answer } = await importing;
    expect({ code, error: answer.error.code }).toEqual({ code: 1, error: 'openings.import-cancelled' });
    const done = await json(file('done.csv', CSV), '--source', 'done');
    const refused = await platform.cli('--json', 'import', 'cancel', done.answer.id);
    expect(refused.code).toBe(1);
    expect(JSON.parse(refused.stdout)).toMatchObject({ error: { code: 'openings.import-ended' } });
  }, 60_000);

  it('waits for a platform that is restarted in the middle', async () => {
    const path = file('long.csv', generatedCsv(2500, 5));
    const importing = json(path, '--source', 'long');
    await begun('long');
    platform = await platform.restart();
    const { code, answer } = await importing;
    expect({ code, progress: answer.progress }).toMatchObject({
      code: 0,
      progress: { read: 2500, created: 2500, rejected: 0 },
    });
  }, 120_000);
});
