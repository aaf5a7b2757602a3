import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { EventTooLargeError, isTransient } from '#events';
import { PeerError } from '../peers/peer-client.js';
import { frameworkProblem } from './framework-problems.js';
import { Problem, type ProblemOptions } from './problem.js';
import { sendProblem } from './send-problem.js';
import { titleOf } from './titles.js';

/** Answers every error as problem+json, Vietnamese unless the caller prefers English. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly service: string,
    private readonly logger: Logger,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  /** Also for what fails before there is a route. */
  answer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const problem = this.describe(error);
    if (problem.status >= 500 && problem.status !== 503) {
      this.logger.error(
        { err: error, method: request.method, route: request.routeOptions.url },
        'request failed',
      );
    }
    if (!reply.sent) sendProblem(request, reply, problem);
  }

  private describe(error: unknown): ProblemOptions {
    if (error instanceof Problem) return error.problem;
    const status = statusOf(error);
    if (status !== undefined && status < 500) {
      return {
        status,
        code: `${this.service}.http-${status}`,
        title: titleOf(status),
        ...frameworkProblem(error),
      };
    }
    if (error instanceof EventTooLargeError) {
      return { status: 413, code: `${this.service}.too-large`, title: titleOf(413) };
    }
    const away =
      isTransient(error) || (error instanceof PeerError && (error.status === 0 || error.status >= 500));
    return {
      status: away ? 503 : 500,
      code: `${this.service}.${away ? 'unavailable' : 'internal'}`,
      title: titleOf(away ? 503 : 500),
      headers: away ? { 'retry-after': '2' } : undefined,
    };
  }
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  const status = (error as { statusCode?: unknown } | undefined)?.statusCode;
  return typeof status === 'number' && status >= 400 ? status : undefined;
}
