import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Principal, Role } from './principal.js';

const ACCESS = Symbol('access');

/** Who may call a route. A route without a rule is refused to everyone. */
export type AccessRule =
  | { kind: 'public' }
  | { kind: 'roles'; roles: readonly Role[] }
  | { kind: 'service'; scope: string; roles: readonly Role[] };

/** Anyone, signed in or not. A valid token is still read, so that a handler may show more to those signed in. */
export const Public = (): MethodDecorator & ClassDecorator =>
  SetMetadata(ACCESS, { kind: 'public' } satisfies AccessRule);

/** People with one of these roles. Ownership and area are checked in the queries. */
export const AllowRoles = (...roles: Role[]): MethodDecorator & ClassDecorator =>
  SetMetadata(ACCESS, { kind: 'roles', roles } satisfies AccessRule);

/**
 * Other services whose token carries the scope, and people with one of these roles, if any are given. `{service}` in
 * a scope is the service that has the route.
 */
export const AllowService = (scope: string, ...roles: Role[]): MethodDecorator & ClassDecorator =>
  SetMetadata(ACCESS, { kind: 'service', scope, roles } satisfies AccessRule);

/** The rule by which a service's guard goes: the handler's, or its controller's. */
export function accessRuleOf(service: string, handler: object, controller: object): AccessRule | undefined {
  const rule = (Reflect.getMetadata(ACCESS, handler) ?? Reflect.getMetadata(ACCESS, controller)) as
    AccessRule | undefined;
  return rule?.kind === 'service' ? { ...rule, scope: rule.scope.replace('{service}', service) } : rule;
}

export interface AuthenticatedRequest extends FastifyRequest {
  principal?: Principal;
}

/** The caller; only on public routes may it be undefined. */
export const Caller = createParamDecorator(
  (_: unknown, context: ExecutionContext): Principal | undefined =>
    context.switchToHttp().getRequest<AuthenticatedRequest>().principal,
);
