import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, RunningPlatform } from '#platform/testing';

interface OtlpSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  attributes: { key: string; value: object }[];
}
interface OtlpRequest {
  resourceSpans: {
    resource: { attributes: { key: string; value: { stringValue?: string } }[] };
    scopeSpans: { spans: OtlpSpan[] }[];
  }[];
}

const TITLE = 'Thợ hàn mang vết';

describe('OpenTelemetry traces of the running platform', () => {
  const spans: (OtlpSpan & { service: string })[] = [];
  let collector: Server;
  let platform: RunningPlatform;

  beforeAll(async () => {
    collector = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as OtlpRequest;
        for (const { resource, scopeSpans } of body.resourceSpans) {
          const named = resource.attributes.find(({ key }) => key === 'service.name');
          const service = named?.value.stringValue ?? '';
          spans.push(...scopeSpans.flatMap((scope) => scope.spans.map((span) => ({ ...span, service }))));
        }
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      });
    });
    await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
    const { port } = collector.address() as AddressInfo;
    platform = await RunningPlatform.start({
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` },
    });
  }, 180_000);

  afterAll(async () => {
    await platform.stop();
    await new Promise((resolve) => collector.close(resolve));
  });

  it('show the way of one posting from its request through outbox and log into the index', async () => {
    const officer = (await platform.demoAccounts()).get('centreOfficer');
    const token = await platform.signIn(officer);
    const created = await platform.call<{ id: string }>('POST', '/openings/job-openings', {
      token,
      headers: { 'idempotency-key': randomUUID() },
      body: {
        title: TITLE,
        quantity: 1,
        workplaces: [{ provinceCode: '19' }],
        pay: { kind: 'negotiable' },
      },
    });
    expect(created.status).toBe(201);
    const path = `/openings/job-openings/${created.body.id}`;
    expect((await platform.call('POST', `${path}/submit`, { token, body: {} })).status).toBe(200);
    const traceId = randomBytes(16).toString('hex');
    const caller = randomBytes(8).toString('hex');
    const approved = await platform.call('POST', `${path}/approve`, {
      token,
      body: {},
      headers: { traceparent: `00-${traceId}-${caller}-01` },
    });
    expect(approved.status).toBe(200);

    const named = (name: string): (OtlpSpan & { service: string }) | undefined =>
      spans.find((span) => span.traceId === traceId && span.name === name);
    const index = await eventually(() => named('index openings'), { timeoutMs: 60_000 });
    const request = await eventually(() => named('POST /api/v1/openings/job-openings/:id/:action'), {
      timeoutMs: 60_000,
    });
    const publish = await eventually(() => named('publish'), { timeoutMs: 60_000 });
    const outbox = named('outbox openings.job-opening');
    const handle = named('handle openings.job-opening');
    const chain = [request, outbox, publish, handle, index].map((span) => [
      span?.service,
      span?.parentSpanId,
    ]);
    expect(chain).toEqual([
      ['openings', caller],
      ['openings', request.spanId],
      ['openings', outbox?.spanId],
      ['matching', outbox?.spanId],
      ['matching', handle?.spanId],
    ]);
    const said = JSON.stringify(spans);
    for (const secret of [TITLE, created.body.id, officer?.email ?? TITLE])
      expect(said).not.toContain(secret);
  }, 180_000);
});
