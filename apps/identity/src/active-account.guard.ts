import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Principal, Problem } from '#platform';

/**
 * Behind the platform's guard: an access token outlives a lock or a change of role by up to ten minutes, which
 * must not be enough to make oneself a new account. Here, where the accounts are, their state of now decides.
 */
@Injectable()
export class ActiveAccountGuard implements CanActivate {
  constructor(private readonly dataSource: DataSource) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const { principal } = context.switchToHttp().getRequest<{ principal?: Principal }>();
    if (principal?.type !== 'user') return true;
    const [current] = await this.dataSource.query<unknown[]>(
      `SELECT FROM accounts a LEFT JOIN organisations o ON o.id = a.organisation_id
       WHERE a.id = $1 AND a.role = $2 AND a.organisation_id IS NOT DISTINCT FROM $3::uuid
         AND a.status = 'active' AND coalesce(o.status, 'active') = 'active'`,
      [principal.subject, principal.role, principal.organisationId ?? null],
    );
    if (current) return true;
    throw new Problem({
      status: 401,
      code: 'identity.unauthenticated',
      title: { vi: 'Cần đăng nhập', en: 'Sign-in is required' },
      detail: { vi: 'Quyền của tài khoản đã thay đổi.', en: 'The rights of the account have changed.' },
      headers: { 'www-authenticate': 'Bearer' },
    });
  }
}
