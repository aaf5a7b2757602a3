import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';

/**
 * The edge puts this into what it passes on and replaces whatever the client sent, so a service knows what came
 * from outside: services' tokens do not come that way. Its value is the client's address when the edge is
 * another process, and anything else (`1`) within the same process, where the connection is the client's own.
 */
export const EDGE_HEADER = 'x-noiviec-edge';

/** Whether a request came from outside. An empty header came from outside, too. */
export function cameThroughEdge(request: Pick<FastifyRequest, 'headers'>): boolean {
  return request.headers[EDGE_HEADER] !== undefined;
}

/** The address that a request came from, as far as the edge can tell; for throttles, never for rights. */
export function clientAddress(request: Pick<FastifyRequest, 'headers' | 'ip'>): string {
  const told = request.headers[EDGE_HEADER];
  return typeof told === 'string' && isIP(told) ? told : request.ip;
}
