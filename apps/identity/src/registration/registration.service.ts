import { AuditLog } from '#platform';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Account } from '../account/account.entity.js';
import { AccountService } from '../account/account.service.js';
import { normaliseEmail } from '../account/email.js';
import { PasswordHasher } from '../password/password-hasher.js';
import { assertPassword } from '../password/password-rules.js';
import { networkOf, Throttle } from '../throttle/throttle.js';

interface Registration {
  email: string;
  password: string;
  fullName: string;
}

/**
 * Self-registration of jobseekers. There is no mail to confirm an address with (docs/adr: self-registration), so
 * an address proves nothing: the account opens only what its owner enters, a profile made at a counter is joined
 * by a claim code, and a known address is answered like a new one and stays as it is.
 */
@Injectable()
export class RegistrationService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly accounts: AccountService,
    private readonly hasher: PasswordHasher,
    private readonly throttle: Throttle,
    private readonly audit: AuditLog,
  ) {}

  /** @throws Problem 422 `identity.password-<why>`, 429 */
  async register({ email, password, fullName }: Registration, address: string): Promise<{ email: string }> {
    await this.throttle.charge([{ limit: 'registration', of: networkOf(address) }]);
    const normalised = normaliseEmail(email);
    assertPassword(password, { role: 'jobseeker', email: normalised, fullName });
    // Before anybody looks whether the address is known: both answers take as long.
    const passwordHash = await this.hasher.hash(password);
    await this.dataSource.transaction(async (tx) => {
      // Two registrations of one address at the same moment: the second sees the first.
      await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('registration ' || $1, 0))`, [
        normalised,
      ]);
      const known = await tx.findOneBy(Account, { email: normalised });
      if (known) {
        await this.audit.append(tx, [
          {
            actor: 'anonymous',
            action: 'registration.refused',
            subject: known.id,
          },
        ]);
        return;
      }
      await this.accounts.register(
        tx,
        { email: normalised, fullName, role: 'jobseeker', passwordHash, origin: 'registration' },
        undefined,
      );
    });
    return { email: normalised };
  }
}
