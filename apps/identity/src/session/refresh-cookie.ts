import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ENVIRONMENT, type Environment } from '#platform';
import type { SignedIn } from './session.service.js';

const NAME = 'nv_refresh';

/** The cookie that holds the refresh token: no script reads it, no other site's request carries it. */
@Injectable()
export class RefreshCookie {
  private readonly options: {
    path: string;
    httpOnly: true;
    sameSite: 'strict';
    secure: boolean;
  };

  constructor(@Inject(ENVIRONMENT) { COOKIE_SECURE, PUBLIC_URL }: Environment) {
    this.options = {
      path: '/api/v1/identity',
      httpOnly: true,
      sameSite: 'strict',
      secure: COOKIE_SECURE ?? PUBLIC_URL?.startsWith('https:') ?? false,
    };
  }

  read(request: FastifyRequest): string | undefined {
    return request.cookies[NAME];
  }

  set(reply: FastifyReply, { refreshToken, idleSeconds }: SignedIn): void {
    void reply.setCookie(NAME, refreshToken, { ...this.options, maxAge: idleSeconds });
  }

  clear(reply: FastifyReply): void {
    void reply.clearCookie(NAME, this.options);
  }
}
