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
  const html = readBuilt(webFolder, 'index.html');
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

function readBuilt(webFolder: string, name: string): string {
  const file = join(webFolder, name);
  if (!existsSync(file)) throw new Error(`The web is not built (${file} is missing): run npm run build.`);
  return readFileSync(file, 'utf8');
}

/** Matches the paths that have a page, as the web's own router does: in any case, with or without a last slash. */
function readPaths(webFolder: string): RegExp {
  const paths = JSON.parse(readBuilt(webFolder, 'paths.json')) as string[];
  const patterns = paths.map((path) => path.replace(/\/$/, '').replaceAll(/:[^/]+/g, '[^/]+'));
  return new RegExp(`^(?:${patterns.join('|')})/*$`, 'i');
}

export function sendPage(reply: FastifyReply, status: number, html: string): FastifyReply {
  return reply.status(status).type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(html);
}

/** The web's files; any other path is the single page, with 404 where it will show that there is no such page. */
export async function serveWeb(edge: FastifyInstance, { webFolder }: EdgeOptions): Promise<void> {
  const template = readTemplate(webFolder);
  const home = template.render({ home: true });
  const page = template.render({});
  const paths = readPaths(webFolder);
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
    const path = request.url.split('?')[0] ?? '';
    if (!['GET', 'HEAD'].includes(request.method))
      return reply.status(405).header('allow', 'GET, HEAD').type('text/plain').send('405');
    if (/\.[a-z0-9]{2,5}$/i.test(path)) return reply.status(404).type('text/plain').send('404');
    return sendPage(reply, paths.test(path) ? 200 : 404, page);
  });
}
