import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ObservedRequest } from '../observability/observed-request.js';
import { childTraceparent, correlationIdOf, withOrigin } from '../observability/request-context.js';
import type { ServiceHost } from '../service/definition.js';
import { countRequest } from './give-way.js';

/** Correlation id, trace, duration: for every request of a service, before and after its handler. */
export function observeRequests(fastify: FastifyInstance, service: string, host: ServiceHost): void {
  const inHand = new WeakMap<FastifyRequest, ObservedRequest>();
  fastify.setGenReqId((request) => correlationIdOf(request.headers['x-correlation-id']));
  fastify.addHook('onRequest', (request, reply, done) => {
    countRequest(reply.raw, request.routeOptions.config);
    // Answers hold people's data; what may be kept says so itself.
    reply.headers({
      'x-correlation-id': request.id,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    const parent = request.headers['traceparent'];
    const given = typeof parent === 'string' ? parent : undefined;
    const observed = ObservedRequest.begin({ service, metrics: host.metrics }, request.method, given);
    inHand.set(request, observed);
    const traceparent = observed.traceparent ?? childTraceparent(given);
    withOrigin({ correlationId: request.id, traceparent }, done);
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    const ms = Math.round(inHand.get(request)?.end(route, reply.statusCode) ?? reply.elapsedTime);
    // The route and not the URL: query strings and ids are people's data.
    host.logger.debug({ service, method: request.method, route, status: reply.statusCode, ms }, 'request');
    done();
  });
}
