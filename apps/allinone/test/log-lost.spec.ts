import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { eventually, RunningPlatform } from '#platform/testing';

interface Drift {
  openings: { owner: number; index: number };
  jobseekers: { owner: number; index: number };
  inSync: boolean;
}
interface Restated {
  items: { service: string; topic: string; states: number; erased: number }[];
  total: number;
}

/** On the event log in PostgreSQL, whatever the profile's usual one: this one can be emptied from here. */
describe('When the event log is lost', () => {
  let platform: RunningPlatform;
  beforeAll(async () => {
    platform = await RunningPlatform.start({ env: { EVENTS: 'postgres', LOG_LEVEL: 'fatal' } });
  }, 240_000);
  afterAll(async () => {
    await platform.stop();
  });

  const json = async <T>(...args: string[]): Promise<T> => {
    const { code, stdout, stderr } = await platform.cli('--json', ...args);
    if (code !== 0) throw new Error(`${args.join(' ')}: ${stdout}${stderr}`);
    return JSON.parse(stdout) as T;
  };
  const query = async <T extends pg.QueryResultRow>(database: string, statement: string): Promise<T[]> => {
    const client = new pg.Client(await platform.databaseUrl(database));
    await client.connect();
    try {
      return (await client.query<T>(statement)).rows;
    } finally {
      await client.end();
    }
  };
  const held = (table: string): Promise<{ id: string; version: number }[]> =>
    query('matching', `SELECT id, version FROM live.${table} ORDER BY id`);
  const searched = async (): Promise<string[]> => {
    const { body } = await platform.call<{ items: { id: string }[] }>(
      'GET',
      '/matching/openings?q=may&limit=50',
    );
    return body.items.map(({ id }) => id).sort();
  };

  it('the owners’ states make a new one, of which the read model is rebuilt as it was', async () => {
    await eventually(async () => (await platform.cli('drift')).code === 0, { timeoutMs: 60_000 });
    const before = {
      openings: await held('openings'),
      jobseekers: await held('jobseekers'),
      searched: await searched(),
    };
    expect(before.searched.length).toBeGreaterThan(5);

    const tables = 'log_record, log_partition, log_topic, log_member, log_lease';
    await query('events', `TRUNCATE ${tables} CASCADE`);
    platform = await platform.restart();
    const lag = await platform.cli('--json', 'lag', '--service', 'matching');
    const { items: groups } = JSON.parse(lag.stdout) as { items: { group: string; state: string }[] };
    expect(groups).toContainEqual(expect.objectContaining({ group: 'matching', state: 'beyond-end' }));
    expect(lag.code).toBe(1);
    const token = await platform.signIn();
    const caughtUp = await platform.call('POST', '/matching/admin/caught-up', { token });
    expect(caughtUp).toMatchObject({
      status: 409,
      body: {
        code: 'matching.event-log-lost',
        detail: expect.stringMatching(/^matching đã đọc quá chỗ kết thúc của \S+\/\d+$/),
      },
    });
    const refused = await platform.cli('rebuild', 'matching');
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/Nhật ký sự kiện mà dịch vụ đã đọc không còn nữa.* republish all/);
    expect(await searched()).toEqual(before.searched);
    await query('matching', `DELETE FROM live.openings WHERE id = '${before.searched[0]}'`);
    const drifted = await platform.cli('drift');
    expect(drifted.code).toBe(1);
    expect(drifted.stdout).toMatch(/Có khác biệt\. .* republish all trước/);

    const { items, total } = await json<Restated>('republish', 'all');
    expect(items.map(({ topic }) => topic)).toEqual([
      'identity.organisation',
      'openings.employer',
      'openings.job-opening',
      'jobseekers.jobseeker',
    ]);
    expect(items.find(({ topic }) => topic === 'openings.job-opening')?.states).toBe(before.openings.length);
    expect(items.find(({ topic }) => topic === 'jobseekers.jobseeker')?.states).toBe(
      before.jobseekers.length,
    );
    const [relayed] = await query<{ n: number }>('events', 'SELECT count(*)::int AS n FROM log_record');
    expect(relayed?.n).toBe(total);
    expect((await platform.cli('lag')).stdout).not.toContain('beyond-end');

    await json('rebuild', 'matching');
    expect(await held('openings')).toEqual(before.openings);
    expect(await held('jobseekers')).toEqual(before.jobseekers);
    expect(await searched()).toEqual(before.searched);
    const drift = await json<Drift>('drift');
    expect(drift.inSync).toBe(true);
    expect(drift.jobseekers.index).toBeGreaterThan(10);
  }, 400_000);

  it('people are matched as before, and life goes on with new events', async () => {
    const account = (await platform.demoAccounts()).get('centreOfficer');
    const token = await platform.signIn(account);
    const created = await platform.call<{ id: string }>('POST', '/openings/job-openings', {
      token,
      headers: { 'idempotency-key': randomUUID() },
      body: {
        title: 'Thợ hàn sau sự cố',
        quantity: 1,
        occupationCode: '7212',
        workplaces: [{ provinceCode: '19' }],
        pay: { kind: 'negotiable' },
      },
    });
    expect(created.status).toBe(201);
    const { id } = created.body;
    for (const action of ['submit', 'approve']) {
      const path = `/openings/job-openings/${id}/${action}`;
      expect((await platform.call('POST', path, { token, body: {} })).status).toBe(200);
    }
    await eventually(
      async () =>
        (
          await platform.call<{ items: { id: string }[] }>('GET', '/matching/openings?q=sau+su+co')
        ).body.items.some((hit) => hit.id === id),
      { timeoutMs: 30_000 },
    );
    const { body } = await platform.call<{ items: unknown[] }>('GET', `/matching/openings/${id}/jobseekers`, {
      token,
    });
    expect(body.items.length).toBeGreaterThan(0);
    const [row] = await query<{ n: number }>('matching', 'SELECT count(*)::int AS n FROM dead_letter');
    expect(row?.n).toBe(0);
  }, 120_000);
});
