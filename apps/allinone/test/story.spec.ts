import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { type EventLogDriver, type LogRecord, positionAfter } from '#events';
import { eventually as within, RunningPlatform } from '#platform/testing';

interface Hit {
  id: string;
  title: string;
}

interface Match {
  opening?: Hit;
  jobseeker?: { id: string };
  score: number;
  criteria: { criterion: string; outcome: string; points: number; maxPoints: number }[];
}

interface DriftReport {
  openings: { owner: number; index: number; missing: string[] };
  jobseekers: { owner: number; index: number };
  inSync: boolean;
}

let platform: RunningPlatform;
const tokens = new Map<string, string>();

beforeAll(async () => {
  platform = await RunningPlatform.start();
  for (const [role, account] of await platform.demoAccounts()) {
    if (['centreOfficer', 'jobseeker', 'employer'].includes(role))
      tokens.set(role, await platform.signIn(account));
  }
  // The demo is on its way into the index where that is on a server of its own.
  const token = await platform.signIn();
  await eventually(
    async () => (await platform.call('POST', '/matching/admin/caught-up', { token })).status === 200,
  );
}, 180_000);

afterAll(async () => {
  await platform.stop();
});

/** Generous: the machine that runs this may be slow; what is tested is that it happens. */
const eventually: typeof within = (fn, options) => within(fn, { timeoutMs: 30_000, ...options });
const as = (role: string): string => tokens.get(role) ?? '';
const search = async (q: string): Promise<Hit[]> => {
  const { body } = await platform.call<{ items: Hit[] }>(
    'GET',
    `/matching/openings?q=${encodeURIComponent(q)}`,
  );
  return body.items;
};

async function publish(title: string): Promise<string> {
  const created = await platform.call<{ id: string }>('POST', '/openings/job-openings', {
    token: as('centreOfficer'),
    headers: { 'idempotency-key': randomUUID() },
    body: {
      title,
      quantity: 2,
      occupationCode: '7212',
      workplaces: [{ provinceCode: '19' }],
      pay: { kind: 'monthly', min: 12_000_000, max: 18_000_000, currency: 'VND' },
    },
  });
  expect(created.status).toBe(201);
  for (const action of ['submit', 'approve']) {
    const done = await platform.call('POST', `/openings/job-openings/${created.body.id}/${action}`, {
      token: as('centreOfficer'),
      body: {},
    });
    expect(done.status).toBe(200);
  }
  return created.body.id;
}

