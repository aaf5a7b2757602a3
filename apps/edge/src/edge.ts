import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import Fastify, { type FastifyInstance } from 'fastify';
import { EDGE_HEADER } from '#platform';
import { servePages } from './pages.js';

/** Answers the requests of one service. */
export type Backend = (request: IncomingMessage, response: ServerResponse) => void;

export interface EdgeOptions {
  /** By the first part of the path below `/api/v1/`. */
  backends: ReadonlyMap<string, Backend>;
  /** Whether everything behind the edge can be used. */
  ready(): Promise<boolean>;
  webFolder: string;
  publicUrl: string;
}

const API = /^\/api\/v1\/([a-z-]+)(?=[/?]|$)/;

/**
 * The one door: API calls go to their service, everything else is the web. It holds no business logic. What a
 * client claims in the edge's own header is replaced, so that services know what came from outside.
 */
export async function createEdge(options: EdgeOptions): Promise<FastifyInstance> {
  const edge = Fastify({
    serverFactory: (handler): Server =>
      createServer({ requestTimeout: 60_000, headersTimeout: 15_000 }, (request, response) => {
        request.headers[EDGE_HEADER] = '1';
        const service = API.exec(request.url ?? '')?.[1];
        const backend = service ? options.backends.get(service) : undefined;
        if (backend) backend(request, response);
        else handler(request, response);
      }),
  });
  edge.get('/health/ready', async (_, reply) => {
    const ready = await options.ready();
    return reply.status(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready' });
  });
  edge.all('/api/*', async (request, reply) =>
    reply
      .status(404)
      .type('application/problem+json')
      .send({
        type: 'urn:noiviec:problem:edge.no-such-service',
        title: 'Không có dịch vụ này',
        status: 404,
        code: 'edge.no-such-service',
        instance: request.url.split('?')[0],
      }),
  );
  await servePages(edge, options);
  await edge.ready();
  return edge;
}
