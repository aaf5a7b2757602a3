import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { type Metrics, ObservedRequest, withOrigin } from '#platform';

/** The name of the edge in figures and traces. */
export const EDGE = 'edge';
/** As nginx tells a client that went away before it was answered. */
const CLIENT_GONE = 499;

const routes = new WeakMap<ServerResponse, string>();

/** Under which route a request is counted: one of few, whatever the client asks for. */
export function setRoute(response: ServerResponse, route: string): void {
  routes.set(response, route);
}

/** The edge's own paths are counted by their patterns, built files and the single page under one name each. */
export function setOwnRoutes(edge: FastifyInstance): void {
  edge.addHook('onRequest', ({ routeOptions: { url, config } }, { raw }, done) => {
    setRoute(raw, 'file' in config ? 'files' : (url ?? '/*'));
    done();
  });
}

/**
 * Lets `answer` answer one request: its duration is counted when it is over, and with tracing on it is a span, under
 * which what is asked of services for it goes on.
 */
export function observeRequest(
  metrics: Metrics,
  request: IncomingMessage,
  response: ServerResponse,
  answer: () => void,
): void {
  const { method = '', headers } = request;
  const caller = typeof headers.traceparent === 'string' ? headers.traceparent : undefined;
  const observed = ObservedRequest.begin({ service: EDGE, metrics }, method, caller);
  const traceparent = observed.traceparent ?? caller;
  if (traceparent) headers.traceparent = traceparent;
  response.once('close', () => {
    observed.end(routes.get(response) ?? 'unknown', response.headersSent ? response.statusCode : CLIENT_GONE);
  });
  withOrigin({ traceparent }, answer);
}