describe('on a fresh platform with its demo data', () => {
  it('a person who types "tho han" finds welding jobs and no Korean-language ones', async () => {
    const titles = (await search('tho han')).map((hit) => hit.title);
    expect(titles.length).toBeGreaterThan(3);
    for (const title of titles) expect(title.toLowerCase()).toContain('hàn');
    expect(titles.filter((title) => title.includes('tiếng Hàn'))).toEqual([]);
  });

  it('registers as a jobseeker and sees the openings that fit, each with its reasons', async () => {
    const account = { email: 'nguyen.thi.mau@thu.example', password: 'canh dong sau mua gat' };
    const opened = await platform.call('POST', '/identity/registrations', {
      body: { ...account, fullName: 'Nguyễn Thị Mẫu' },
    });
    expect(opened.status).toBe(201);
    const token = await platform.signIn(account);
    const registered = await platform.call<{ id: string }>('POST', '/jobseekers/jobseekers', {
      token,
      headers: { 'idempotency-key': randomUUID() },
      body: {
        fullName: 'Nguyễn Thị Mẫu',
        provinceCode: '19',
        desiredOccupationCodes: ['7212'],
        desiredTitle: 'Thợ hàn',
        desiredPayMin: 9_000_000,
        desiredPayCurrency: 'VND',
        technicalLevel: 'elementary',
        consents: [{ purpose: 'matching', textVersion: '2026-11' }],
      },
    });
    expect(registered.status).toBe(201);
    const matches = await eventually(async () => {
      const { status, body } = await platform.call<{ items: Match[] }>(
        'GET',
        `/matching/jobseekers/${registered.body.id}/openings`,
        { token },
      );
      return status === 200 && body.items.length > 0 ? body.items : undefined;
    });
    const [best] = matches;
    expect(best?.opening?.title.toLowerCase()).toContain('hàn');
    expect(best?.criteria.find((c) => c.criterion === 'occupation')).toMatchObject({
      outcome: 'met',
      points: 30,
    });
    expect(Math.round(best?.criteria.reduce((sum, c) => sum + c.points, 0) ?? 0)).toBe(best?.score);
  });

  it('the demo jobseeker has a profile of its own, and openings that fit', async () => {
    const own = await platform.call<{ id: string }>('GET', '/jobseekers/jobseekers/me', {
      token: as('jobseeker'),
    });
    expect(own.status).toBe(200);
    const { body } = await platform.call<{ items: Match[] }>(
      'GET',
      `/matching/jobseekers/${own.body.id}/openings`,
      { token: as('jobseeker') },
    );
    expect(body.items[0]?.opening?.title.toLowerCase()).toContain('hàn');
  });

  it('an officer posts an opening, finds it in the search, and sees the people who fit it', async () => {
    const id = await publish('Thợ hàn robot kiểm thử');
    await eventually(async () => (await search('thợ hàn robot')).some((hit) => hit.id === id));
    const people = await platform.call<{ items: Match[] }>('GET', `/matching/openings/${id}/jobseekers`, {
      token: as('centreOfficer'),
    });
    expect(people.status).toBe(200);
    expect(people.body.items.length).toBeGreaterThan(0);
    const jobseeker = await platform.call('GET', `/matching/openings/${id}/jobseekers`, {
      token: as('jobseeker'),
    });
    expect(jobseeker.status).toBe(403);
    const nobody = await platform.call('GET', `/matching/openings/${id}/jobseekers`);
    expect(nobody.status).toBe(401);
  });

  it('the opening’s page is readable without scripts and says what it is in JSON-LD', async () => {
    const id = await publish('Thợ hàn </script><script>alert(1)</script>');
    const page = await eventually(async () => {
      const answer = await fetch(`${platform.url}/viec-lam/${id}`);
      return answer.ok ? await answer.text() : undefined;
    });
    expect(page).toContain('<h1>Thợ hàn &lt;/script&gt;');
    expect(page).not.toContain('<script>alert');
    const ld = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(page)?.[1] ?? '';
    expect(JSON.parse(ld)).toMatchObject({ '@type': 'JobPosting', totalJobOpenings: 2 });
    expect(await (await fetch(`${platform.url}/sitemap-0.xml`)).text()).toContain(`/viec-lam/${id}`);

    await platform.call('POST', `/openings/job-openings/${id}/close`, {
      token: as('centreOfficer'),
      body: { reason: 'đã đủ người' },
    });
    expect((await fetch(`${platform.url}/viec-lam/${id}`)).status).toBe(410);
  });

  it('a malformed event goes to the dead letters, the rest flows, and a replay works after the fix', async () => {
    const id = await publish('Thợ hàn trước sự cố');
    await eventually(async () => (await search('thợ hàn trước sự cố')).some((hit) => hit.id === id));
    const log = await platform.eventLog();
    const last = await lastRecordOf(log, id);
    // Once more, under a new event id, with a state that is no JSON.
    const eventId = randomUUID();
    await log.publish([
      { ...last, eventId, headers: { ...last.headers, ce_id: eventId }, value: '{"broken' },
    ]);
    await log.close();

    const next = await publish('Thợ hàn sau sự cố');
    await eventually(async () => (await search('thợ hàn sau sự cố')).some((hit) => hit.id === next));

    const listed = await eventually(async () => {
      const { stdout } = await platform.cli('--json', 'dead-letters', '--service', 'matching');
      const { items } = JSON.parse(stdout) as { items: { id: string; key: string; cause: string }[] };
      return items.find((item) => item.key === id);
    });
    expect(listed.cause).toContain('not JSON');
    const early = await platform.cli('replay', 'matching', listed.id);
    expect(early.code).not.toBe(0);

    const matching = await connect('matching');
    await matching.query('UPDATE dead_letter SET value = $2 WHERE id = $1', [listed.id, last.value]);
    await matching.end();
    const replayed = await platform.cli('replay', 'matching', listed.id);
    expect(replayed).toMatchObject({ code: 0 });
    const after = JSON.parse(
      (await platform.cli('--json', 'dead-letters', '--service', 'matching')).stdout,
    ) as {
      items: unknown[];
    };
    expect(after.items).toEqual([]);
  }, 120_000);

  it('rebuilds the read model from the log and finds the same', async () => {
    const before = (await search('công nhân may')).map((hit) => hit.id);
    const rebuilt = await platform.cli('--json', 'rebuild', 'matching');
    expect(rebuilt.code).toBe(0);
    expect((JSON.parse(rebuilt.stdout) as { events: number }).events).toBeGreaterThan(500);
    const after = (await search('công nhân may')).map((hit) => hit.id);
    expect(after.sort()).toEqual(before.sort());
  }, 120_000);

  it('what the read model has lost is told by the drift check, and is there again after a rebuild', async () => {
    const id = await publish('Thợ hàn bị lạc');
    await eventually(async () => (await search('thợ hàn bị lạc')).some((hit) => hit.id === id));
    const drift = async (): Promise<{ code: number | null; report: DriftReport }> => {
      const { code, stdout } = await platform.cli('--json', 'drift');
      return { code, report: JSON.parse(stdout) as DriftReport };
    };
    const before = await drift();
    expect(before).toMatchObject({ code: 0, report: { inSync: true } });
    const { openings, jobseekers } = before.report;
    expect(openings.owner).toBeGreaterThan(100);
    expect(jobseekers.owner).toBeGreaterThan(10);
    expect([openings.index, jobseekers.index]).toEqual([openings.owner, jobseekers.owner]);

    const matching = await connect('matching');
    await matching.query('DELETE FROM live.openings WHERE id = $1', [id]);
    await matching.end();
    const lost = await drift();
    expect(lost.code).toBe(1);
    expect(lost.report).toMatchObject({ inSync: false, openings: { missing: [id], stale: [], extra: [] } });
    const told = await platform.cli('drift');
    expect(told).toMatchObject({ code: 1, stdout: expect.stringContaining(`openings missing: ${id}`) });

    expect(await platform.cli('rebuild', 'matching')).toMatchObject({ code: 0 });
    expect(await drift()).toMatchObject({ code: 0, report: { inSync: true } });
    expect((await platform.cli('drift')).stdout).toContain('Khớp.');
  }, 120_000);
});

async function connect(database: string): Promise<pg.Client> {
  const client = new pg.Client(await platform.databaseUrl(database));
  await client.connect();
  return client;
}

/** The newest record of an opening, read by a group of its own. */
async function lastRecordOf(log: EventLogDriver, key: string): Promise<LogRecord & { topic: string }> {
  const topic = 'openings.job-opening';
  const found: LogRecord[] = [];
  const read = new Map<number, number>();
  const subscription = await log.subscribe({
    group: `look-${randomUUID()}`,
    topics: [topic],
    position: () => Promise.resolve(0),
    handle: (batch) => {
      found.push(...batch.records.filter((record) => record.key === key));
      read.set(batch.partition, positionAfter(batch));
      return Promise.resolve();
    },
  });
  const ends = await log.ends([topic]);
  await eventually(() => ends.every(({ partition, end }) => (read.get(partition) ?? 0) >= end));
  await subscription.stop();
  const last = found.at(-1);
  if (!last) throw new Error(`the log has no record of ${key}`);
  return last;
}
