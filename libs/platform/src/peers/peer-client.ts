import { SpanKind } from '@opentelemetry/api';
import { inSpans } from '#events';
import { currentOrigin, ownTraceparent } from '../observability/request-context.js';
import type { Tokens } from '../auth/tokens.js';
import { networkCode, Upstreams } from './upstreams.js';

export interface PeerRequest {
  method: string;
  /** Path below the peer's prefix, e.g. `/names`. */
  path: string;
  headers: Record<string, string>;
  body?: string;
}

export interface PeerResponse {
  status: number;
  body: string;
}

/** How one service reaches another: over HTTP, or within the process in the embedded profile. */
export interface PeerTransport {
  send(service: string, request: PeerRequest): Promise<PeerResponse>;
}

/** A peer answered with an error, or not at all. */
export class PeerError extends Error {
  override name = 'PeerError';

  constructor(
    readonly service: string,
    readonly status: number,
    message: string,
  ) {
    super(`${service} answered ${status}: ${message}`);
  }
}

/** Calls other services with a short token for that one audience and the named scope. */
export class PeerClient {
  constructor(
    private readonly self: string,
    private readonly tokens: Tokens,
    private readonly transport: PeerTransport,
  ) {}

  /** @throws PeerError for every status but 2xx */
  async call<T>(service: string, scope: string, method: string, path: string, body?: unknown): Promise<T> {
    const { correlationId, traceparent } = currentOrigin();
    const headers = {
      authorization: `Bearer ${await this.tokens.signService(this.self, service, [scope])}`,
      'content-type': 'application/json',
      ...(correlationId && { 'x-correlation-id': correlationId }),
    };
    // Without the path: it has the ids of people.
    const span = { service: this.self, name: `${method} ${service}`, kind: SpanKind.CLIENT };
    const response = await inSpans(span, [traceparent], (current) =>
      this.transport.send(service, {
        method,
        path,
        headers: { ...headers, traceparent: ownTraceparent(current ?? traceparent) },
        body: body === undefined ? undefined : JSON.stringify(body),
      }),
    );
    if (response.status < 200 || response.status > 299) {
      throw new PeerError(service, response.status, response.body.slice(0, 300));
    }
    return (response.body ? JSON.parse(response.body) : undefined) as T;
  }
}

const ANSWER_MS = 10_000;

/** Peers over HTTP: `urls` maps a service to the URLs on which its instances listen. */
export class HttpPeerTransport implements PeerTransport {
  private readonly peers: Map<string, Upstreams>;

  constructor(urls: Readonly<Record<string, readonly string[]>>) {
    this.peers = new Map(Object.entries(urls).map(([name, origins]) => [name, new Upstreams(origins)]));
  }

  async send(service: string, request: PeerRequest): Promise<PeerResponse> {
    const peer = this.peers.get(service);
    if (!peer) throw new PeerError(service, 0, `${service.toUpperCase()}_URL is not set`);
    try {
      const response = await peer.fetch(`/api/v1/${service}${request.path}`, {
        method: request.method,
        headers: request.headers,
        body: request.body,
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      return { status: response.status, body: await response.text() };
    } catch (error) {
      const reason = networkCode(error) ?? (error instanceof Error ? error.message : String(error));
      throw new PeerError(service, 503, `it cannot be reached (${reason})`);
    }
  }
}
