import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type Attributes,
  type Context,
  type Link,
  ROOT_CONTEXT,
  type Span,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';

/** A piece of work as traces show it. Attributes and names hold no personal data: no ids, no texts, no queries. */
export interface SpanSpec {
  /** The service that does it. */
  service: string;
  name: string;
  kind?: SpanKind;
  attributes?: Attributes;
}

/** Of a batch of many traces the others go without a span, and of many events of one trace without a link. */
const MAX_TRACES = 100;
const MAX_LINKS = 20;
const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

const active = new AsyncLocalStorage<readonly string[]>();
let tracing = false;

/** Said once by the process that has set a tracer provider; until then nothing here costs anything. */
export function useTracing(): void {
  tracing = true;
}

export const isTracing = (): boolean => tracing;

/** A span of its caller's trace, or the first of a new one; undefined when nothing is traced. The caller ends it. */
export function beginSpan(spec: SpanSpec, parent: string | undefined): Span | undefined {
  return tracing ? begin(spec, contextOf(parentOf(parent)), []) : undefined;
}

/** The W3C `traceparent` under which work of a span goes on. */
export function traceparentOf(span: Span): string {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
}

/**
 * Runs work that is done for one request or for a batch of events: a span in each of their traces, so that each
 * trace shows the whole way; it follows the first of the trace's events and links to the others.
 *
 * @param parents their traceparents
 * @param run is told the traceparent of the first span; undefined when nothing is traced
 */
export async function inSpans<T>(
  spec: SpanSpec,
  parents: readonly (string | undefined)[],
  run: (traceparent: string | undefined) => Promise<T>,
): Promise<T> {
  if (!tracing) return run(undefined);
  const spans = byTrace(parents).map(([first, ...others]) =>
    begin(
      { ...spec, attributes: { ...spec.attributes, 'messaging.batch.message_count': 1 + others.length } },
      contextOf(first),
      others.slice(0, MAX_LINKS).map((context) => ({ context })),
    ),
  );
  const traceparents = spans.map(traceparentOf);
  try {
    return await active.run(traceparents, () => run(traceparents[0]));
  } catch (error) {
    for (const span of spans) failed(span, error);
    throw error;
  } finally {
    for (const span of spans) span.end();
  }
}

/** A step of the work around it: a span below each of that work's. */
export function inStep<T>(spec: SpanSpec, run: () => Promise<T>): Promise<T> {
  return inSpans(spec, active.getStore() ?? [], run);
}

/** The kind of error and not its message, which may quote a row. */
export function failed(span: Span, error: unknown): void {
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.setAttribute('error.type', error instanceof Error ? error.name : typeof error);
}

function begin(
  { service, name, kind = SpanKind.INTERNAL, attributes }: SpanSpec,
  context: Context,
  links: Link[],
): Span {
  return trace.getTracer(service).startSpan(name, { kind, attributes, links }, context);
}

function byTrace(parents: readonly (string | undefined)[]): [SpanContext, ...SpanContext[]][] {
  const traces = new Map<string, [SpanContext, ...SpanContext[]]>();
  for (const parent of parents) {
    const context = parentOf(parent);
    const known = context && traces.get(context.traceId);
    if (known) known.push(context);
    else if (context && traces.size < MAX_TRACES) traces.set(context.traceId, [context]);
  }
  return [...traces.values()];
}

function parentOf(traceparent: string | undefined): SpanContext | undefined {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(traceparent ?? '') ?? [];
  if (!traceId || !spanId || !flags) return undefined;
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
}

const contextOf = (parent: SpanContext | undefined): Context =>
  parent ? trace.setSpanContext(ROOT_CONTEXT, parent) : ROOT_CONTEXT;
