import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { frameworkProblem, sendProblem, titleOf } from '#platform';

const RETRY_SECONDS = 2;

/** What a service behind the edge failed with is its own matter: the outside is told to come back. */
export function answerError(error: Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { statusCode } = error as FastifyError;
  if (!statusCode || statusCode >= 500) return unavailable(request, reply);
  return sendProblem(request, reply, {
    status: statusCode,
    code: `edge.http-${statusCode}`,
    title: titleOf(statusCode),
    ...frameworkProblem(error),
  });
}

export function unavailable(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return sendProblem(request, reply, {
    status: 503,
    code: 'edge.unavailable',
    title: titleOf(503),
    headers: { 'retry-after': String(RETRY_SECONDS) },
  });
}
