import { existsSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  CLUSTER_SEARCH,
  eventually,
  freePort,
  PROFILE,
  RunningPlatform,
  temporaryFolder,
} from '#platform/testing';

const COMMAND = { embedded: 'npm start --', cluster: 'npm run cluster --' }[PROFILE];

describe('the running platform', () => {
  let platform: RunningPlatform;

  beforeAll(async () => {
    platform = await RunningPlatform.start({ args: ['--empty'] });
  }, 180_000);

  afterAll(async () => {
    await platform.stop();
  });

  /** What every process tells on its admin port. */
  const figures = async (): Promise<string> => {
    const urls =
      PROFILE === 'cluster'
        ? (await platform.places()).processes.map(({ adminUrl }) => adminUrl)
        : [platform.adminUrl];
    return (await Promise.all(urls.map(async (url) => (await fetch(`${url}/metrics`)).text()))).join('\n');
  };

  it('has started without a warning of what Kafka’s client tries again', () => {
    expect(platform.output.split('\n').filter((line) => /"kafkajs"|consumer has crashed/.test(line))).toEqual(
      [],
    );
  });

  it('names each dependency on the admin port and only says ready or not at the edge', async () => {
    const admin = (await (await fetch(`${platform.adminUrl}/health/ready`)).json()) as {
      ready: boolean;
      dependencies: Record<string, string>;
    };
    expect(admin.ready).toBe(true);
    expect(admin.dependencies).toMatchObject(
      PROFILE === 'cluster'
        ? { identity: 'up', openings: 'up', matching: 'up', jobseekers: 'up' }
        : { events: 'up', 'openings.database': 'up', 'matching.database': 'up' },
    );
    const edge: unknown = await (await fetch(`${platform.url}/health/ready`)).json();
    expect(edge).toEqual({ status: 'ready' });
  });

  it('searches by Meilisearch where it is given one', async () => {
    await eventually(
      async () => {
        const { body } = await platform.call('GET', '/matching/openings?limit=1');
        expect(body).toMatchObject({ engine: PROFILE === 'cluster' ? CLUSTER_SEARCH : 'postgres' });
        return true;
      },
      { timeoutMs: 30_000 },
    );
  });

  it('has figures of requests, outbox, lag and dead letters on the admin port and not at the edge', async () => {
    const metrics = await figures();
    for (const name of [
      'http_request_duration_seconds',
      'outbox_oldest_seconds',
      'consumer_lag_records',
      'dead_letters_open',
    ]) {
      expect(metrics).toContain(`# TYPE ${name}`);
    }
    const edge = await fetch(`${platform.url}/metrics`);
    expect(await edge.text()).not.toContain('# TYPE');
  });

  it('counts each request once, and one that the edge passes on to another process there, too', async () => {
    const refused = async (): Promise<Record<string, number>> =>
      Object.fromEntries(
        [
          ...(await figures()).matchAll(/^http_request_duration_seconds_count\{(.*status="401")\} (\d+)$/gm),
        ].map(([, labels = '', times]) => [labels, Number(times)]),
      );
    expect(await refused()).toEqual({});
    for (let n = 0; n < 3; n++) await platform.call('GET', '/openings/job-openings');
    const labels = (service: string, route: string): string =>
      `service="${service}",method="GET",route="${route}",status="401"`;
    const expected = {
      [labels('openings', '/api/v1/openings/job-openings')]: 3,
      ...(PROFILE === 'cluster' && { [labels('edge', '/api/v1/openings/*')]: 3 }),
    };
    await eventually(async () => {
      expect(await refused()).toEqual(expected);
      return true;
    });
  });

  it('answers paths of no service, and errors, as problem+json in the language asked for', async () => {
    const none = await platform.call<{ code: string }>('GET', '/nothing/here');
    expect([none.status, none.body.code]).toEqual([404, 'edge.no-such-service']);
    const english = await platform.call<{ title: string; correlationId: string }>(
      'GET',
      '/openings/job-openings',
      {
        headers: { 'accept-language': 'en', 'x-correlation-id': 'abc-1' },
      },
    );
    expect(english.status).toBe(401);
    expect(english.body).toMatchObject({ title: 'Sign-in is required', correlationId: 'abc-1' });
    expect(english.headers.get('content-type')).toContain('application/problem+json');
  });

  it('refuses a second instance on the same data folder in one sentence', async () => {
    const second = await RunningPlatform.launch({ dataDir: platform.dataDir });
    const { code, output } = await second.exited();
    expect(code).toBe(1);
    expect(output.trim().split('\n')).toHaveLength(1);
    expect(output).toContain(platform.dataDir);
  });
});

