import type { RunningService } from '#platform';
import type { Backend, Backends } from '../../edge/src/backend.js';

/** The services of this process as the edge sees them, by name and by the further names they serve. */
export function backendsOf(services: readonly RunningService[]): Backends {
  const backends = new Map<string, Backend>();
  for (const service of services) {
    backends.set(service.name, backendOf(service));
    for (const alias of service.definition.alsoServes ?? []) backends.set(alias, backendOf(service, alias));
  }
  return backends;
}

function backendOf(service: RunningService, alias?: string): Backend {
  const own = `/api/v1/${service.name}`;
  const prefix = alias ? `${own}/${alias}` : own;
  return {
    handle: (request, response) => {
      if (alias) request.url = request.url?.replace(`/api/v1/${alias}`, prefix);
      service.handle(request, response);
    },
    get: async (path) => {
      const answer = await service.fastify.inject({ method: 'GET', url: `${prefix}${path}` });
      return { status: answer.statusCode, body: answer.body };
    },
  };
}
