import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Metrics } from '#platform';
import { eventually } from '#platform/testing';
import { TestEdge } from '../test/edge.fixture.js';
import type { Backend } from './backend.js';
import { httpBackends } from './http-backends.js';

/** Waits until the figures are these: a request is counted a moment after its answer. */
async function untilCounted(metrics: Metrics, expected: object): Promise<void> {
  await eventually(async () => {
    expect(await counted(metrics)).toMatchObject(expected);
    return true;
  });
}

/** How often each method, route and status was counted, and under which name. */
async function counted(metrics: Metrics): Promise<Record<string, number>> {
  const { values } = await metrics.requests.get();
  return Object.fromEntries(
    values
      .filter(({ metricName }) => metricName === 'http_request_duration_seconds_count')
      .map(({ labels: { service, method, route, status }, value }) => [
        [service, method, route, status].join(' '),
        value,
      ]),
  );
}

describe('Figures of the edge’s requests', () => {
  let edge: TestEdge;
  afterEach(() => edge.stop());

  it('name the service or the kind of page that was asked for, never an id, a file or what a client made up; readiness is nobody’s request', async () => {
    const metrics = new Metrics();
    edge = await new TestEdge().start({ metrics });
    for (const path of [
      '/api/v1/openings/job-openings/0198f000-0000-7000-8000-000000000001?q=a',
      '/api/v1/openings',
      '/api/v1/reference/occupations',
      '/api/v1/payroll/slips',
      '/viec-lam/0198f000-0000-7000-8000-000000000001',
      '/viec-lam/%E0%A4%A',
      '/sitemap-3.xml',
      '/health/ready',
      '/',
      '/viec-lam?q=tho-han',
      '/wp-login.php',
      '/assets/index-Bx3f.js',
      '/favicon.svg',
    ])
      await (await edge.fetch(path)).arrayBuffer();
    await edge.fetch('/viec-lam', { method: 'POST' });
    const expected = {
      'edge GET /api/v1/openings/* 200': 2,
      'edge GET /api/v1/reference/* 200': 1,
      'edge GET /api/* 404': 1,
      'edge GET /viec-lam/:id 404': 1,
      'edge GET unknown 400': 1,
      'edge GET /sitemap-:page(\\d{1,5}).xml 503': 1,
      'edge GET / 200': 1,
      'edge GET /* 200': 1,
      'edge GET /* 404': 1,
      'edge GET files 200': 2,
      'edge POST /* 405': 1,
    };
    await untilCounted(metrics, expected);
    expect(Object.keys(await counted(metrics)).sort()).toEqual(Object.keys(expected).sort());
  });

  it('have how long each took, and those whom the client did not wait for', async () => {
    const metrics = new Metrics();
    let asked = 0;
    const slow = createServer((request, response) => {
      request.resume();
      asked += 1;
      setTimeout(() => response.end('slow'), 300);
    });
    await once(slow.listen(0, '127.0.0.1'), 'listening');
    const failures: string[] = [];
    const { backends, close } = await httpBackends(
      { openings: [`http://127.0.0.1:${(slow.address() as AddressInfo).port}`] },
      (...failure) => failures.push(failure.join(' ')),
    );
    edge = await new TestEdge().start({ metrics, backends });
    try {
      expect(await (await edge.fetch('/api/v1/openings/feed')).text()).toBe('slow');
      const { port } = new URL((await edge.fetch('/')).url);
      for (const request of [
        'GET /api/v1/openings/feed HTTP/1.1\r\nHost: x\r\n\r\n',
        // An upload that breaks off, too long to be kept.
        'POST /api/v1/openings/imports HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000\r\n\r\nsource_id,',
      ]) {
        const before = asked;
        const client = connect(Number(port), '127.0.0.1');
        client.write(request);
        await eventually(() => asked > before);
        client.destroy();
      }
      await untilCounted(metrics, {
        'edge GET /api/v1/openings/* 200': 1,
        'edge GET /api/v1/openings/* 499': 1,
        'edge POST /api/v1/openings/* 499': 1,
      });
      // What a client does is no failure of the service.
      await new Promise((resolve) => setTimeout(resolve, 400));
      expect(failures).toEqual([]);
      const { values } = await metrics.requests.get();
      const sum = values.find(
        ({ metricName, labels }) =>
          metricName === 'http_request_duration_seconds_sum' &&
          labels.status === '200' &&
          labels.route !== '/',
      );
      expect(sum?.value).toBeGreaterThan(0.25);
      expect(sum?.value).toBeLessThan(5);
    } finally {
      await close();
      slow.closeAllConnections();
      slow.close();
    }
  });

  it('count an answer that its service breaks off in the middle as 502, whatever its first line said', async () => {
    const metrics = new Metrics();
    const breaking = createServer((request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{');
      setTimeout(() => request.socket.destroy(), 50);
    });
    await once(breaking.listen(0, '127.0.0.1'), 'listening');
    const { port } = breaking.address() as AddressInfo;
    const { backends, close } = await httpBackends({ openings: [`http://127.0.0.1:${port}`] });
    edge = await new TestEdge().start({ metrics, backends });
    try {
      const answer = await edge.fetch('/api/v1/openings/feed');
      expect(answer.status).toBe(200);
      await expect(answer.text()).rejects.toThrow();
      await untilCounted(metrics, { 'edge GET /api/v1/openings/* 502': 1 });
      expect(Object.keys(await counted(metrics))).toEqual(['edge GET /api/v1/openings/* 502']);
    } finally {
      await close();
      breaking.close();
    }
  });

  it('count those that a stop cuts off as 503, and a client that left before that as 499', async () => {
    const metrics = new Metrics();
    const large = Buffer.alloc(64 * 1024 * 1024);
    let asked = 0;
    const endless: Backend = {
      handle: ({ method }, response) => {
        asked += 1;
        if (method === 'PUT') response.write('{');
        if (method === 'PATCH') response.end(large);
      },
      get: () => Promise.reject(new Error('not asked for')),
    };
    edge = await new TestEdge().start({ metrics, backends: new Map([['openings', endless]]) });
    const { port } = new URL((await edge.fetch('/')).url);
    // None reads what it is sent, so that the large answer is still on its way at the stop.
    const clients = ['GET', 'PUT', 'PATCH', 'DELETE'].map((method) => {
      const client = connect(Number(port), '127.0.0.1').on('error', () => undefined);
      client.write(`${method} /api/v1/openings/feed HTTP/1.1\r\nHost: x\r\n\r\n`);
      return client;
    });
    try {
      await eventually(() => asked === clients.length);
      const stopped = edge.stop();
      clients.at(-1)?.destroy();
      await stopped;
      const expected = {
        'edge GET / 200': 1,
        'edge GET /api/v1/openings/* 503': 1,
        'edge PUT /api/v1/openings/* 503': 1,
        'edge PATCH /api/v1/openings/* 503': 1,
        'edge DELETE /api/v1/openings/* 499': 1,
      };
      await untilCounted(metrics, expected);
      expect(Object.keys(await counted(metrics)).sort()).toEqual(Object.keys(expected).sort());
    } finally {
      for (const client of clients) client.destroy();
    }
  }, 15_000);
});
