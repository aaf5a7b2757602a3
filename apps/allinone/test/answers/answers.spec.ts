import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { roles } from '#platform';
import { RunningPlatform } from '#platform/testing';
import { Documents } from './documents.js';

const NOBODY = '01900000-0000-7000-8000-000000000000';

interface Ask {
  /** Values of the path's parameters, in their order. */
  path?: string[];
  query?: string;
  /** JSON, or a CSV file as text. */
  body?: unknown;
  headers?: Record<string, string>;
}
interface Answer<T> {
  status: number;
  body: T;
  etag: string;
}
interface List {
  items: { id: string; version: number }[];
}

/** Every answer of the running platform is held against the document of its service. */
describe('The running services', () => {
  const documents = new Documents();
  const faults: string[] = [];
  const statuses = new Map<string, number>();
  const tokens = new Map<string, string>();
  let platform: RunningPlatform;

  async function ask<T = Record<string, unknown>>(
    role: string | undefined,
    operation: string,
    { path = [], query = '', body, headers }: Ask = {},
  ): Promise<Answer<T>> {
    const [method = '', template = ''] = operation.split(' ');
    const values = [...path];
    const address = template.replace(/\{\w+\}/g, () => values.shift() ?? NOBODY);
    const token = role && tokens.get(role);
    const answer = await fetch(`${platform.url}${address}${query}`, {
      method,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && {
          'content-type': typeof body === 'string' ? 'text/csv' : 'application/json',
        }),
        ...headers,
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await answer.text();
    const content = (answer.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text) as T;
    statuses.set(operation, answer.status);
    faults.push(...documents.faults(operation, answer.status, answer.headers, content));
    return { status: answer.status, body: content, etag: answer.headers.get('etag') ?? '' };
  }

  /** Asks what must succeed. */
  async function done<T = Record<string, unknown>>(...args: Parameters<typeof ask>): Promise<Answer<T>> {
    const answer = await ask<T>(...args);
    if (answer.status >= 300) throw new Error(`${args[1]}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer;
  }

  const firstId = async (role: string | undefined, operation: string, query?: string): Promise<string> =>
    (await done<List>(role, operation, { query })).body.items[0]?.id ?? '';

  beforeAll(async () => {
    platform = await RunningPlatform.start();
    for (const [role, account] of await platform.demoAccounts())
      tokens.set(role, await platform.signIn(account));
  }, 240_000);

  afterAll(async () => {
    await platform.stop();
  });

  it('read as their documents say', async () => {
    const opening = await firstId(undefined, 'GET /api/v1/matching/openings', '?q=tho+han');
    const lists = await done<{ items: string[] }>(undefined, 'GET /api/v1/reference/value-lists');
    const ids: Record<string, string> = {
      '/openings/{id}': opening,
      '/job-openings/{id}': opening,
      '/employers/{id}': await firstId('centreOfficer', 'GET /api/v1/openings/employers'),
      '/jobseekers/{id}': await firstId('centreOfficer', 'GET /api/v1/jobseekers/jobseekers'),
      '/accounts/{id}': await firstId('administrator', 'GET /api/v1/identity/accounts'),
      '/organisations/{id}': await firstId('administrator', 'GET /api/v1/identity/organisations'),
      '/value-lists/{name}': lists.body.items[0] ?? '',
      '/occupations/{code}': '7212',
    };
    const queries: Record<string, string> = {
      '/typeahead': '?q=han',
      '/resolve': '?text=Thái Nguyên',
      '/sitemap': '?page=0&size=5',
      '/occupations': '?q=han',
    };
    for (const [operation, { 'x-access': access }] of documents.operations) {
      if (!operation.startsWith('GET ') || access.kind === 'service') continue;
      const [template] = /\/[\w-]+\/\{\w+\}/.exec(operation) ?? [];
      const end = Object.keys(queries).find((path) => operation.endsWith(path));
      const role = ['centreOfficer', 'administrator'].find((officer) => access.roles?.includes(officer));
      await ask(role ?? access.roles?.[0], operation, {
        path: template ? [ids[template] ?? NOBODY] : [],
        query: end && queries[end],
      });
    }
    expect(faults.splice(0)).toEqual([]);
    const unread = [...statuses].filter(
      ([operation, status]) => operation.startsWith('GET ') && status !== 200,
    );
    // No import has run.
    expect(unread.map(([operation]) => operation).sort()).toEqual([
      'GET /api/v1/openings/imports/{id}',
      'GET /api/v1/openings/imports/{id}/rejections',
      'GET /api/v1/openings/imports/{id}/rejections.csv',
    ]);
  }, 60_000);

  it('take an opening from the form to its end as their documents say', async () => {
    const employer = await done<{ id: string }>('centreOfficer', 'POST /api/v1/openings/employers', {
      body: {
        legalName: 'Công ty Cơ khí Sông Công',
        employerType: 'nonState',
        provinceCode: '19',
        sizeBand: '51-100',
      },
      headers: { 'idempotency-key': 'employer-1' },
    });
    const path = [employer.body.id];
    const { etag } = await done('centreOfficer', 'GET /api/v1/openings/employers/{id}', { path });
    await done('centreOfficer', 'PATCH /api/v1/openings/employers/{id}', {
      path,
      body: { phone: '0208 3 862 000' },
      headers: { 'if-match': etag },
    });
    await done('centreOfficer', 'POST /api/v1/openings/employers/{id}/approve', { path });

    const opening = await done<{ id: string }>('centreOfficer', 'POST /api/v1/openings/job-openings', {
      body: {
        title: 'Thợ hàn MIG/MAG',
        quantity: 5,
        employerId: employer.body.id,
        occupationCode: '7212',
        workplaces: [{ provinceCode: '19' }],
        pay: { kind: 'monthly', min: 9_000_000, max: 14_000_000, currency: 'VND' },
        details: { benefits: ['Xe đưa đón'], languages: [{ code: 'vi' }] },
      },
    });
    const act = async (action: string, body: object = {}) =>
      done<{ actions: string[] }>('centreOfficer', 'POST /api/v1/openings/job-openings/{id}/{action}', {
        path: [opening.body.id, action],
        body,
      });
    const stored = await done('centreOfficer', 'GET /api/v1/openings/job-openings/{id}', {
      path: [opening.body.id],
    });
    await done('centreOfficer', 'PATCH /api/v1/openings/job-openings/{id}', {
      path: [opening.body.id],
      body: { experience: { minMonths: 12, maxMonths: null } },
      headers: { 'if-match': stored.etag },
    });
    await act('submit');
    await act('approve');
    await done(undefined, 'GET /api/v1/openings/public/job-openings/{id}', { path: [opening.body.id] });
    await act('close', { reason: 'Đã tuyển đủ' });
    const ended = await ask(undefined, 'GET /api/v1/openings/public/job-openings/{id}', {
      path: [opening.body.id],
    });
    expect(ended.status).toBe(410);
    expect(faults.splice(0)).toEqual([]);
  }, 60_000);

  it('take a file of openings as their documents say', async () => {
    const { body } = await done<{ id: string }>('centreOfficer', 'POST /api/v1/openings/imports', {
      query: '?source=answers.example',
      body:
        'source_id,title,employer_key,locations,salary_text,experience_text,posted_ago\n' +
        '1,Kế toán trưởng,a,Thái Nguyên,15 - 20 triệu,3 năm,3 ngày trước\n2,,b,Thái Nguyên,Thoả thuận,,\n',
    });
    const path = [body.id];
    for (let status = ''; status !== 'done';) {
      ({ status } = (
        await done<{ status: string }>('centreOfficer', 'GET /api/v1/openings/imports/{id}', { path })
      ).body);
      expect(status).not.toBe('failed');
    }
    const rejections = await done<List>('centreOfficer', 'GET /api/v1/openings/imports/{id}/rejections', {
      path,
    });
    expect(rejections.body.items).toHaveLength(1);
    await done('centreOfficer', 'GET /api/v1/openings/imports/{id}/rejections.csv', { path });
    await done('centreOfficer', 'GET /api/v1/openings/imports');
    const late = await ask('centreOfficer', 'POST /api/v1/openings/imports/{id}/cancel', { path });
    expect(late.status).toBe(409);
    expect(faults.splice(0)).toEqual([]);
  }, 60_000);

  it('register a person, match and erase them as their documents say', async () => {
    const texts = await done<{ items: { version: string }[] }>(
      undefined,
      'GET /api/v1/jobseekers/consent-texts',
    );
    const account = { email: 'ly-thi-thu@thu.example', password: 'con song chay qua' };
    await done(undefined, 'POST /api/v1/identity/registrations', {
      body: { ...account, fullName: 'Lý Thị Thử' },
    });
    tokens.set('seeker', await platform.signIn(account));
    const registered = await done<{ id: string }>('seeker', 'POST /api/v1/jobseekers/jobseekers', {
      body: {
        fullName: 'Lý Thị Thử',
        birthDate: '1999-03-02',
        provinceCode: '19',
        desiredOccupationCodes: ['7212'],
        languages: [{ code: 'vi' }],
        experience: [{ title: 'Thợ hàn', months: 24 }],
      },
    });
    const path = [registered.body.id];
    await done('seeker', 'POST /api/v1/jobseekers/jobseekers/{id}/consents', {
      path,
      body: { purpose: 'matching', textVersion: texts.body.items[0]?.version },
    });
    const own = await done('seeker', 'GET /api/v1/jobseekers/jobseekers/me');
    await done('seeker', 'PATCH /api/v1/jobseekers/jobseekers/{id}', {
      path,
      body: { desiredTitle: 'Thợ hàn', desiredPlaces: [{ provinceCode: '19' }] },
      headers: { 'if-match': own.etag },
    });
    await done('administrator', 'POST /api/v1/matching/admin/caught-up');
    await done('seeker', 'GET /api/v1/matching/jobseekers/{id}/openings', { path });
    await done('seeker', 'GET /api/v1/jobseekers/jobseekers/{id}/export', { path });
    await done('seeker', 'DELETE /api/v1/jobseekers/jobseekers/{id}/consents/{purpose}', {
      path: [...path, 'matching'],
    });
    await done('seeker', 'DELETE /api/v1/jobseekers/jobseekers/{id}', { path });
    tokens.delete('seeker');
    const walkIn = await done<{ id: string }>('centreOfficer', 'POST /api/v1/jobseekers/jobseekers', {
      body: { fullName: 'Vi Văn Mẫu', provinceCode: '19' },
    });
    await done('centreOfficer', 'POST /api/v1/jobseekers/jobseekers/{id}/claim-codes', {
      path: [walkIn.body.id],
    });
    await done('centreOfficer', 'POST /api/v1/jobseekers/jobseekers/search', { body: { q: 'vi van' } });
    expect(faults.splice(0)).toEqual([]);
  }, 60_000);

  it('erase an account together with its profile, which another service keeps', async () => {
    const account = { email: 'roi-di@thu.example', password: 'doi que huong toi' };
    await done(undefined, 'POST /api/v1/identity/registrations', {
      body: { ...account, fullName: 'Lý Rời Đi' },
    });
    tokens.set('leaver', await platform.signIn(account));
    const { body } = await done<{ id: string }>('leaver', 'POST /api/v1/jobseekers/jobseekers', {
      body: { fullName: 'Lý Rời Đi', provinceCode: '19' },
    });
    const profile = { path: [body.id] };
    await done('centreOfficer', 'GET /api/v1/jobseekers/jobseekers/{id}', profile);
    await done('leaver', 'POST /api/v1/identity/me/erasure', { body: { currentPassword: account.password } });
    const gone = await ask('centreOfficer', 'GET /api/v1/jobseekers/jobseekers/{id}', profile);
    expect(gone.status).toBe(404);
    const again = await ask('leaver', 'POST /api/v1/jobseekers/jobseekers', {
      body: { fullName: 'Lý Rời Đi' },
    });
    expect(again.body).toMatchObject({ status: 409, code: 'jobseekers.account-closed' });
    tokens.delete('leaver');
    expect(faults.splice(0)).toEqual([]);
  }, 60_000);

  it('refuse everyone whom their documents do not name', async () => {
    const wrong: string[] = [];
    for (const [operation, { 'x-access': access }] of documents.operations) {
      if (access.kind === 'public') continue;
      const { status } = await ask(undefined, operation);
      if (status !== 401) wrong.push(`${operation}: ${status} without a token`);
      for (const role of roles) {
        if (access.roles?.includes(role)) continue;
        const answer = await ask<{ code?: string }>(role, operation);
        if (answer.status !== 403 || !answer.body.code?.endsWith('.forbidden'))
          wrong.push(`${operation}: ${answer.status} ${answer.body.code} to ${role}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(faults.splice(0)).toEqual([]);
  }, 60_000);
});
