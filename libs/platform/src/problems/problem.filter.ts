import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { EventTooLargeError, isTransient } from '#events';
import { PeerError } from '../peers/peer-client.js';
import { type Bilingual, Problem, type ProblemOptions } from './problem.js';

const TITLES: Record<number, Bilingual> = {
  400: { vi: 'Yêu cầu không hợp lệ', en: 'The request is not valid' },
  401: { vi: 'Cần đăng nhập', en: 'Sign-in is required' },
  403: { vi: 'Bạn không có quyền làm việc này', en: 'You may not do this' },
  404: { vi: 'Không tìm thấy', en: 'Not found' },
  405: { vi: 'Phương thức không được hỗ trợ', en: 'The method is not supported' },
  413: { vi: 'Dữ liệu gửi lên quá lớn', en: 'The request is too large' },
  415: { vi: 'Định dạng gửi lên không được hỗ trợ', en: 'The content type is not supported' },
  429: { vi: 'Quá nhiều yêu cầu, xin thử lại sau', en: 'Too many requests, try again later' },
  500: { vi: 'Hệ thống gặp lỗi', en: 'Something failed on our side' },
  503: {
    vi: 'Hệ thống tạm thời chưa sẵn sàng, xin thử lại',
    en: 'Not available for the moment, please try again',
  },
};

/** Answers every error as problem+json, Vietnamese unless the caller prefers English. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly service: string,
    private readonly logger: Logger,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const problem = this.describe(error);
    if (problem.status >= 500 && problem.status !== 503) {
      this.logger.error(
        { err: error, method: request.method, route: request.routeOptions.url },
        'request failed',
      );
    }
    if (reply.sent) return;
    const english = prefersEnglish(request.headers['accept-language']);
    const say = (text: Bilingual | undefined): string | undefined => (english ? text?.en : text?.vi);
    void reply
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
          instance: request.url.split('?')[0],
          errors: problem.errors?.map(({ message, ...field }) => ({ ...field, message: say(message) })),
          ...problem.extensions,
          correlationId: request.id,
        }),
      );
  }

  private describe(error: unknown): ProblemOptions {
    if (error instanceof Problem) return error.problem;
    const status = statusOf(error);
    if (status !== undefined && status < 500) {
      const message = error instanceof Error ? error.message : '';
      return {
        status,
        code: `${this.service}.http-${status}`,
        title: TITLES[status] ?? TITLES[400] ?? { vi: '', en: '' },
        detail: status === 400 && message ? { vi: message, en: message } : undefined,
      };
    }
    if (error instanceof EventTooLargeError) {
      return { status: 413, code: `${this.service}.too-large`, title: TITLES[413] ?? { vi: '', en: '' } };
    }
    const away =
      isTransient(error) || (error instanceof PeerError && (error.status === 0 || error.status >= 500));
    return {
      status: away ? 503 : 500,
      code: `${this.service}.${away ? 'unavailable' : 'internal'}`,
      title: TITLES[away ? 503 : 500] ?? { vi: '', en: '' },
      headers: away ? { 'retry-after': '2' } : undefined,
    };
  }
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  const status = (error as { statusCode?: unknown } | undefined)?.statusCode;
  return typeof status === 'number' && status >= 400 ? status : undefined;
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
