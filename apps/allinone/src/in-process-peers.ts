import type { InjectOptions } from 'fastify';
import {
  type PeerRequest,
  PeerError,
  type PeerResponse,
  type PeerTransport,
  type RunningService,
} from '#platform';

/** Calls between the services of one process: the whole HTTP stack of the callee, without a socket. */
export class InProcessPeers implements PeerTransport {
  private readonly services = new Map<string, RunningService>();

  add(service: RunningService): void {
    this.services.set(service.name, service);
  }

  async send(service: string, request: PeerRequest): Promise<PeerResponse> {
    const peer = this.services.get(service);
    if (!peer) throw new PeerError(service, 503, 'the service is not running yet');
    const response = await peer.fastify.inject({
      method: request.method as InjectOptions['method'],
      url: `/api/v1/${service}${request.path}`,
      headers: request.headers,
      payload: request.body,
    });
    return { status: response.statusCode, body: response.body };
  }
}
