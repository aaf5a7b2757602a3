import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { actorOf, AuditLog, type Principal, Problem } from '#platform';
import { Account } from '../account/account.entity.js';
import { accountNotFound } from '../account/account.errors.js';
import { normaliseEmail } from '../account/email.js';
import { SessionService } from '../session/session.service.js';
import { attemptsOn, Throttle } from '../throttle/throttle.js';
import { hashOfCode, newCode } from './password-code.js';
import { PasswordHasher } from './password-hasher.js';
import { assertPassword } from './password-rules.js';

/** A code is good until the next working day's end. */
const CODE_HOURS = 24;

interface Redemption {
  email: string;
  code: string;
  password: string;
  address: string;
}

/**
 * Passwords set with a one-time code that an administrator gave to the person: the first one of a new account,
 * or a new one when it was forgotten. (The embedded profile sends no mail.)
 */
@Injectable()
export class PasswordCodeService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
    private readonly throttle: Throttle,
    private readonly hasher: PasswordHasher,
    private readonly sessions: SessionService,
  ) {}

  /** @throws Problem 404 `identity.account-not-found` */
  async issue(accountId: string, caller: Principal): Promise<{ code: string; expiresAt: Date }> {
    const code = newCode();
    const expiresAt = new Date(Date.now() + CODE_HOURS * 3_600_000);
    await this.dataSource.transaction(async (tx) => {
      if (!(await tx.existsBy(Account, { id: accountId }))) throw accountNotFound();
      await tx.query(
        `INSERT INTO password_codes (account_id, code_hash, expires_at) VALUES ($1, $2, $3)
         ON CONFLICT (account_id) DO UPDATE SET code_hash = excluded.code_hash, expires_at = excluded.expires_at`,
        [accountId, hashOfCode(code), expiresAt],
      );
      await this.audit.append(tx, [
        {
          ...actorOf(caller),
          action: 'password-code.issued',
          subject: accountId,
        },
      ]);
    });
    return { code, expiresAt };
  }

  /**
   * Sets a password. All sessions of the account end.
   * @throws Problem 401 `identity.code-refused` for a wrong code, a used or expired one, an unknown e-mail alike;
   *   422 when the code is right and the password will not do; 429
   */
  async redeem({ email, code, password, address }: Redemption): Promise<void> {
    const normalised = normaliseEmail(email);
    const attempts = attemptsOn(`code ${normalised}`, address);
    await this.throttle.charge(attempts);
    const given = hashOfCode(code);
    const account = await this.holderOf(normalised, given);
    if (!account) throw await this.refused();
    assertPassword(password, account);
    const passwordHash = await this.hasher.hash(password);
    const done = await this.dataSource.transaction(async (tx) => {
      await tx.query('SELECT FROM accounts WHERE id = $1 FOR UPDATE', [account.id]);
      const [, used] = await tx.query<[unknown, number]>(
        'DELETE FROM password_codes WHERE account_id = $1 AND code_hash = $2 AND expires_at > now()',
        [account.id, given],
      );
      if (used === 0) return false;
      await tx.query(
        'UPDATE accounts SET password_hash = $2, version = version + 1, updated_at = now() WHERE id = $1',
        [account.id, passwordHash],
      );
      await this.sessions.endAll(tx, account.id, 'password-changed');
      await this.audit.append(tx, [
        {
          actor: account.id,
          actorRole: account.role,
          action: 'password.set-with-code',
          subject: account.id,
        },
      ]);
      return true;
    });
    if (!done) throw await this.refused();
    await this.throttle.giveBack(attempts);
    // Whoever had forgotten the password may sign in at once.
    await this.throttle.giveBack(attemptsOn(normalised, address).filter(({ limit }) => limit !== 'address'));
  }

  /** The account whose code this is. One query for all, so that its time does not tell which e-mails are known. */
  private async holderOf(email: string, given: Buffer): Promise<Account | null> {
    const [stored] = await this.dataSource.query<{ id: string; code_hash: Buffer }[]>(
      `SELECT a.id, c.code_hash FROM accounts a JOIN password_codes c ON c.account_id = a.id
       WHERE a.email = $1 AND c.expires_at > now()`,
      [email],
    );
    if (!stored || !timingSafeEqual(stored.code_hash, given)) return null;
    return this.dataSource.manager.findOneBy(Account, { id: stored.id });
  }

  private async refused(): Promise<Problem> {
    await this.dataSource.transaction((tx) =>
      this.audit.append(tx, [
        {
          actor: 'anonymous',
          action: 'password-code.refused',
          subject: null,
        },
      ]),
    );
    return new Problem({
      status: 401,
      code: 'identity.code-refused',
      title: { vi: 'Mã không đúng hoặc đã hết hạn', en: 'The code is wrong or has expired' },
      detail: {
        vi: 'Kiểm tra lại địa chỉ thư và mã; hoặc xin người quản trị một mã mới.',
        en: 'Check the e-mail and the code, or ask the administrator for a new one.',
      },
    });
  }
}