describe('a start that cannot succeed says in one sentence what to do', () => {
  const failure = async (options: Parameters<typeof RunningPlatform.launch>[0]): Promise<string> => {
    const platform = await RunningPlatform.launch({ args: ['--empty'], ...options });
    const { code, output } = await platform.stop('SIGCONT');
    expect(code).toBe(1);
    expect(output.trim().split('\n')).toHaveLength(1);
    return output;
  };

  it.each([
    ['PORT', 'port'],
    ['ADMIN_PORT', 'adminPort'],
  ])('when %s is taken, before anything is made', async (variable, option) => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const folder = await temporaryFolder();
    const dataDir = join(folder, 'data');
    try {
      const said = await failure({ [option]: port, dataDir });
      expect(said).toMatch(`Port ${port} on 127.0.0.1 is taken: stop what uses it, or set ${variable} to`);
      expect(existsSync(dataDir)).toBe(false);
    } finally {
      server.close();
      await rm(folder, { recursive: true });
    }
  });

  it('when PORT and ADMIN_PORT are the same', async () => {
    const port = await freePort();
    expect(await failure({ port, adminPort: port })).toContain(`ADMIN_PORT: it is ${port}, as PORT is`);
  });

  it('when the data folder is a file', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'file'), '');
    expect(await failure({ dataDir: join(folder, 'file') })).toContain(join(folder, 'file'));
    await rm(folder, { recursive: true });
  });

  it('when the data folder cannot be made', async () => {
    const sentence =
      /The data folder \/proc\/nope cannot be written \(E[A-Z]+\): .*set DATA_DIR to another folder/;
    expect(await failure({ dataDir: '/proc/nope' })).toMatch(sentence);
    const elsewhere = { DATABASE_URL: 'postgres://nobody@127.0.0.1:9/postgres' };
    expect(await failure({ dataDir: '/proc/nope', env: elsewhere })).toMatch(sentence);
  });

  it('when Kafka is to be started and is not installed, before anything is made', async () => {
    const folder = await temporaryFolder();
    const dataDir = join(folder, 'data');
    const env = { EVENTS: 'kafka', XDG_CACHE_HOME: join(folder, 'cache') };
    const said = await failure({ profile: 'cluster', dataDir, env });
    expect(said).toContain('`npm run kafka -- --install` does it once');
    expect(existsSync(dataDir)).toBe(false);
    await rm(folder, { recursive: true });
  });

  if (PROFILE === 'cluster')
    it('when Kafka does not start, and its folder may go on without', async () => {
      const dataDir = await temporaryFolder();
      await writeFile(join(dataDir, 'kafka'), '');
      expect(await failure({ dataDir, env: { EVENTS: 'kafka' } })).toContain(join(dataDir, 'kafka'));
      expect(existsSync(join(dataDir, 'event-log'))).toBe(false);
      await rm(dataDir, { recursive: true });
    }, 60_000);

  it('when the folder of the keys cannot be made', async () => {
    expect(await failure({ env: { KEYS_DIR: '/proc/nope' } })).toContain('KEYS_DIR: the folder /proc/nope');
  });

  it('when the database cannot be reached', async () => {
    const url = `postgres://nobody:nothing@127.0.0.1:${await freePort()}/postgres`;
    expect(await failure({ env: { DATABASE_URL: url } })).toContain('check DATABASE_URL');
  });

  it('when a setting is wrong, naming it', async () => {
    expect(await failure({ env: { EVENTS: 'pigeons' } })).toContain('EVENTS');
  });

  it.each([
    ...(PROFILE === 'embedded' ? [['EVENTS=kafka', 'KAFKA_BROKERS: ']] : []),
    ['EVENTS=kafka KAFKA_BROKERS=nowhere', 'KAFKA_BROKERS: '],
    ['SEARCH=meilisearch MEILI_URL=', 'MEILI_URL: set it'],
  ])('with %s, which is not ignored for want of what it needs', async (settings, sentence) => {
    const env = Object.fromEntries(settings.split(' ').map((setting) => setting.split('=')));
    expect(await failure({ env })).toContain(sentence);
  });
});

