import { PassThrough, type Readable } from 'node:stream';
import replyFrom from '@fastify/reply-from';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import {
  correlationIdOf,
  currentOrigin,
  failureOf,
  isDraining,
  mayAskAgain,
  networkCode,
  type UpstreamFailure,
  Upstreams,
} from '#platform';
import { answerError, unavailable } from './answer-error.js';
import type { Backend, Backends } from './backend.js';

/** Bodies up to this size are kept until they are answered, so that another instance can get them (bytes). */
const KEPT_BODY = 1024 * 1024;
const CONNECT_MS = 3_000;
/** The longest work that somebody waits for is the rebuild of a read model. */
const ANSWER_MS = 15 * 60_000;
const GET_MS = 10_000;
/** Between the client and us, or us and the service, but not passed on (RFC 9110, 7.6.1); undici refuses some. */
const OWN_HEADERS = ['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'upgrade', 'expect'];

/** Where the paths of one name below `/api/v1/` go. */
interface Route {
  upstreams: Upstreams;
  /** What takes the place of `/api/v1/<name>`. */
  prefix: string;
}

export interface HttpBackends {
  backends: Backends;
  close(): Promise<void>;
}

/**
 * Services behind the edge that are processes of their own, each with one or more instances.
 * @param urls by the first part of the path below `/api/v1/`: `http://host:port` of each instance, or with a path
 *   for a further name of a service
 * @param onFailure told of each time that an instance of a service did not answer
 */
export async function httpBackends(
  urls: Readonly<Record<string, readonly string[]>>,
  onFailure: (service: string, reason: UpstreamFailure) => void = () => undefined,
): Promise<HttpBackends> {
  const routes = new Map(Object.entries(urls).map(([name, of]) => [name, routeOf(name, of, onFailure)]));
  const passing = await passOn(routes);
  const backends = new Map<string, Backend>(
    [...routes].map(([name, { upstreams, prefix }]) => [
      name,
      {
        handle: (request, response) => passing.routing(request, response),
        get: async (path) => {
          const signal = AbortSignal.timeout(GET_MS);
          const { traceparent } = currentOrigin();
          const headers = { ...(traceparent && { traceparent }) };
          const answer = await upstreams.fetch(`${prefix}${path}`, { method: 'GET', headers, signal });
          return { status: answer.status, body: await answer.text() };
        },
      },
    ]),
  );
  return { backends, close: () => passing.close() };
}

function routeOf(
  name: string,
  urls: readonly string[],
  onFailure: (service: string, reason: UpstreamFailure) => void,
): Route {
  const path = new URL(urls[0] ?? '').pathname.replace(/\/$/, '');
  const prefix = path || `/api/v1/${name}`;
  const service = prefix.split('/')[3] ?? name;
  const origins = urls.map((url) => new URL(url).origin);
  return { upstreams: new Upstreams(origins, Date.now, (reason) => onFailure(service, reason)), prefix };
}

/** Takes what the edge hands over and lets an instance of the service answer it. */
async function passOn(routes: ReadonlyMap<string, Route>): Promise<FastifyInstance> {
  // Every path has the one handler: what is wrong with a path is the service's to say, as in one process.
  const passing = Fastify({
    rewriteUrl: () => '/',
    genReqId: ({ headers }) => correlationIdOf(headers['x-correlation-id']),
  });
  await passing.register(replyFrom, {
    destroyAgent: true,
    disableRequestLogging: true,
    disableCache: true,
    undici: {
      connect: { timeout: CONNECT_MS },
      headersTimeout: ANSWER_MS,
      bodyTimeout: ANSWER_MS,
    },
  });
  passing.removeAllContentTypeParsers();
  passing.addContentTypeParser('*', async (request: FastifyRequest, payload: Readable) =>
    Number(request.headers['content-length'] ?? Infinity) <= KEPT_BODY ? readAll(payload) : apart(payload),
  );
  const handler = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const { originalUrl } = request;
    const name = originalUrl.split(/[/?]/, 4)[3] ?? '';
    const route = routes.get(name);
    return route ? send(request, reply, name, route) : unavailable(request, reply);
  };
  passing.all('/', handler);
  passing.setNotFoundHandler(handler);
  passing.setErrorHandler(answerError);
  await passing.ready();
  return passing;
}

function send(
  request: FastifyRequest,
  reply: FastifyReply,
  name: string,
  { upstreams, prefix }: Route,
): FastifyReply {
  const [path = '', query] = split(request.originalUrl);
  if (!isDecodable(path)) throw BAD_URL;
  const kept = !request.body || Buffer.isBuffer(request.body);
  const order = upstreams.inTurn();
  const ask = (turn: number): void => {
    const origin = order[turn] ?? '';
    const failed = (reason: UpstreamFailure): void => {
      // A client that went away says nothing of the instance.
      if (!reply.raw.destroyed) upstreams.failed(origin, reason);
    };
    const next = (again: boolean, reason: UpstreamFailure): unknown => {
      failed(reason);
      if (again && kept && turn + 1 < order.length) return ask(turn + 1);
      return unavailable(request, reply);
    };
    reply.from(prefix + path.slice(`/api/v1/${name}`.length), {
      getUpstream: () => origin,
      ...(query !== undefined && { queryString: () => query }),
      ...(Buffer.isBuffer(request.body) && {
        body: request.body,
        contentType: request.headers['content-type'],
      }),
      // The service's own 503 is its answer; and a request is repeated here, by another instance, or not at all.
      retryDelay: () => null,
      rewriteRequestHeaders: ({ id, headers: { host }, method }, headers) => ({
        ...without(
          headers,
          method === 'GET' || method === 'HEAD' ? [...OWN_HEADERS, 'content-length'] : OWN_HEADERS,
        ),
        host,
        'x-correlation-id': id,
      }),
      rewriteHeaders: (headers) => without(headers, OWN_HEADERS),
      onResponse: (_request, _reply, answer) => {
        const { statusCode, headers, stream } = answer as unknown as UpstreamAnswer;
        if (!isDraining(statusCode, headers['content-type'])) {
          stream.once('error', (error) => failed(failureOf(error)));
          return void reply.send(stream);
        }
        stream.resume();
        for (const header of Object.keys(reply.getHeaders())) reply.removeHeader(header);
        next(true, 'stopping');
      },
      onError: (_reply, { error }) => {
        next(mayAskAgain(request.method, request.headers, networkCode(error)), failureOf(error));
      },
    });
  };
  ask(0);
  return reply;
}

/** As the framework says it of the edge's own paths. */
const BAD_URL = Object.assign(new Error('wrong %-encoding'), { code: 'FST_ERR_BAD_URL', statusCode: 400 });

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

interface UpstreamAnswer {
  statusCode: number;
  headers: Record<string, unknown>;
  stream: Readable;
}

function split(url: string): [string, string | undefined] {
  const mark = url.indexOf('?');
  return mark < 0 ? [url, undefined] : [url.slice(0, mark), url.slice(mark + 1)];
}

function without<T extends Record<string, unknown>>(headers: T, names: readonly string[]): T {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name))) as T;
}

async function readAll(payload: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of payload) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** A stream of its own: when the service fails and it is destroyed, the client's connection can still be answered. */
function apart(payload: Readable): Readable {
  const copy = new PassThrough();
  payload.once('close', () => {
    if (!payload.readableEnded) copy.destroy(new Error('the client went away'));
  });
  copy.once('close', () => payload.unpipe(copy).resume());
  return payload.pipe(copy);
}
