import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import type { EdgeOptions } from './edge.js';

/** The web's files; any other path is the single page, which shows its own "not found". */
export async function servePages(edge: FastifyInstance, { webFolder }: EdgeOptions): Promise<void> {
  if (!existsSync(join(webFolder, 'index.html'))) {
    throw new Error(`The web is not built (${webFolder} has no index.html): run npm run build.`);
  }
  await edge.register(fastifyStatic, { root: webFolder, wildcard: false, maxAge: '1h', index: 'index.html' });
  edge.setNotFoundHandler((request, reply) => {
    if (request.method !== 'GET') return reply.status(404).send();
    return reply.sendFile('index.html', { maxAge: 0 });
  });
}
