import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes, randomUUID } from 'node:crypto';
import { type EventOrigin, isTracing, OriginProvider } from '#events';

const storage = new AsyncLocalStorage<EventOrigin>();
const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;
const CORRELATION = /^[\w.:-]{1,100}$/;

/** Runs `work` with the trace and correlation id that its logs and events carry. */
export function withOrigin<T>(origin: EventOrigin, work: () => T): T {
  return storage.run(origin, work);
}

/** The trace and correlation id of the request or batch in hand; empty outside of one. */
export function currentOrigin(): EventOrigin {
  return storage.getStore() ?? {};
}

export class ContextOriginProvider extends OriginProvider {
  current(): EventOrigin {
    return currentOrigin();
  }
}

/** The one of the span that is open, or where nothing is traced a new one of the caller's trace or of a new trace. */
export function ownTraceparent(current: string | undefined): string {
  return isTracing() && current ? current : childTraceparent(current);
}

/** A new span of the caller's trace, or of a new trace (W3C Trace Context). */
export function childTraceparent(parent: string | undefined): string {
  const match = parent ? TRACEPARENT.exec(parent) : null;
  const trace = match?.[1] ?? randomBytes(16).toString('hex');
  return `00-${trace}-${randomBytes(8).toString('hex')}-${match?.[3] ?? '01'}`;
}

/** The caller's correlation id when it is one, or a new one. */
export function correlationIdOf(header: string | string[] | undefined): string {
  return typeof header === 'string' && CORRELATION.test(header) ? header : randomUUID();
}
