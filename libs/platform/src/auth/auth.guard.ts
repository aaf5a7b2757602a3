import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Problem } from '../problems/problem.js';
import { type AccessRule, accessRuleOf, type AuthenticatedRequest } from './decorators.js';
import { cameThroughEdge } from './edge-header.js';
import type { Principal } from './principal.js';
import { InvalidTokenError, type Tokens } from './tokens.js';

/**
 * The one guard of every service. Default deny: a route without a rule is refused to everyone, and a service's
 * token opens only what asks for its scope. Ownership and area are checked in the queries, with `covers`.
 */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly service: string,
    private readonly tokens: Tokens,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const rule = accessRuleOf(this.service, context.getHandler(), context.getClass());
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const principal = await this.authenticate(request, rule?.kind === 'public');
    request.principal = principal;
    if (rule?.kind === 'public') return true;
    if (!principal) throw this.unauthenticated();
    if (!rule || !allows(rule, principal)) {
      throw new Problem({
        status: 403,
        code: `${this.service}.forbidden`,
        title: { vi: 'Bạn không có quyền làm việc này', en: 'You may not do this' },
      });
    }
    return true;
  }

  private async authenticate(
    request: AuthenticatedRequest,
    optional: boolean,
  ): Promise<Principal | undefined> {
    const header = request.headers.authorization;
    if (!header) return undefined;
    const [scheme, token] = header.split(' ');
    try {
      if (scheme?.toLowerCase() !== 'bearer' || !token) throw new InvalidTokenError('not a bearer token');
      const principal = await this.tokens.verify(token, this.service);
      if (principal.type === 'service' && cameThroughEdge(request)) {
        throw new InvalidTokenError('a service token came through the edge');
      }
      return principal;
    } catch (error) {
      if (!(error instanceof InvalidTokenError)) throw error;
      // An expired token must not hide a public page.
      if (optional) return undefined;
      throw this.unauthenticated();
    }
  }

  private unauthenticated(): Problem {
    return new Problem({
      status: 401,
      code: `${this.service}.unauthenticated`,
      title: { vi: 'Cần đăng nhập', en: 'Sign-in is required' },
      detail: { vi: 'Phiên đăng nhập không có hoặc đã hết hạn.', en: 'There is no valid session.' },
      headers: { 'www-authenticate': 'Bearer' },
    });
  }
}

function allows(rule: AccessRule, principal: Principal): boolean {
  if (rule.kind === 'public') return true;
  if (principal.type === 'service') return rule.kind === 'service' && principal.scopes.includes(rule.scope);
  return principal.role !== undefined && rule.roles.includes(principal.role);
}
