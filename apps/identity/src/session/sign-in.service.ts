import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { DataSource } from 'typeorm';
import { AuditLog, LOGGER, Problem } from '#platform';
import { Account } from '../account/account.entity.js';
import { normaliseEmail } from '../account/email.js';
import { PasswordHasher } from '../password/password-hasher.js';
import { attemptsOn, Throttle } from '../throttle/throttle.js';
import { maySignIn, SessionService, type SignedIn } from './session.service.js';

/** Sign-in with e-mail and password. */
@Injectable()
export class SignInService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly hasher: PasswordHasher,
    private readonly throttle: Throttle,
    private readonly sessions: SessionService,
    private readonly audit: AuditLog,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * An unknown e-mail, an account without a password and a wrong password take the same steps and get the same
   * answer. That an account is locked is told only to who knows its password.
   * @throws Problem 401 `identity.sign-in-failed`, 403 `identity.account-locked`, 429 `identity.too-many-attempts`
   */
  async signIn(email: string, password: string, address: string): Promise<SignedIn> {
    const normalised = normaliseEmail(email);
    const attempts = attemptsOn(normalised, address);
    await this.throttle.charge(attempts);
    const account = await this.find(normalised);
    const fits = await this.hasher.verify(account?.passwordHash, password);
    if (!account || !fits) {
      await this.refuse(account);
      throw signInFailed();
    }
    if (!maySignIn(account)) {
      await this.refuse(account);
      throw accountLocked();
    }
    const renewed =
      account.passwordHash && this.hasher.isOutdated(account.passwordHash)
        ? await this.hasher.hash(password)
        : undefined;
    const signedIn = await this.dataSource.transaction(async (tx) => {
      // Changed or locked while the password was being checked: this sign-in comes too late.
      const current = await tx.findOne(Account, {
        where: { id: account.id, version: account.version, status: 'active' },
        lock: { mode: 'pessimistic_write' },
      });
      if (!current) return undefined;
      await tx.update(Account, account.id, {
        lastSignInAt: new Date(),
        ...(renewed && { passwordHash: renewed }),
      });
      const opened = await this.sessions.open(tx, account);
      await this.audit.append(tx, [
        {
          actor: account.id,
          actorRole: account.role,
          action: 'session.opened',
          subject: account.id,
        },
      ]);
      return opened;
    });
    if (!signedIn) throw signInFailed();
    await this.throttle.giveBack(attempts);
    return signedIn;
  }

  private find(email: string): Promise<Account | null> {
    return this.dataSource
      .createQueryBuilder(Account, 'account')
      .leftJoinAndSelect('account.organisation', 'organisation')
      .addSelect('account.passwordHash')
      .where('account.email = :email', { email })
      .getOne();
  }

  private async refuse(account: Account | null): Promise<void> {
    this.logger.warn({ accountId: account?.id ?? null }, 'sign-in refused');
    await this.dataSource.transaction((tx) =>
      this.audit.append(tx, [
        {
          actor: 'anonymous',
          action: 'session.refused',
          subject: account?.id ?? null,
        },
      ]),
    );
  }
}

function signInFailed(): Problem {
  return new Problem({
    status: 401,
    code: 'identity.sign-in-failed',
    title: { vi: 'Thư điện tử hoặc mật khẩu không đúng', en: 'The e-mail or the password is wrong' },
  });
}

function accountLocked(): Problem {
  return new Problem({
    status: 403,
    code: 'identity.account-locked',
    title: { vi: 'Tài khoản đang bị khóa', en: 'The account is locked' },
    detail: {
      vi: 'Hãy liên hệ người quản trị của đơn vị.',
      en: 'Please ask the administrator of your organisation.',
    },
  });
}
