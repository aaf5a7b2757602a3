import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ENVIRONMENT, type Environment, Problem } from '#platform';

/**
 * For routes that read or set the session cookie: another site's page must not use them. SameSite=Strict keeps
 * browsers from sending the cookie along; this refuses, besides, whatever says that another site sent it, also a
 * sign-in that would put a stranger's session into the browser. Programs that send neither header have no cookie
 * of anyone else to be misused.
 */
@Injectable()
export class SameOriginGuard implements CanActivate {
  constructor(@Inject(ENVIRONMENT) private readonly environment: Environment) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { origin, 'sec-fetch-site': site } = request.headers;
    const foreignSite = site !== undefined && site !== 'same-origin' && site !== 'none';
    if (foreignSite || (origin !== undefined && !this.isOurs(origin, request))) {
      throw new Problem({
        status: 403,
        code: 'identity.cross-origin',
        title: { vi: 'Yêu cầu đến từ một trang khác', en: 'The request came from another site' },
      });
    }
    return true;
  }

  private isOurs(origin: string, request: FastifyRequest): boolean {
    const { PUBLIC_URL } = this.environment;
    if (PUBLIC_URL && origin === new URL(PUBLIC_URL).origin) return true;
    if (!URL.canParse(origin)) return false;
    // No page chooses these two headers of its request; the second is what the edge's proxy makes of the first.
    const { host, 'x-forwarded-host': forwardedHost } = request.headers;
    return [host, forwardedHost].includes(new URL(origin).host);
  }
}
