import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from '@jest/globals';
import { TestEdge } from '../test/edge.fixture.js';
import { type HttpBackends, httpBackends } from './http-backends.js';

type Handler = (request: IncomingMessage, response: ServerResponse, body: Buffer) => void;

/** What a service got to see. */
interface Seen {
  by: string;
  method?: string;
  url?: string;
  headers: IncomingMessage['headers'];
  body: string;
}

describe('Services that are processes of their own', () => {
  const seen: Seen[] = [];
  const servers: Server[] = [];
  let backends: HttpBackends | undefined;
  let edge: TestEdge | undefined;

  afterEach(async () => {
    await edge?.stop();
    await backends?.close();
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
    seen.length = 0;
    failures.length = 0;
  });

  /** An instance that tells what it saw, or does what `handler` does. */
  const instance = async (by: string, handler?: Handler): Promise<string> => {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('error', () => undefined);
      request.on('end', () => {
        const { method, url, headers } = request;
        const body = Buffer.concat(chunks);
        seen.push({ by, method, url, headers, body: body.toString() });
        if (handler) handler(request, response, body);
        else
          response.writeHead(200, { 'content-type': 'application/json', etag: '"7"' }).end(`{"by":"${by}"}`);
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    servers.push(server);
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  const nobody = async (): Promise<string> => {
    const url = await instance('nobody');
    servers.pop()?.close();
    return url;
  };
  /** Services and why an instance of theirs did not answer, in the order in which that was told. */
  const failures: string[] = [];
  const before = async (urls: Record<string, string[]>): Promise<TestEdge> => {
    backends = await httpBackends(urls, (...failure) => failures.push(failure.join(' ')));
    edge = await new TestEdge().start({ backends: backends.backends });
    return edge;
  };
  const by = async (answer: Response): Promise<string> => ((await answer.json()) as { by: string }).by;

  it('get the request as it came: path, query, body, headers, and the edge’s own header', async () => {
    const edge = await before({ openings: [await instance('openings')] });
    const answer = await edge.fetch('/api/v1/openings/job-openings?q=th%E1%BB%A3%20h%C3%A0n&a=1?', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-correlation-id': 'abc-1',
        traceparent: '00-11111111111111111111111111111111-2222222222222222-01',
        authorization: 'Bearer x',
        'x-noiviec-edge': '203.0.113.1',
      },
      body: '{ "title":  "Thợ hàn" }',
    });
    expect([answer.status, answer.headers.get('etag')]).toEqual([200, '"7"']);
    expect(seen).toMatchObject([
      {
        method: 'POST',
        url: '/api/v1/openings/job-openings?q=th%E1%BB%A3%20h%C3%A0n&a=1?',
        body: '{ "title":  "Thợ hàn" }',
        headers: {
          'content-type': 'application/json',
          'x-correlation-id': 'abc-1',
          traceparent: '00-11111111111111111111111111111111-2222222222222222-01',
          authorization: 'Bearer x',
          'x-noiviec-edge': '127.0.0.1',
        },
      },
    ]);
    expect(seen[0]?.headers.host).toBe(new URL(answer.url).host);
  });

  it('are reached under a further name, too, by the edge’s pages as by clients', async () => {
    const matching = await instance('matching');
    await before({ matching: [matching], reference: [`${matching}/api/v1/matching/reference`] });
    await edge?.fetch('/api/v1/reference/occupations?q=han');
    await backends?.backends.get('reference')?.get('/value-lists');
    expect(seen.map(({ url }) => url)).toEqual([
      '/api/v1/matching/reference/occupations?q=han',
      '/api/v1/matching/reference/value-lists',
    ]);
  });

  it('take turns', async () => {
    const edge = await before({ openings: [await instance('a'), await instance('b')] });
    const answers = [];
    for (let n = 0; n < 4; n++) answers.push(await by(await edge.fetch('/api/v1/openings/feed')));
    expect(answers).toEqual(['a', 'b', 'a', 'b']);
  });

  it('stand in for an instance that is not there, whatever the method, because it has seen nothing', async () => {
    const edge = await before({ openings: [await nobody(), await instance('b')] });
    for (const method of ['GET', 'POST', 'POST', 'DELETE']) {
      const body = method === 'POST' ? 'x' : undefined;
      expect(await by(await edge.fetch('/api/v1/openings/job-openings', { method, body }))).toBe('b');
    }
    expect(await backends?.backends.get('openings')?.get('/feed')).toEqual({
      status: 200,
      body: '{"by":"b"}',
    });
  });

  it('stand in for one that breaks off only where a repetition changes nothing', async () => {
    const broken = await instance('broken', (request) => request.socket.destroy());
    const edge = await before({ openings: [broken, await instance('b')] });
    expect(await by(await edge.fetch('/api/v1/openings/feed'))).toBe('b');

    const tried = async (headers: Record<string, string>): Promise<[number, string[]]> => {
      seen.length = 0;
      backends = await httpBackends({ openings: [broken, await instance('b')] });
      const other = await new TestEdge().start({ backends: backends.backends });
      const { status } = await other.fetch('/api/v1/openings/job-openings', {
        method: 'POST',
        headers,
        body: '{}',
      });
      await other.stop();
      return [status, seen.map(({ by }) => by)];
    };
    expect(await tried({})).toEqual([503, ['broken']]);
    expect(await tried({ 'idempotency-key': 'k1' })).toEqual([200, ['broken', 'b']]);
  });

  it('stand in for one that is stopping: it has refused before it looked', async () => {
    const stopping = await instance('stopping', (_, response) =>
      response
        .writeHead(503, { 'content-type': 'application/json', 'x-stopping': '1' })
        .end('{"statusCode":503}'),
    );
    const edge = await before({ openings: [stopping, await instance('b')] });
    const answer = await edge.fetch('/api/v1/openings/job-openings', { method: 'POST', body: '{}' });
    expect(answer.headers.get('x-stopping')).toBeNull();
    expect(await by(answer)).toBe('b');
  });

  it('say 503 themselves when they have a reason, and are not asked again', async () => {
    const busy = await instance('busy', (_, response) =>
      response
        .writeHead(503, { 'content-type': 'application/problem+json', 'retry-after': '9' })
        .end('{"code":"x"}'),
    );
    const edge = await before({ openings: [busy, busy] });
    const answer = await edge.fetch('/api/v1/openings/feed2');
    expect([answer.status, answer.headers.get('retry-after'), await answer.json()]).toEqual([
      503,
      '9',
      { code: 'x' },
    ]);
    expect(seen).toHaveLength(1);
  });

  it('that are all away are told as a problem with the time to come back, and others go on', async () => {
    const edge = await before({
      openings: [await nobody(), await nobody()],
      matching: [await instance('m')],
    });
    for (const body of ['{}', 'x'.repeat(3 * 1024 * 1024)]) {
      const answer = await edge.fetch('/api/v1/openings/imports', { method: 'POST', body });
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
      expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
      expect(await answer.json()).toMatchObject({
        code: 'edge.unavailable',
        instance: '/api/v1/openings/imports',
      });
    }
    expect(await by(await edge.fetch('/api/v1/matching/openings'))).toBe('m');
    expect((await edge.fetch('/viec-lam/0198f000-0000-7000-8000-000000000000')).status).toBe(503);
  });

  it('are told of by their names when an instance does not answer, with the reason in a word', async () => {
    const cutOff = await instance('cut off', (request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{');
      setTimeout(() => request.socket.destroy(), 50);
    });
    const edge = await before({
      openings: [await nobody()],
      identity: [await instance('broken', (request) => request.socket.destroy())],
      jobseekers: [await instance('stopping', (_, response) => response.writeHead(503).end())],
      training: [cutOff],
      matching: [await instance('m', (_, response) => response.writeHead(500).end())],
      reference: [`${await nobody()}/api/v1/matching/reference`],
    });
    const told = async (path: string): Promise<unknown> => {
      failures.length = 0;
      const { status } = await edge.fetch(path, { method: path.startsWith('/api') ? 'POST' : 'GET' });
      return { status, failures: [...failures] };
    };
    // The only instance is asked once more where that can double nothing.
    const twice = (failure: string): unknown => ({ status: 503, failures: [failure, failure] });
    expect(await told('/api/v1/openings/imports')).toEqual(twice('openings unreachable'));
    expect(await told('/feed')).toEqual(twice('openings unreachable'));
    expect(await told('/api/v1/reference/occupations')).toEqual(twice('matching unreachable'));
    expect(await told('/api/v1/jobseekers/names')).toEqual(twice('jobseekers stopping'));
    expect(await told('/api/v1/identity/tokens')).toEqual({ status: 503, failures: ['identity broken_off'] });
    // An answer is an answer; one that breaks off in the middle is none.
    expect(await told('/api/v1/matching/openings')).toEqual({ status: 500, failures: [] });
    failures.length = 0;
    const answer = await edge.fetch('/api/v1/training/courses');
    await expect(answer.text()).rejects.toThrow();
    expect(failures).toEqual(['training broken_off']);
  });

  it('get large bodies as they come, and may answer before they have read them', async () => {
    const length = await instance('length', (_, response, body) => response.end(String(body.length)));
    const edge = await before({ openings: [length] });
    const body = 'x'.repeat(5 * 1024 * 1024);
    const answer = await edge.fetch('/api/v1/openings/imports', { method: 'POST', body });
    expect(await answer.text()).toBe(String(body.length));
  });

  it('are not asked for paths that leave them', async () => {
    const edge = await before({ openings: [await instance('openings')] });
    const { port } = new URL((await edge.fetch('/')).url);
    for (const path of [
      '/api/v1/openings/../identity/tokens',
      '/api/v1/openings/%2e%2e/identity',
      '/api/v1/openings/%zz',
    ]) {
      const client = connect(Number(port), '127.0.0.1');
      client.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
      let answer = '';
      for await (const chunk of client) answer += String(chunk);
      expect(answer.split('\r\n')[0]).toBe('HTTP/1.1 400 Bad Request');
    }
    expect(seen).toEqual([]);
  });
});
