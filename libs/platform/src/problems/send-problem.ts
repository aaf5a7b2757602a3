import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Bilingual, ProblemOptions } from './problem.js';

/** Answers with a problem document, in Vietnamese unless the caller prefers English. */
export function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  problem: ProblemOptions,
): FastifyReply {
  const english = prefersEnglish(request.headers['accept-language']);
  const say = (text: Bilingual | undefined): string | undefined => (english ? text?.en : text?.vi);
  return reply
    .status(problem.status)
    .headers(problem.headers ?? {})
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('content-language', english ? 'en' : 'vi')
    .send(
      JSON.stringify({
        type: `urn:noiviec:problem:${problem.code}`,
        title: say(problem.title),
        status: problem.status,
        code: problem.code,
        detail: say(problem.detail),
        instance: request.originalUrl.split('?')[0],
        errors: problem.errors?.map(({ message, ...error }) => ({ ...error, message: say(message) })),
        ...problem.extensions,
        correlationId: request.id,
      }),
    );
}

function prefersEnglish(header: string | undefined): boolean {
  const languages = (header ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', q] = part.trim().split(';q=');
      return { tag: tag.toLowerCase().slice(0, 2), q: q ? Number(q) : 1 };
    })
    .filter(({ tag }) => tag === 'vi' || tag === 'en')
    .sort((a, b) => b.q - a.q);
  return languages[0]?.tag === 'en';
}
