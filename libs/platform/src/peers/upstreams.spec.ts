import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { freePort } from '../testing/running-platform.js';
import { HttpPeerTransport, type PeerRequest, type PeerResponse } from './peer-client.js';
import { failureOf, Upstreams } from './upstreams.js';

describe('The instances of a service', () => {
  it('are asked in turn, those that lately failed last, the first once more at the end', () => {
    let now = 0;
    const upstreams = new Upstreams(['a', 'b', 'c'], () => now);
    expect([upstreams.inTurn(), upstreams.inTurn()]).toEqual([
      ['a', 'b', 'c', 'a'],
      ['b', 'c', 'a', 'b'],
    ]);
    upstreams.failed('c', 'late');
    expect(upstreams.inTurn()).toEqual(['a', 'b', 'c', 'a']);
    upstreams.failed('a', 'stopping');
    expect(upstreams.inTurn()).toEqual(['b', 'a', 'c', 'b']);
    now = 2_000;
    upstreams.inTurn();
    expect(upstreams.inTurn()).toEqual(['c', 'a', 'b', 'c']);
  });

  it('fail in one of few ways, each time that one does', async () => {
    const told: string[] = [];
    const nobody = `http://127.0.0.1:${await freePort()}`;
    const upstreams = new Upstreams([nobody], Date.now, (reason) => told.push(reason));
    await expect(upstreams.fetch('/', { method: 'POST' })).rejects.toThrow('fetch failed');
    expect(told).toEqual(['unreachable', 'unreachable']);
    const caused = (cause: object): string => failureOf(new TypeError('fetch failed', { cause }));
    expect(caused({ code: 'ECONNRESET' })).toBe('broken_off');
    expect(caused({ code: 'UND_ERR_HEADERS_TIMEOUT' })).toBe('late');
    expect(failureOf(new DOMException('', 'TimeoutError'))).toBe('late');
    expect(failureOf('anything else')).toBe('broken_off');
  });
});

describe('A peer with several instances', () => {
  const servers: Server[] = [];
  const asked: string[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
    asked.length = 0;
  });

  const instance = async (name: string, breaksOff = false): Promise<string> => {
    const server = createServer((request, response) => {
      asked.push(`${name} ${request.method} ${request.url}`);
      if (breaksOff) request.socket.destroy();
      else response.end(name);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    servers.push(server);
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  const send = (
    urls: string[],
    method: string,
    headers: PeerRequest['headers'] = {},
  ): Promise<PeerResponse> =>
    new HttpPeerTransport({ openings: urls }).send('openings', { method, path: '/names', headers });

  it('is answered by another one when one is away or breaks off a question', async () => {
    const away = await instance('away');
    await new Promise((resolve) => servers.pop()?.close(resolve));
    const there = await instance('there');
    for (const method of ['GET', 'POST']) {
      expect(await send([away, there], method)).toEqual({ status: 200, body: 'there' });
    }
    expect(await send([await instance('broken', true), there], 'GET')).toEqual({
      status: 200,
      body: 'there',
    });
    expect(asked.at(-1)).toBe('there GET /api/v1/openings/names');
  });

  it('is not told twice of something that may have happened', async () => {
    const urls = [await instance('broken', true), await instance('there')];
    await expect(send(urls, 'POST')).rejects.toMatchObject({ name: 'PeerError', status: 503 });
    expect(asked).toHaveLength(1);
    expect(await send(urls, 'POST', { 'idempotency-key': 'k' })).toMatchObject({ body: 'there' });
  });

  it('that is nowhere, or not known, is told by its name', async () => {
    const away = await instance('away');
    await new Promise((resolve) => servers.pop()?.close(resolve));
    await expect(send([away], 'GET')).rejects.toThrow(
      /^openings answered 503: it cannot be reached \(ECONNREFUSED\)/,
    );
    await expect(
      new HttpPeerTransport({}).send('openings', { method: 'GET', path: '', headers: {} }),
    ).rejects.toThrow('OPENINGS_URL is not set');
  });
});
