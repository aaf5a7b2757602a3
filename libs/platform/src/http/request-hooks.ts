import type { FastifyInstance } from 'fastify';
import { childTraceparent, correlationIdOf, withOrigin } from '../observability/request-context.js';
import type { ServiceHost } from '../service/definition.js';
import { countRequest } from './give-way.js';

/** Correlation id, trace, duration: for every request of a service, before and after its handler. */
export function observeRequests(fastify: FastifyInstance, service: string, host: ServiceHost): void {
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
    const traceparent = childTraceparent(typeof parent === 'string' ? parent : undefined);
    withOrigin({ correlationId: request.id, traceparent }, done);
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
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