it('SIGTERM ends everything, PostgreSQL too, within 15 s, and the next start goes on with the same data', async () => {
  const first = await RunningPlatform.start({ args: ['--empty'] });
  const urls = PROFILE === 'cluster' ? (await first.places()).processes.map(({ url }) => url) : [first.url];
  const asked = Date.now();
  const { code } = await first.stop('SIGTERM', { keepData: true });
  expect(code).toBe(0);
  expect(Date.now() - asked).toBeLessThan(15_000);
  for (const url of urls) await expect(fetch(url)).rejects.toThrow('fetch failed');
  expect(existsSync(join(first.dataDir, 'postgres', 'cluster', 'postmaster.pid'))).toBe(false);

  const second = await RunningPlatform.start({ dataDir: first.dataDir });
  expect(await second.signIn()).toEqual(expect.any(String));
  // It was begun empty: the demo data do not come later.
  await expect(second.demoAccounts()).rejects.toThrow('ENOENT');
  await second.stop();
  await rm(first.dataDir, { recursive: true });
}, 240_000);

describe('the command line', () => {
  const ended = async (...args: string[]): Promise<{ code: number | null; output: string }> => {
    const platform = await RunningPlatform.launch({ args });
    const outcome = await platform.exited();
    await rm(platform.dataDir, { recursive: true });
    return outcome;
  };

  it('says what it takes when asked, in Vietnamese and then in English', async () => {
    const { code, output } = await ended('--help');
    expect(code).toBe(0);
    expect(output).toMatch(/^Cách dùng \/ Usage: /);
    expect(output).toMatch(/\nChạy .*\nRuns /s);
    expect(output).toMatch(/--empty +không nạp dữ liệu dùng thử \/ leave out the demo data\n/);
  });

  it.each(['--emtpy', 'empty'])(
    'refuses %s by name, with the usage and without a stack',
    async (argument) => {
      const { code, output } = await ended(argument);
      expect(code).toBe(1);
      expect(output.split('\n')[0]).toMatch(/^Lỗi: /);
      expect(output.split('\n')[0]).toContain(argument);
      expect(output).toContain(`Usage: ${COMMAND}`);
      expect(output).not.toContain('    at ');
    },
  );
});

it('a client that never finishes its request does not keep a stop from ending PostgreSQL', async () => {
  const platform = await RunningPlatform.start({ args: ['--empty'] });
  const client = connect(platform.port, '127.0.0.1');
  client.on('error', () => undefined);
  client.write(
    'POST /api/v1/identity/tokens HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
  );
  await once(client, 'connect');
  const asked = Date.now();
  const { code } = await platform.stop('SIGTERM', { keepData: true });
  expect(code).toBe(0);
  expect(Date.now() - asked).toBeLessThan(15_000);
  // Only a server that is gone leaves its folder to another one.
  expect(existsSync(join(platform.dataDir, 'postgres', 'cluster', 'postmaster.pid'))).toBe(false);
  await rm(platform.dataDir, { recursive: true });
}, 180_000);

it('SIGTERM during the start ends it', async () => {
  const platform = await RunningPlatform.launch();
  await eventually(() => existsSync(join(platform.dataDir, 'postgres', 'cluster')), { timeoutMs: 30_000 });
  const { code } = await platform.stop('SIGTERM', { keepData: true });
  expect([0, 1]).toContain(code);
  expect(existsSync(join(platform.dataDir, 'postgres', 'cluster', 'postmaster.pid'))).toBe(false);
  await rm(platform.dataDir, { recursive: true });
}, 180_000);
