import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { type PartitionBatch, positionAfter } from '#events';
import { eventually as within, RunningPlatform } from '#platform/testing';
import { generatedCsv } from '../../../bench/openings/openings-csv.js';

const ROWS = 1_500;

interface Job {
  status: string;
  relayed: boolean;
  progress: { read: number; created: number; unchanged: number; rejected: number };
}

interface Answer<T> {
  status: number;
  body: T;
  headers: Headers;
}

/** Generous: the machine that runs this may be slow; what is tested is that it happens. */
const eventually: typeof within = (fn, options) => within(fn, { timeoutMs: 90_000, ...options });

describe('Two instances of each service', () => {
  let platform: RunningPlatform;
  let token: string;
  const urls = new Map<string, string>();

  beforeAll(async () => {
    platform = await RunningPlatform.start({ args: ['--empty', '--instances', '2'] });
    for (const { name, url } of (await platform.places()).processes) urls.set(name, url);
    token = await platform.signIn();
  }, 240_000);
  afterAll(async () => {
    await platform.stop();
  });

  /** One instance asked directly, past the edge. */
  const ask = async <T>(
    instance: string,
    method: string,
    path: string,
    init: { token?: string; body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Answer<T>> => {
    const text = typeof init.body === 'string' ? init.body : JSON.stringify(init.body);
    const answer = await fetch(`${urls.get(instance)}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${init.token ?? token}`,
        ...(init.body !== undefined && { 'content-type': 'application/json' }),
        ...init.headers,
      },
      body: init.body === undefined ? undefined : text,
      signal: AbortSignal.timeout(60_000),
    });
    const body = await answer.text();
    return {
      status: answer.status,
      body: (body ? JSON.parse(body) : undefined) as T,
      headers: answer.headers,
    };
  };
  const signIn = (
    instance: string,
    account = platform.administrator,
  ): Promise<Answer<{ accessToken: string }>> => ask(instance, 'POST', '/identity/tokens', { body: account });

  it('run side by side, each with a health of its own', async () => {
    expect([...urls.keys()].sort()).toEqual(
      ['identity', 'jobseekers', 'matching', 'openings']
        .flatMap((name) => [`${name}-1`, `${name}-2`])
        .concat('edge')
        .sort(),
    );
    const pids = await Promise.all([...urls.keys()].map((name) => platform.pidOf(name)));
    expect(new Set(pids).size).toBe(9);
  });

  it('share keys and sessions: a session of one goes on at the other, and a stolen token ends it for both', async () => {
    const { body, headers } = await signIn('identity-1');
    expect((await ask('openings-2', 'GET', '/openings/imports', { token: body.accessToken })).status).toBe(
      200,
    );
    const cookieOf = (from: Headers): string => from.getSetCookie()[0]?.split(';')[0] ?? '';
    const refresh = (instance: string, cookie: string): Promise<Answer<unknown>> =>
      ask(instance, 'POST', '/identity/tokens/refresh', { headers: { cookie } });
    const first = cookieOf(headers);
    const [one, two] = await Promise.all([refresh('identity-1', first), refresh('identity-2', first)]);
    // Two tabs at the same moment: the same successor.
    expect([one.status, two.status]).toEqual([200, 200]);
    expect(cookieOf(one.headers)).toBe(cookieOf(two.headers));
    expect((await refresh('identity-1', cookieOf(two.headers))).status).toBe(200);
  });

  it('count attempts to sign in together', async () => {
    const stranger = { email: 'stranger@noiviec.example', password: 'a guess' };
    const statuses: number[] = [];
    for (let n = 0; n < 7; n++) statuses.push((await signIn(`identity-${(n % 2) + 1}`, stranger)).status);
    expect(statuses.slice(0, 5)).toEqual([401, 401, 401, 401, 401]);
    expect(statuses.slice(5)).toEqual([429, 429]);
  });

  it('give one answer to one Idempotency-Key, asked at the same moment', async () => {
    const body = {
      title: 'Thợ hàn hai nơi',
      quantity: 1,
      workplaces: [{ provinceCode: '19' }],
      pay: { kind: 'negotiable' },
    };
    const headers = { 'idempotency-key': randomUUID() };
    const answers = await Promise.all(
      [1, 2, 1, 2].map((n) =>
        ask<{ id: string }>(`openings-${n}`, 'POST', '/openings/job-openings', { body, headers }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(new Set(answers.map(({ body: { id } }) => id)).size).toBe(1);
    // The version of the one is the version of the other.
    const id = answers[0]?.body.id;
    const etag = (await ask('openings-2', 'GET', `/openings/job-openings/${id}`)).headers.get('etag') ?? '';
    const edited = await ask('openings-1', 'PATCH', `/openings/job-openings/${id}`, {
      body: { quantity: 2 },
      headers: { 'if-match': etag },
    });
    expect(edited.status).toBe(200);
    const late = await ask('openings-2', 'PATCH', `/openings/job-openings/${id}`, {
      body: { quantity: 3 },
      headers: { 'if-match': etag },
    });
    expect(late.status).toBe(412);
  });

  it('tell of an import whichever took the file, and each opening is stored, logged and found once', async () => {
    const taken = await ask<{ id: string }>('openings-1', 'POST', '/openings/imports?source=two', {
      body: generatedCsv(ROWS),
      headers: { 'content-type': 'text/csv' },
    });
    expect(taken.status).toBe(202);
    const job = await eventually(async () => {
      const { body } = await ask<Job>('openings-2', 'GET', `/openings/imports/${taken.body.id}`);
      return body.status === 'done' && body.relayed ? body : undefined;
    });
    expect(job.progress.read).toBe(ROWS);
    const caughtUp = async (): Promise<boolean> =>
      (await platform.call('POST', '/matching/admin/caught-up', { token })).status === 200;
    await eventually(caughtUp);
    for (const instance of ['matching-1', 'matching-2']) {
      const { body } = await ask<{ total: number }>(instance, 'GET', '/matching/openings?limit=1');
      expect(body.total).toBe(job.progress.created);
    }
    const events = await published('openings.job-opening');
    expect(new Set(events).size).toBe(events.length);
    expect((await platform.cli('--json', 'drift')).code).toBe(0);
  }, 180_000);

  it('stop an import whichever works on it: neither takes it up again, and what it had told is found', async () => {
    const upload = async (instance: string): Promise<string> => {
      const { body } = await ask<{ id: string }>(instance, 'POST', '/openings/imports?source=stopped', {
        body: generatedCsv(20_000, 9),
        headers: { 'content-type': 'text/csv' },
      });
      return body.id;
    };
    const found = async (): Promise<number> =>
      (await ask<{ total: number }>('matching-1', 'GET', '/matching/openings?limit=1')).body.total;
    const before = await found();
    const ids = [await upload('openings-1'), await upload('openings-2')];
    const stopped: Job[] = [];
    for (const id of ids) {
      await eventually(async () => {
        const { body } = await ask<Job>('openings-1', 'GET', `/openings/imports/${id}`);
        return body.progress.read > 0;
      });
      const { status, body } = await ask<Job>('openings-2', 'POST', `/openings/imports/${id}/cancel`);
      expect({ status, now: body.status }).toEqual({ status: 200, now: 'cancelled' });
      stopped.push(body);
    }
    // As long as a lease lasts, and some more: either would have gone on by then.
    await delay(15_000);
    for (const [n, id] of ids.entries()) {
      const { body } = await ask<Job>('openings-1', 'GET', `/openings/imports/${id}`);
      expect(body).toEqual({ ...stopped[n], relayed: true });
    }
    expect((await platform.call('POST', '/matching/admin/caught-up', { token })).status).toBe(200);
    const created = stopped.reduce((sum, { progress }) => sum + progress.created, 0);
    expect(created).toBeGreaterThan(0);
    await eventually(async () => (await found()) === before + created);
  }, 180_000);

  it('stand in for each other: kill -9 of one while openings are posted loses none and doubles none', async () => {
    const posted: string[] = [];
    let refused = 0;
    let posting = true;
    const writer = async (): Promise<void> => {
      for (let n = 0; posting; n++) {
        const { status, body } = await platform.call<{ id: string }>('POST', '/openings/job-openings', {
          token,
          headers: { 'idempotency-key': randomUUID() },
          body: {
            title: `Thợ may số ${n}`,
            quantity: 1,
            workplaces: [{ provinceCode: '19' }],
            pay: { kind: 'negotiable' },
          },
        });
        if (status === 201) posted.push(body.id);
        else refused += 1;
      }
    };
    const writers = [writer(), writer()];
    for (const name of ['openings-1', 'openings-2']) {
      await delay(500);
      const pid = await platform.pidOf(name);
      process.kill(pid, 'SIGKILL');
      await eventually(async () => (await platform.pidOf(name)) !== pid);
    }
    posting = false;
    await Promise.all(writers);
    expect(posted.length).toBeGreaterThan(5);
    expect(refused).toBe(0);
    for (const id of posted) {
      expect((await platform.call('GET', `/openings/job-openings/${id}`, { token })).status).toBe(200);
    }
    // The request that the other instance repeated took effect once.
    const client = new pg.Client(await platform.databaseUrl('openings'));
    await client.connect();
    const { rows } = await client.query<{ id: string }>(
      "SELECT id FROM job_opening WHERE title LIKE 'Thợ may số %'",
    );
    await client.end();
    expect(rows.map(({ id }) => id).sort()).toEqual([...posted].sort());
    await eventually(async () => {
      const logged = new Set((await published('openings.job-opening')).map((event) => event.split(' ')[0]));
      return posted.every((id) => logged.has(id));
    });
  }, 180_000);

  it('go on when Kafka is killed: it is started again, and what was posted meanwhile is found', async () => {
    const pidOfKafka = async (): Promise<number> => {
      const state = await readFile(join(platform.dataDir, 'kafka', 'kafka.json'), 'utf8');
      return (JSON.parse(state) as { pids: number[] }).pids[0] ?? 0;
    };
    const killed = await pidOfKafka();
    process.kill(killed, 'SIGKILL');
    const title = 'Người gác hải đăng';
    const { status } = await ask('openings-1', 'POST', '/openings/imports?source=sea', {
      body: `source_id,title,employer_key,locations,salary_text,experience_text,posted_ago\n1,${title},k1,Hải Phòng,10 - 15 triệu,1 năm,hôm nay\n`,
      headers: { 'content-type': 'text/csv' },
    });
    expect(status).toBe(202);
    await eventually(async () => {
      const path = `/matching/openings?exact=true&q=${encodeURIComponent(title)}`;
      expect((await platform.call<{ total: number }>('GET', path)).body.total).toBe(1);
      return true;
    });
    expect(await pidOfKafka()).not.toBe(killed);
    expect(platform.output).toContain('[kafka] ended with SIGKILL; it is started again in 250 ms');
  }, 180_000);

  /** `<key> <version>` of every event of a topic, as the log has them. */
  async function published(topic: string): Promise<string[]> {
    const log = await platform.eventLog();
    const found: string[] = [];
    const read = new Map<number, number>();
    const subscription = await log.subscribe({
      group: `look-${randomUUID()}`,
      topics: [topic],
      position: (_, partition) => Promise.resolve(read.get(partition) ?? 0),
      handle: (batch: PartitionBatch) => {
        for (const { key, value } of batch.records) {
          found.push(`${key} ${(JSON.parse(value ?? '{}') as { version?: number }).version}`);
        }
        read.set(batch.partition, positionAfter(batch));
        return Promise.resolve();
      },
    });
    try {
      const ends = await log.ends([topic]);
      await eventually(() => ends.every(({ partition, end }) => (read.get(partition) ?? 0) >= end));
    } finally {
      await subscription.stop();
      await log.close();
    }
    return found;
  }
});

it('one service that is killed is 503 by itself, comes back by itself, and nothing else notices', async () => {
  const platform = await RunningPlatform.start({ args: ['--empty'] });
  try {
    const token = await platform.signIn();
    const paths = new Map([
      ['identity', '/identity/accounts?limit=1'],
      ['openings', '/openings/imports'],
      ['matching', '/matching/openings?limit=1'],
      ['jobseekers', '/jobseekers/admin/lag'],
    ]);
    for (const [name, path] of paths) {
      const before = await platform.pidOf(name);
      process.kill(before, 'SIGKILL');
      const seen = new Set<number>();
      await eventually(async () => {
        seen.add((await platform.call('GET', path, { token })).status);
        for (const [other, otherPath] of paths) {
          if (other === name) continue;
          expect([other, (await platform.call('GET', otherPath, { token })).status]).toEqual([other, 200]);
        }
        return (await platform.call('GET', path, { token })).status === 200;
      });
      expect([...seen].filter((status) => status !== 503 && status !== 200)).toEqual([]);
      expect(seen).toContain(503);
      expect(await platform.pidOf(name)).not.toBe(before);
    }
  } finally {
    const asked = Date.now();
    const { code } = await platform.stop();
    expect(code).toBe(0);
    expect(Date.now() - asked).toBeLessThan(15_000);
  }
}, 240_000);
