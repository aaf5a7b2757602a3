import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CollectedSpan, eventually, PROFILE, RunningPlatform, TraceCollector } from '#platform/testing';

const TITLE = 'Thợ hàn mang vết';

describe('OpenTelemetry traces of the running platform', () => {
  let collector: TraceCollector;
  let platform: RunningPlatform;

  beforeAll(async () => {
    collector = await TraceCollector.start();
    platform = await RunningPlatform.start({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint } });
  }, 180_000);

  afterAll(async () => {
    await platform.stop();
    await collector.close();
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

    const named = (service: string, name: string): Promise<CollectedSpan> =>
      eventually(() => collector.find(service, traceId, name), { timeoutMs: 60_000 });
    const request = await named('openings', 'POST /api/v1/openings/job-openings/:id/:action');
    const outbox = await named('openings', 'outbox openings.job-opening');
    const publish = await named('openings', 'publish');
    const handle = await named('matching', 'handle openings.job-opening');
    const index = await named('matching', 'index openings');
    // A process of its own is seen as one; in the services' process the request is seen once.
    const edge = PROFILE === 'cluster' ? await named('edge', 'POST /api/v1/openings/*') : undefined;
    expect(edge?.parentSpanId).toBe(edge && caller);
    expect(collector.spans.some(({ service }) => service === 'edge')).toBe(PROFILE === 'cluster');
    expect([request, outbox, publish, handle, index].map(({ parentSpanId }) => parentSpanId)).toEqual([
      edge?.spanId ?? caller,
      request.spanId,
      outbox.spanId,
      outbox.spanId,
      handle.spanId,
    ]);
    const said = JSON.stringify(collector.spans);
    for (const secret of [TITLE, created.body.id, officer?.email ?? TITLE])
      expect(said).not.toContain(secret);
  }, 180_000);
});
