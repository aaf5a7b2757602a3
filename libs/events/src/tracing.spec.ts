import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { beginSpan, inSpans, inStep, traceparentOf, useTracing } from './tracing.js';

const trace1 = '1'.repeat(32);
const trace2 = '2'.repeat(32);
const event = (traceId: string, span: number): string => `00-${traceId}-${String(span).padStart(16, '0')}-01`;
const BATCH = { service: 'matching', name: 'handle openings.job-opening', kind: SpanKind.CONSUMER };

describe('Traces of events', () => {
  const exporter = new InMemorySpanExporter();
  beforeAll(async () => {
    // Before anybody has said that there is a tracer, the work runs and nothing is recorded.
    expect(await inSpans(BATCH, [event(trace1, 1)], (traceparent) => Promise.resolve(traceparent))).toBe(
      undefined,
    );
    expect(beginSpan({ service: 'openings', name: 'POST' }, undefined)).toBe(undefined);
    trace.setGlobalTracerProvider(
      new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }),
    );
    useTracing();
  });
  beforeEach(() => exporter.reset());

  it('a batch is seen in the trace of each of its events, once, with links to the further events', async () => {
    await inSpans(
      BATCH,
      [event(trace1, 1), event(trace2, 2), event(trace1, 3), undefined, 'no traceparent'],
      () => inStep({ service: 'matching', name: 'index openings' }, () => Promise.resolve()),
    );
    const told = exporter.getFinishedSpans().map((span) => ({
      name: span.name,
      trace: span.spanContext().traceId,
      links: span.links.map(({ context }) => context.spanId),
      count: span.attributes['messaging.batch.message_count'],
    }));
    expect(told).toEqual([
      { name: 'index openings', trace: trace1, links: [], count: 1 },
      { name: 'index openings', trace: trace2, links: [], count: 1 },
      { name: BATCH.name, trace: trace1, links: ['0'.repeat(15) + '3'], count: 2 },
      { name: BATCH.name, trace: trace2, links: [], count: 1 },
    ]);
    const [step, , batch] = exporter.getFinishedSpans();
    expect(step?.parentSpanContext?.spanId).toBe(batch?.spanContext().spanId);
    expect(batch?.parentSpanContext?.spanId).toBe('0'.repeat(15) + '1');
  });

  it('an import of ten thousand rows in one batch makes one span with a bounded number of links', async () => {
    const many = Array.from({ length: 10_000 }, (_, n) => event(trace1, n + 1));
    await inSpans(BATCH, many, () => Promise.resolve());
    const [span, ...others] = exporter.getFinishedSpans();
    expect(others).toEqual([]);
    expect(span?.links.length).toBe(20);
    expect(span?.attributes['messaging.batch.message_count']).toBe(10_000);
  });

  it('a failure is marked by its kind; its message, which may quote a row, stays out', async () => {
    const failing = inSpans(BATCH, [event(trace1, 1)], () =>
      Promise.reject(new TypeError('Key (citizen_id)=(012345678901) already exists')),
    );
    await expect(failing).rejects.toThrow('citizen_id');
    const [span] = exporter.getFinishedSpans();
    expect(span?.status).toEqual({ code: SpanStatusCode.ERROR });
    expect(span?.attributes['error.type']).toBe('TypeError');
    expect(JSON.stringify([span?.attributes, span?.events, span?.status])).not.toContain('012345678901');
  });

  it('a request without a trace begins one, and its work goes on under it', async () => {
    const span = beginSpan({ service: 'openings', name: 'POST', kind: SpanKind.SERVER }, undefined);
    const traceparent = traceparentOf(span!);
    expect(traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    await inSpans({ service: 'openings', name: 'outbox' }, [traceparent], () => Promise.resolve());
    span!.end();
    const [outbox, request] = exporter.getFinishedSpans();
    expect(outbox?.parentSpanContext?.spanId).toBe(request?.spanContext().spanId);
    expect(outbox?.spanContext().traceId).toBe(request?.spanContext().traceId);
  });
});
