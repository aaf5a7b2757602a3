import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Command } from 'commander';
import { Api } from './api.js';
import { operationsCommands } from './operations.command.js';
import { Output } from './output.js';

const letter = (id: number): object => ({
  id: String(id),
  group: 'matching',
  topic: 'openings.job-opening',
  partition: 2,
  offset: 40 + id,
  cause: 'Error: broken',
});
const drift = (
  differing: { missing: number; stale: number; extra: number },
  missing: string[],
  logLost = false,
): object => ({
  openings: { owner: 5, index: 5 - missing.length, differing, missing, stale: [], extra: [], inFlight: 0 },
  jobseekers: {
    owner: 1,
    index: 1,
    differing: { missing: 0, stale: 0, extra: 0 },
    missing: [],
    stale: [],
    extra: [],
  },
  inSync: missing.length === 0,
  logLost,
});
const lag = (service: string, behind: number, states = ['in-log', 'in-log']): object => ({
  items: states.map((state, partition) => ({
    ...{ group: service, topic: 'openings.job-opening', partition, lag: behind, state },
  })),
});

/** Dead letters of matching on two pages; number 2 still cannot be handled. */
const ANSWERS: Record<string, [number, object]> = {
  '/identity/tokens': [200, { accessToken: 'token', expiresIn: 600 }],
  '/matching/admin/dead-letters?limit=100': [
    200,
    { items: [letter(1), letter(2)], total: 3, nextCursor: 'next' },
  ],
  '/matching/admin/dead-letters?limit=100&cursor=next': [200, { items: [letter(3)], total: 3 }],
  '/matching/admin/dead-letters/1/replay': [200, { replayed: true }],
  '/matching/admin/dead-letters/2/replay': [409, { code: 'matching.replay-failed', title: 'Still broken' }],
  '/matching/admin/dead-letters/3/replay': [200, { replayed: true }],
  '/matching/admin/rebuild': [200, { events: 12, milliseconds: 34 }],
  '/matching/admin/rebuild?force=true': [200, { events: 2, milliseconds: 3 }],
  '/matching/admin/lag': [200, lag('matching', 6)],
  '/identity/admin/republish': [200, { topic: 'identity.organisation', restated: 3, erased: false }],
  '/openings/admin/republish': [200, { topic: 'a', restated: 500, erased: false, nextCursor: '1' }],
  '/openings/admin/republish?cursor=1': [200, { topic: 'a', restated: 7, erased: false, nextCursor: '2' }],
  '/openings/admin/republish?cursor=2': [200, { topic: 'b', restated: 0, erased: false }],
  '/jobseekers/admin/republish': [200, { topic: 'c', restated: 5, erased: false, nextCursor: '1' }],
  '/jobseekers/admin/republish?cursor=1': [200, { topic: 'c', restated: 2, erased: true }],
};
for (const service of ['matching', 'openings', 'jobseekers', 'identity']) {
  ANSWERS[`/${service}/admin/read-anew`] = [200, { positions: 0 }];
  if (service === 'matching') continue;
  ANSWERS[`/${service}/admin/dead-letters?limit=100`] = [200, { items: [], total: 0 }];
  ANSWERS[`/${service}/admin/lag`] = [200, { items: [] }];
}

