import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';

/**
 * The edge puts this into what it passes on and replaces whatever the client sent, so a service knows what came
 * from outside: services' tokens do not come that way. Its value is the client's address.
 */
export const EDGE_HEADER = 'x-noiviec-edge';

/**
 * What the edge puts into its header: the address of the client, `1` when it is not known.
 * @param trustedProxies how many proxies of ours stand before the edge and add to X-Forwarded-For; what is further
 *   to the left in that header is the client's own claim
 */
export function edgeHeaderOf(
  request: Pick<IncomingMessage, 'headers' | 'socket'>,
  trustedProxies: number,
): string {
  const forwarded = [request.headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
  const address = trustedProxies > 0 ? forwarded.at(-trustedProxies)?.trim() : request.socket.remoteAddress;
  return address && isIP(address) ? address : '1';
}

/** Whether a request came from outside. An empty header came from outside, too. */
export function cameThroughEdge(request: Pick<FastifyRequest, 'headers'>): boolean {
  return request.headers[EDGE_HEADER] !== undefined;
}

/** The address that a request came from, as far as the edge can tell; for throttles, never for rights. */
export function clientAddress(request: Pick<FastifyRequest, 'headers' | 'ip'>): string {
  const told = request.headers[EDGE_HEADER];
  return typeof told === 'string' && isIP(told) ? told : request.ip;
}
