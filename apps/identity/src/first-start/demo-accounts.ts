import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { OrganisationKind } from '#contracts';
import { Outbox } from '#events';
import { ENVIRONMENT, type Environment, type Role, roles } from '#platform';
import { Account } from '../account/account.entity.js';
import { AccountService } from '../account/account.service.js';
import { organisationKindOf } from '../account/role-rules.js';
import { Organisation } from '../organisation/organisation.entity.js';
import { OrganisationService } from '../organisation/organisation.service.js';
import { PasswordHasher } from '../password/password-hasher.js';
import { type Credentials, randomPassword, writeCredentials } from './credentials-file.js';

const DEMO_ACCOUNTS_FILE = 'demo-accounts.txt';

export interface DemoAccount {
  role: Role;
  email: string;
  accountId: string;
  organisationId: string | null;
}

/** Invented names; `.example` is nobody's domain (RFC 2606). */
const PEOPLE: Record<Role, { email: string; fullName: string }> = {
  jobseeker: { email: 'nguoitimviec@noiviec.example', fullName: 'Người tìm việc (mẫu)' },
  centreOfficer: { email: 'canbotrungtam@noiviec.example', fullName: 'Cán bộ trung tâm (mẫu)' },
  employer: { email: 'doanhnghiep@noiviec.example', fullName: 'Cán bộ tuyển dụng (mẫu)' },
  school: { email: 'truongnghe@noiviec.example', fullName: 'Cán bộ trường nghề (mẫu)' },
  agency: { email: 'xuatkhaulaodong@noiviec.example', fullName: 'Cán bộ doanh nghiệp dịch vụ (mẫu)' },
  departmentOfficer: { email: 'canboso@noiviec.example', fullName: 'Cán bộ Sở (mẫu)' },
  administrator: { email: 'quantri@noiviec.example', fullName: 'Quản trị viên (mẫu)' },
};

/** The employer for which the demo account of an employer acts. */
export const DEMO_COMPANY = 'Công ty mẫu Nối Việc';

const ORGANISATIONS: Record<OrganisationKind, string> = {
  centre: 'Trung tâm Dịch vụ việc làm (mẫu)',
  employer: DEMO_COMPANY,
  school: 'Trường Cao đẳng nghề (mẫu)',
  agency: 'Doanh nghiệp dịch vụ đưa lao động đi làm việc ở nước ngoài (mẫu)',
  department: 'Sở Nội vụ (mẫu)',
};

/** Any number that no other advisory lock of identity's database uses. */
const LOCK = 7_210_102;

/**
 * One account per role, with its organisation, to look around with. Made only together with the demo data: a
 * platform that was started empty never has them. Their passwords are random, in a file of mode 0600.
 */
@Injectable()
export class DemoAccounts {
  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    private readonly dataSource: DataSource,
    private readonly outbox: Outbox,
    private readonly accounts: AccountService,
    private readonly organisations: OrganisationService,
    private readonly hasher: PasswordHasher,
  ) {}

  /**
   * Makes the accounts, once: a later call returns those that are there and writes nothing.
   * @param provinceCode the province of the demo data, that of the organisations
   */
  async ensure(provinceCode: string): Promise<DemoAccount[]> {
    const existing = await this.existing();
    if (existing.length > 0) return existing;
    const credentials = await Promise.all(roles.map((role) => this.credentialsOf(role)));
    await this.outbox.transaction(async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
      if (await tx.existsBy(Account, { origin: 'demo' })) return;
      for (const { role, passwordHash } of credentials) {
        const kind = organisationKindOf[role];
        const organisation: Organisation | null = kind
          ? await this.organisations.register(tx, {
              kind,
              name: ORGANISATIONS[kind],
              areas: [provinceCode],
            })
          : null;
        await this.accounts.register(tx, {
          ...PEOPLE[role],
          role,
          organisationId: organisation?.id,
          passwordHash,
          origin: 'demo',
        });
      }
      await writeCredentials(
        this.environment.DATA_DIR,
        DEMO_ACCOUNTS_FILE,
        'Accounts of the demo data, one per role. Lock them before real people use the platform.',
        credentials,
      );
    });
    return this.existing();
  }

  private async credentialsOf(role: Role): Promise<Credentials & { role: Role; passwordHash: string }> {
    const password = randomPassword();
    return { role, email: PEOPLE[role].email, password, passwordHash: await this.hasher.hash(password) };
  }

  private async existing(): Promise<DemoAccount[]> {
    const accounts = await this.dataSource.manager.find(Account, {
      where: { origin: 'demo' },
      order: { id: 'ASC' },
    });
    return accounts.map(({ id, role, email, organisationId }) => ({
      role,
      email,
      accountId: id,
      organisationId,
    }));
  }
}
