import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import { DataSource } from 'typeorm';
import { ENVIRONMENT, type Environment, LOGGER } from '#platform';
import { Account } from '../account/account.entity.js';
import { AccountService } from '../account/account.service.js';
import { PasswordHasher } from '../password/password-hasher.js';
import { passwordRefusal } from '../password/password-rules.js';
import { randomPassword, writeCredentials } from './credentials-file.js';

const FIRST_ADMINISTRATOR_FILE = 'first-administrator.txt';
const DEFAULT_EMAIL = 'admin@noiviec.local';
const FULL_NAME = 'Quản trị viên';

/** Advisory lock: of several instances that start together one makes the administrator. */
const LOCK = 7_210_101;

/**
 * Makes the first administrator when there is none: of ADMIN_EMAIL and ADMIN_PASSWORD, or with a random password
 * in a file that only the platform's user can read. Later starts change nothing.
 */
@Injectable()
export class FirstAdministrator implements OnApplicationBootstrap {
  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly dataSource: DataSource,
    private readonly accounts: AccountService,
    private readonly hasher: PasswordHasher,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await Promise.all([this.hasher.warmUp(), this.ensure()]);
  }

  private async ensure(): Promise<void> {
    const { ADMIN_EMAIL, ADMIN_PASSWORD, DATA_DIR } = this.environment;
    await this.dataSource.transaction(async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
      if (await tx.existsBy(Account, { role: 'administrator' })) return;
      const email = ADMIN_EMAIL ?? DEFAULT_EMAIL;
      const password = ADMIN_PASSWORD ?? randomPassword();
      await this.accounts.register(tx, {
        email,
        fullName: FULL_NAME,
        role: 'administrator',
        passwordHash: await this.hasher.hash(password),
        origin: 'firstStart',
      });
      if (!ADMIN_PASSWORD) {
        // Before the commit: an account whose password nobody knows would shut everybody out.
        const path = await writeCredentials(
          DATA_DIR,
          FIRST_ADMINISTRATOR_FILE,
          'The first administrator. Sign in, change the password, then delete this file.',
          [{ role: 'administrator', email, password }],
        );
        this.logger.info({ file: path }, 'first administrator made; its password is in the file');
      } else if (passwordRefusal(password, { role: 'administrator', email, fullName: FULL_NAME })) {
        this.logger.warn('ADMIN_PASSWORD is easy to guess: change it after the first sign-in');
      }
    });
  }
}