describe('The operations from the command line', () => {
  const asked: string[] = [];
  let server: Server;
  beforeAll(async () => {
    server = createServer((request, response) => {
      const path = (request.url ?? '').replace('/api/v1', '');
      const [status, body] = ANSWERS[path] ?? [404, { code: 'none', title: `None: ${path}` }];
      let sent = '';
      request.on('data', (chunk: Buffer) => (sent += chunk.toString()));
      request.on('end', () => {
        const { topics } = (sent ? JSON.parse(sent) : {}) as { topics?: string[] };
        asked.push([request.method, path, ...(topics ? [JSON.stringify(topics)] : [])].join(' '));
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  afterEach(() => {
    process.exitCode = undefined;
    asked.length = 0;
  });

  /** What a command prints, and its exit code; `--json` first for one JSON document. */
  const run = async (...args: string[]): Promise<{ printed: string; exitCode: number }> => {
    const printed: string[] = [];
    const keep = (text: string): void => void printed.push(text);
    const spies = [
      jest.spyOn(console, 'log').mockImplementation(keep),
      jest.spyOn(console, 'error').mockImplementation(keep),
    ];
    try {
      const program = new Command().exitOverride().configureOutput({ writeErr: keep });
      const { port } = server.address() as AddressInfo;
      const api = new Api(`http://127.0.0.1:${port}`, 'admin@example.vn', 'secret');
      const json = args[0] === '--json';
      operationsCommands(program, api, () => new Output(json));
      for (const command of program.commands) command.exitOverride();
      await program.parseAsync(json ? args.slice(1) : args, { from: 'user' });
    } finally {
      for (const spy of spies) spy.mockRestore();
    }
    return { printed: printed.join('\n'), exitCode: Number(process.exitCode ?? 0) };
  };

  it('list the dead letters of every service, over all pages', async () => {
    const { printed, exitCode } = await run('dead-letters');
    expect(printed.split('\n')).toHaveLength(4);
    expect(printed).toMatch(/matching +3 +matching +openings\.job-opening\/2@43 +Error: broken/);
    expect(exitCode).toBe(0);
    const one = await run('--json', 'dead-letters', '--service', 'matching', '--limit', '1');
    expect(JSON.parse(one.printed)).toMatchObject({ items: [{ service: 'matching', id: '1' }], total: 3 });
    expect((await run('dead-letters', '--limit', '2')).printed).toContain('Chỉ 2 trong 3');
  });

  it('replay all dead letters, also those behind one that still fails, which the exit code tells', async () => {
    const { printed, exitCode } = await run('replay', 'matching');
    expect(printed).toMatch(/^2 đã xử lý lại, 1 vẫn không được:\n +2: .*Still broken/);
    expect(exitCode).toBe(1);
    expect(asked.filter((call) => call.endsWith('/replay'))).toHaveLength(3);
    const { printed: json } = await run('--json', 'replay', 'matching');
    expect(JSON.parse(json)).toEqual({ replayed: 2, failed: [{ id: '2', message: 'Still broken' }] });
  });

  it('replay one dead letter by its id', async () => {
    expect(await run('replay', 'matching', '3')).toEqual({ printed: '1 đã xử lý lại.', exitCode: 0 });
  });

  it('rebuild a read model, and say when a service has none', async () => {
    expect(JSON.parse((await run('--json', 'rebuild', 'matching')).printed)).toEqual({
      events: 12,
      milliseconds: 34,
    });
    expect(asked).toContain('POST /matching/admin/rebuild');
    expect((await run('rebuild', 'matching', '--force')).printed).toContain('từ 2 sự kiện');
    expect(asked.at(-1)).toBe('POST /matching/admin/rebuild?force=true');
  });

  it.each([
    ['replay', 'matching, openings, jobseekers, identity'],
    ['rebuild', 'matching'],
    ['republish', 'identity, openings, jobseekers, all'],
  ])('%s names the services that it takes, also to who has given another one', async (command, names) => {
    const program = new Command();
    operationsCommands(program, Api.fromEnvironment({}), () => new Output(false));
    const help = program.commands.find((each) => each.name() === command)?.helpInformation();
    expect(help).toContain(names.replace(', all', ', hoặc all'));
    await expect(run(command, 'employers')).rejects.toThrow(`phải là một trong: ${names}.`);
    expect(asked).toEqual([]);
  });

  it('let the owners say their states again, step by step to the end', async () => {
    const { printed, exitCode } = await run('--json', 'republish', 'all');
    expect(JSON.parse(printed)).toEqual({
      items: [
        { service: 'identity', topic: 'identity.organisation', states: 3, erased: 0 },
        { service: 'openings', topic: 'a', states: 507, erased: 0 },
        { service: 'openings', topic: 'b', states: 0, erased: 0 },
        { service: 'jobseekers', topic: 'c', states: 5, erased: 2 },
      ],
      total: 517,
    });
    expect(exitCode).toBe(0);
    // Then who read the lost log begins with this one.
    expect(asked.slice(-4)).toEqual(
      ['matching', 'openings', 'jobseekers', 'identity'].map(
        (service) => `POST /${service}/admin/read-anew ["identity.organisation","a","b","c"]`,
      ),
    );
    asked.length = 0;
    expect((await run('republish', 'openings')).printed).toMatch(
      /openings +a +507 +0\n.*\nĐã đưa 507 sự kiện/,
    );
    expect(asked.filter((call) => call.includes('republish'))).toHaveLength(3);
  });

  it('say them once more when somebody had read a log that is lost: others may have a place within the new one', async () => {
    ANSWERS['/matching/admin/read-anew'] = [200, { positions: 2 }];
    asked.length = 0;
    const { printed } = await run('--json', 'republish', 'openings');
    expect(asked.flatMap((call) => /republish|read-anew/.exec(call)?.[0] ?? [])).toEqual([
      ...['republish', 'republish', 'republish'],
      ...['read-anew', 'read-anew', 'read-anew', 'read-anew'],
      ...['republish', 'republish', 'republish'],
    ]);
    expect(JSON.parse(printed)).toMatchObject({ total: 507 });
    ANSWERS['/matching/admin/read-anew'] = [200, { positions: 0 }];
  });

  it('stop with the platform’s own words when the log takes nothing', async () => {
    const usual = ANSWERS['/jobseekers/admin/republish?cursor=1']!;
    ANSWERS['/jobseekers/admin/republish?cursor=1'] = [
      503,
      { code: 'jobseekers.outbox-full', title: 'Full' },
    ];
    await expect(run('republish', 'all')).rejects.toMatchObject({ status: 503, message: 'Full' });
    expect(asked.filter((call) => call.includes('read-anew'))).toEqual([]);
    ANSWERS['/jobseekers/admin/republish?cursor=1'] = usual;
  });

  it('compare matching with its owners, which the exit code tells', async () => {
    ANSWERS['/matching/drift'] = [200, drift({ missing: 0, stale: 0, extra: 0 }, [])];
    expect(await run('drift')).toMatchObject({ printed: expect.stringContaining('Khớp.'), exitCode: 0 });
    ANSWERS['/matching/drift'] = [200, drift({ missing: 1, stale: 0, extra: 0 }, ['opening-7'])];
    const { printed, exitCode } = await run('drift');
    expect(printed).toMatch(/openings missing: opening-7\nCó khác biệt: npm run cli -- rebuild matching$/);
    expect(exitCode).toBe(1);
  });

  it('send to the owners, not to a rebuild from what is left, when the log is lost', async () => {
    ANSWERS['/matching/drift'] = [200, drift({ missing: 1, stale: 0, extra: 0 }, ['opening-7'], true)];
    const { printed, exitCode } = await run('drift');
    expect(printed).toMatch(/opening-7\nCó khác biệt\. .* republish all trước, rồi .* rebuild matching/);
    expect(exitCode).toBe(1);
    ANSWERS['/matching/drift'] = [200, drift({ missing: 0, stale: 0, extra: 0 }, [], true)];
    expect((await run('drift')).printed).toMatch(/Khớp\. Nhật ký sự kiện đã mất.* republish all/);
  });

  it('tell the lag of each group, and by the exit code whether it is over a limit', async () => {
    const { printed, exitCode } = await run('lag', '--max', '12');
    expect(printed).toMatch(/matching +openings\.job-opening +12 +in-log$/m);
    expect(exitCode).toBe(0);
    expect((await run('--json', 'lag', '--service', 'matching', '--max', '11')).exitCode).toBe(1);
    await expect(run('lag', '--max', 'many')).rejects.toThrow('phải là một số nguyên');
    await expect(run('lag', '--service', 'log')).rejects.toThrow('phải là một trong: matching, ');
  });

  it('say of a group that has read another log than this one so, and fail', async () => {
    const usual = ANSWERS['/matching/admin/lag']!;
    ANSWERS['/matching/admin/lag'] = [200, lag('matching', 0, ['in-log', 'beyond-end'])];
    try {
      const { printed, exitCode } = await run('lag');
      expect(printed).toMatch(/matching +openings\.job-opening +0 +beyond-end\nbeyond-end: .*nhật ký đã mất/);
      expect(exitCode).toBe(1);
      const json = await run('--json', 'lag', '--max', '100');
      expect(JSON.parse(json.printed)).toEqual({
        items: [{ group: 'matching', topic: 'openings.job-opening', lag: 0, state: 'beyond-end' }],
      });
      expect(json.exitCode).toBe(1);
    } finally {
      ANSWERS['/matching/admin/lag'] = usual;
    }
  });
});
