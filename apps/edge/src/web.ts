import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { EdgeOptions } from './edge.js';

/**
 * The web's page with its two places to fill, `<!--head-->` and `<!--body-->`; what it says between `<!--home-->` and
 * its end is only for the front page.
 */
export interface PageTemplate {
  render(parts: { head?: string; body?: string; home?: boolean }): string;
}

/** @throws Error that says what to do when the web is not built */
export function readTemplate(webFolder: string): PageTemplate {
  const file = join(webFolder, 'index.html');
  if (!existsSync(file)) throw new Error(`The web is not built (${file} is missing): run npm run build.`);
  const html = readFileSync(file, 'utf8');
  return {
    render: ({ head, body, home }) => {
      let page = home ? html : html.replace(/<!--home-->[\s\S]*?<!--\/home-->/, '');
      // Replacer functions: the inserted text may hold `$&` and the like.
      if (head !== undefined) page = page.replace(/<!--head-->[\s\S]*?<!--\/head-->/, () => head);
      if (body !== undefined) page = page.replace(/<!--body-->[\s\S]*?<!--\/body-->/, () => body);
      return page;
    },
  };
}

export function sendPage(reply: FastifyReply, status: number, html: string): FastifyReply {
  return reply.status(status).type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(html);
}

/** The web's files; any other path is the single page, which shows its own "not found". */
export async function serveWeb(edge: FastifyInstance, { webFolder }: EdgeOptions): Promise<void> {
  const template = readTemplate(webFolder);
  const home = template.render({ home: true });
  const page = template.render({});
  await edge.register(fastifyStatic, {
    root: webFolder,
    wildcard: false,
    index: false,
    setHeaders: (reply, path) => {
      // Built assets carry a hash in their names.
      const lasting = path.includes('/assets/');
      void reply.header('cache-control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  edge.get('/', (_, reply) => sendPage(reply, 200, home));
  edge.setNotFoundHandler((request, reply) => {
    const page404 = /\.[a-z0-9]{2,5}$/i.test(request.url.split('?')[0] ?? '');
    if (!['GET', 'HEAD'].includes(request.method))
      return reply.status(405).header('allow', 'GET, HEAD').type('text/plain').send('405');
    if (page404) return reply.status(404).type('text/plain').send('404');
    return sendPage(reply, 200, page);
  });
}
