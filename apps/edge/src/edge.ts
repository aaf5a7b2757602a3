import { createServer, type Server } from 'node:http';
import helmet from '@fastify/helmet';
import Fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import { EDGE_HEADER, edgeHeaderOf, type Metrics, sendProblem } from '#platform';
import { answerError } from './answer-error.js';
import type { Backends } from './backend.js';
import { observeRequest, setOwnRoutes, setRoute } from './observe-request.js';
import { serveOpeningPages } from './opening-pages.js';
import { serveSitemap } from './sitemap.js';
import { serveWeb } from './web.js';

export interface EdgeOptions {
  backends: Backends;
  /** Whether everything behind the edge can be used. */
  ready(): Promise<boolean>;
  webFolder: string;
  /** How the outside world reaches the edge, without a slash at the end. */
  publicUrl: string;
  /** How many proxies before the edge add the client to X-Forwarded-For; default none. */
  trustedProxies?: number;
  /**
   * Where requests are counted when the edge is a process of its own. In one process with the services it counts
   * nothing: they have the same requests.
   */
  metrics?: Metrics;
}

/** How long requests in hand may go on once a stop is asked for (ms). */
export const EDGE_MS = 3000;

/** How long a client may take to send a request, and its headers (ms). */
const TIMEOUTS = { requestTimeout: 60_000, headersTimeout: 15_000 };

/** Who balances requests asks it every few seconds: no request of anybody, and not counted as one. */
const READINESS = '/health/ready';
const API = /^\/api\/v1\/([a-z-]+)(?=[/?]|$)/;

/**
 * The one door: API calls go to their service, everything else is the web. It holds no business logic. What a
 * client claims in the edge's own header is replaced, so that services know what came from outside.
 */
export async function createEdge(options: EdgeOptions): Promise<FastifyInstance> {
  const edge = Fastify({
    frameworkErrors: (error, request, reply) => void answerError(error, request, reply),
    serverFactory: (handler): Server => {
      const server = createServer(TIMEOUTS, (request, response) => {
        request.headers[EDGE_HEADER] = edgeHeaderOf(request, options.trustedProxies ?? 0);
        const service = API.exec(request.url ?? '')?.[1];
        const backend = service ? options.backends.get(service) : undefined;
        if (backend) setRoute(response, `/api/v1/${service}/*`);
        const answer = (): void => (backend ? backend.handle(request, response) : handler(request, response));
        if (options.metrics && request.url !== READINESS)
          observeRequest({ metrics: options.metrics, stopping }, request, response, answer);
        else answer();
      });
      const stopping = (): boolean => !server.listening;
      return server;
    },
  });
  if (options.metrics) setOwnRoutes(edge);
  await edge.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // The component library writes its colour variables into style elements.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        // TLS ends at the ingress; a plain local start must not be sent to https.
        upgradeInsecureRequests: options.publicUrl.startsWith('https:') ? [] : null,
      },
    },
    strictTransportSecurity: options.publicUrl.startsWith('https:'),
  });
  edge.get(READINESS, async (_, reply) => {
    const ready = await options.ready();
    return reply
      .status(ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status: ready ? 'ready' : 'not ready' });
  });
  edge.all('/api/*', (request, reply) =>
    sendProblem(request, reply, {
      status: 404,
      code: 'edge.no-such-service',
      title: { vi: 'Không có dịch vụ này', en: 'There is no such service' },
    }),
  );
  edge.setErrorHandler<FastifyError>(answerError);
  serveFeed(edge, options);
  serveSitemap(edge, options);
  serveOpeningPages(edge, options);
  await serveWeb(edge, options);
  await edge.ready();
  return edge;
}

/** The change feed at the short path that partners are given. */
function serveFeed(edge: FastifyInstance, { backends }: EdgeOptions): void {
  edge.get('/feed', async (request, reply) => {
    const query = request.url.split('?')[1];
    const answer = await backends.get('openings')?.get(`/feed${query ? `?${query}` : ''}`);
    if (!answer) return reply.callNotFound();
    const type = answer.status < 400 ? 'application/json' : 'application/problem+json';
    return reply
      .status(answer.status)
      .type(`${type}; charset=utf-8`)
      .header('cache-control', 'no-cache')
      .send(answer.body);
  });
}

/** Takes no new requests and waits for those in hand; a client that is slower than that is cut off. */
export async function closeEdge(edge: FastifyInstance): Promise<void> {
  const late = setTimeout(() => edge.server.closeAllConnections(), EDGE_MS);
  await edge.close();
  clearTimeout(late);
}
