import { type Span, SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { beginSpan, traceparentOf } from '#events';
import { childTraceparent, correlationIdOf, withOrigin } from '../observability/request-context.js';
import type { ServiceHost } from '../service/definition.js';
import { countRequest } from './give-way.js';

/** Correlation id, trace, duration: for every request of a service, before and after its handler. */
export function observeRequests(fastify: FastifyInstance, service: string, host: ServiceHost): void {
  const spans = new WeakMap<FastifyRequest, Span>();
  fastify.setGenReqId((request) => correlationIdOf(request.headers['x-correlation-id']));
  fastify.addHook('onRequest', (request, reply, done) => {
    countRequest(reply.raw);
    // Answers hold people's data; what may be kept says so itself.
    reply.headers({
      'x-correlation-id': request.id,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    const parent = request.headers['traceparent'];
    const given = typeof parent === 'string' ? parent : undefined;
    const span = beginSpan({ service, name: request.method, kind: SpanKind.SERVER }, given);
    if (span) spans.set(request, span);
    const traceparent = span ? traceparentOf(span) : childTraceparent(given);
    withOrigin({ correlationId: request.id, traceparent }, done);
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    endSpan(spans.get(request), request.method, route, reply.statusCode);
    host.metrics.requests.observe(
      { service, method: request.method, route, status: String(reply.statusCode) },
      reply.elapsedTime / 1000,
    );
    // The route and not the URL: query strings and ids are people's data.
    host.logger.debug(
      { service, method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) },
      'request',
    );
    done();
  });
}

/** Named after the route and not the URL, which has ids and queries of people. */
function endSpan(span: Span | undefined, method: string, route: string, status: number): void {
  if (!span) return;
  span.updateName(`${method} ${route}`);
  span.setAttributes({
    'http.request.method': method,
    'http.route': route,
    'http.response.status_code': status,
  });
  if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}
