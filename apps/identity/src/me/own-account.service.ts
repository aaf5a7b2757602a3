import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { DataSource } from 'typeorm';
import { actorOf, AuditLog, invalidField, LOGGER, PeerClient, type Principal, Problem } from '#platform';
import { Account } from '../account/account.entity.js';
import { accountNotFound } from '../account/account.errors.js';
import { PasswordHasher } from '../password/password-hasher.js';
import { assertPassword } from '../password/password-rules.js';
import { SessionService } from '../session/session.service.js';
import { Throttle } from '../throttle/throttle.js';

/** What needs one's own password: changing it, and leaving. */
@Injectable()
export class OwnAccountService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly hasher: PasswordHasher,
    private readonly throttle: Throttle,
    private readonly sessions: SessionService,
    private readonly audit: AuditLog,
    private readonly peers: PeerClient,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Changes the password. All other sessions of the account end; the one of `refreshToken` goes on.
   * @throws Problem 422 `identity.current-password-wrong` or the broken rule, 429
   */
  async changePassword(
    caller: Principal,
    given: { currentPassword: string; newPassword: string },
    refreshToken: string | undefined,
  ): Promise<void> {
    const account = await this.assertOwner(caller, given.currentPassword);
    assertPassword(given.newPassword, account, 'newPassword');
    const passwordHash = await this.hasher.hash(given.newPassword);
    await this.dataSource.transaction(async (tx) => {
      await tx.query(
        `WITH changed AS (
           UPDATE accounts SET password_hash = $2, version = version + 1, updated_at = now() WHERE id = $1
         ) DELETE FROM password_codes WHERE account_id = $1`,
        [account.id, passwordHash],
      );
      await this.sessions.endAll(tx, account.id, 'password-changed', refreshToken);
      await this.audit.append(tx, [{ ...actorOf(caller), action: 'password.changed', subject: account.id }]);
    });
  }

  /**
   * Erases the account with name and e-mail, and before it the profile, by the service that keeps it (Law
   * 91/2025/QH15); the trail keeps ids only. A profile must not outlive its account, where nobody could erase it: when
   * it cannot be erased now, neither is the account. Whatever was interrupted, a repeat goes on with it.
   * @throws Problem 422 `identity.current-password-wrong`, 429, 503 `identity.profile-not-erased`
   */
  async erase(caller: Principal, currentPassword: string): Promise<void> {
    const account = await this.assertOwner(caller, currentPassword);
    await this.eraseProfile(account.id);
    await this.dataSource.transaction(async (tx) => {
      await tx.delete(Account, account.id);
      await this.audit.append(tx, [{ actor: 'self', action: 'account.erased', subject: account.id }]);
    });
  }

  private async eraseProfile(accountId: string): Promise<void> {
    try {
      const scope = 'jobseekers.erase-by-account';
      await this.peers.call('jobseekers', scope, 'POST', '/account-erasures', { accountId });
    } catch (err) {
      this.logger.error({ err }, 'the profile of an account could not be erased');
      throw new Problem({
        status: 503,
        code: 'identity.profile-not-erased',
        title: { vi: 'Chưa xóa được hồ sơ', en: 'The profile could not be erased yet' },
        detail: {
          vi: 'Tài khoản của bạn vẫn còn. Hãy thử lại sau ít phút.',
          en: 'Your account is still there. Try again in a few minutes.',
        },
        headers: { 'retry-after': '60' },
      });
    }
  }

  /** A page that was left open is no proof of who sits before it. */
  private async assertOwner(caller: Principal, password: string): Promise<Account> {
    const attempt = [{ limit: 'ownPassword' as const, of: caller.subject }];
    await this.throttle.charge(attempt);
    const account = await this.dataSource
      .createQueryBuilder(Account, 'account')
      .addSelect('account.passwordHash')
      .where('account.id = :id', { id: caller.subject })
      .getOne();
    if (!account) throw accountNotFound();
    if (!(await this.hasher.verify(account.passwordHash, password))) {
      throw invalidField('currentPassword', 'identity.current-password-wrong', {
        vi: 'Mật khẩu hiện tại không đúng.',
        en: 'The current password is wrong.',
      });
    }
    await this.throttle.giveBack(attempt);
    return account;
  }
}
