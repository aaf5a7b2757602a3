import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readEnvironment } from '#platform';
import { eventually, freePort, TraceCollector } from '#platform/testing';
import { builtWeb } from '../test/edge.fixture.js';
import { startEdge } from './start-edge.js';

const TRACE = '1'.repeat(32);
const CALLER = '2'.repeat(16);
const OPENING = '/viec-lam/0198f000-0000-7000-8000-000000000001';

describe('The edge as a process of its own', () => {
  const asked = new Map<string, IncomingHttpHeaders>();
  let service: Server;
  let collector: TraceCollector;
  let folder: string;
  let url: string;
  let adminUrl: string;
  let stop: () => Promise<void>;

  beforeAll(async () => {
    service = createServer((request, response) => {
      asked.set(request.url ?? '', request.headers);
      response.writeHead(404, { 'content-type': 'application/problem+json' }).end('{"status":404}');
    });
    await once(service.listen(0, '127.0.0.1'), 'listening');
    const at = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
    Object.assign(process.env, {
      OPENINGS_URL: at,
      OPENINGS_ADMIN_URL: at,
      MATCHING_URL: `http://127.0.0.1:${await freePort()}`,
      MATCHING_ADMIN_URL: at,
    });
    collector = await TraceCollector.start();
    folder = await builtWeb();
    const [PORT, ADMIN_PORT] = [String(await freePort()), String(await freePort())];
    const environment = readEnvironment({
      ...{ PORT, ADMIN_PORT, LOG_LEVEL: 'silent' },
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
    });
    [url, adminUrl] = [`http://127.0.0.1:${PORT}`, `http://127.0.0.1:${ADMIN_PORT}`];
    stop = await startEdge(environment, folder, new AbortController().signal);
  });
  afterAll(async () => {
    await stop();
    await collector.close();
    service.closeAllConnections();
    service.close();
    await rm(folder, { recursive: true });
  });

  const fetchTraced = (path: string): Promise<Response> =>
    fetch(`${url}${path}`, { headers: { traceparent: `00-${TRACE}-${CALLER}-01` } });

  it('tells on its admin port its requests, and of each service what was not answered', async () => {
    const figures = async (): Promise<string> => (await fetch(`${adminUrl}/metrics`)).text();
    const failed = (upstream: string, reason: string, times: number): string =>
      `upstream_failures_total{service="edge",upstream="${upstream}",reason="${reason}"} ${times}`;
    expect(await figures()).toContain(failed('matching', 'unreachable', 0));
    expect((await fetch(`${url}/api/v1/matching/openings`)).status).toBe(503);
    await eventually(async () => {
      const told = await figures();
      expect(told).toContain(
        'http_request_duration_seconds_count{service="edge",method="GET",route="/api/v1/matching/*",status="503"} 1',
      );
      expect(told).toContain(failed('matching', 'unreachable', 2));
      expect(told).toContain(failed('openings', 'unreachable', 0));
      return true;
    });
  });

  it('is seen in the trace of a call between its caller and the service', async () => {
    await fetchTraced('/api/v1/openings/job-openings/7?q=nguyen');
    const span = await eventually(() => collector.find('edge', TRACE, 'GET /api/v1/openings/*'));
    expect(span.parentSpanId).toBe(CALLER);
    expect(span.attributes).toContainEqual({ key: 'http.response.status_code', value: { intValue: 404 } });
    const { traceparent } = asked.get('/api/v1/openings/job-openings/7?q=nguyen') ?? {};
    expect(traceparent).toBe(`00-${TRACE}-${span.spanId}-01`);
    expect(JSON.stringify(collector.spans)).not.toContain('nguyen');
  });

  it('is seen in the trace of a page that it makes from what a service tells', async () => {
    await fetchTraced(OPENING);
    const span = await eventually(() => collector.find('edge', TRACE, 'GET /viec-lam/:id'));
    const [, headers] = [...asked].find(([path]) => path.startsWith('/api/v1/openings/public/')) ?? [];
    expect(headers?.traceparent).toBe(`00-${TRACE}-${span.spanId}-01`);
  });
});
