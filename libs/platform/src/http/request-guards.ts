import type { FastifyInstance } from 'fastify';
import { Problem } from '../problems/problem.js';
import { titleOf } from '../problems/titles.js';
import { isPrintable } from './printable.js';

/** What no handler of any service takes: another method than the path has, control characters in the query. */
export function guardRequests(fastify: FastifyInstance): void {
  const routes: { path: RegExp; methods: string[] }[] = [];
  fastify.addHook('onRoute', ({ url, method }) => {
    routes.push({ path: pathOf(url), methods: [method].flat() });
  });
  fastify.addHook('onRequest', (request, _, done) => {
    if (request.is404) {
      const [path = ''] = request.url.split('?');
      const allowed = routes.filter((route) => route.path.test(path)).flatMap((route) => route.methods);
      done(allowed.length > 0 ? methodNotAllowed(allowed) : undefined);
      return;
    }
    const unprintable = Object.entries(request.query as Record<string, string | string[]>).find(
      ([name, value]) => ![name, value].flat().every(isPrintable),
    );
    done(unprintable && controlCharacters(unprintable[0]));
  });
}

const pathOf = (url: string): RegExp =>
  new RegExp(
    `^${url
      .split('/')
      .map((part) => (part.startsWith(':') ? '[^/]+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
      .join('/')}/?$`,
  );

function methodNotAllowed(methods: readonly string[]): Problem {
  const allow = [...new Set(methods)].sort().join(', ');
  return new Problem({
    status: 405,
    code: 'platform.method-not-allowed',
    title: titleOf(405),
    detail: { vi: `Địa chỉ này nhận: ${allow}.`, en: `This address takes: ${allow}.` },
    headers: { allow },
  });
}

function controlCharacters(field: string): Problem {
  const message = { vi: 'có ký tự điều khiển', en: 'has control characters' };
  return new Problem({
    status: 400,
    code: 'platform.control-characters',
    title: titleOf(400),
    detail: { vi: `${field}: ${message.vi}.`, en: `${field}: ${message.en}.` },
    errors: [{ field, code: 'matches', message }],
  });
}
