import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { type Metrics, ObservedRequest, withOrigin } from '#platform';

/** The name of the edge in figures and traces. */
export const EDGE = 'edge';
/** As nginx tells a client that went away before it was answered. */
const CLIENT_GONE = 499;
const BROKEN_OFF = 502;
const CUT_BY_STOP = 503;
/** What remains to be written to a connection that is cut on this side fails with it. */
const CUT_HERE = 'ECANCELED';

/** Where requests are counted, and whether the edge takes no more of them. */
export interface Observation {
  metrics: Metrics;
  stopping(): boolean;
}

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
  { metrics, stopping }: Observation,
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
    observed.end(routes.get(response) ?? 'unknown', outcomeOf(request, response, stopping()));
  });
  withOrigin({ traceparent }, answer);
}

/** The status of an answer that got out in full; of any other one, by whom it was ended. */
function outcomeOf({ socket }: IncomingMessage, response: ServerResponse, stopping: boolean): number {
  if (response.writableFinished) return response.statusCode;
  if (socket.readableEnded) return CLIENT_GONE;
  const error: NodeJS.ErrnoException | null = socket.errored;
  if (error && error.code !== CUT_HERE) return CLIENT_GONE;
  return stopping ? CUT_BY_STOP : BROKEN_OFF;
}
