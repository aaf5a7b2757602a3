import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, QueryFailedError, Repository } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Outbox } from '#events';
import {
  actorOf,
  AuditLog,
  type IdempotentRequest,
  once,
  type Page,
  type Principal,
  type Role,
  staleVersion,
} from '#platform';
import type { Change } from '../change.js';
import { Organisation } from '../organisation/organisation.entity.js';
import { pageById } from '../page-by-id.js';
import { searchPattern, searchTextOf } from '../search-text.js';
import { SessionService } from '../session/session.service.js';
import type { AccountQuery, CreateAccountDto, EditAccountDto } from './account.dto.js';
import { Account, type AccountOrigin } from './account.entity.js';
import {
  accountNotFound,
  areasRefused,
  emailTaken,
  lastAdministrator,
  organisationRefused,
  organisationRequired,
  ownAccount,
} from './account.errors.js';
import { normaliseEmail } from './email.js';
import { hasAreas, organisationKindOf, within } from './role-rules.js';

/** What a new account is made of; the role is the caller's decision and never a client's at sign-up. */
export interface NewAccount {
  email: string;
  fullName: string;
  role: Role;
  organisationId?: string | null;
  narrowedAreas?: string[] | null;
  passwordHash?: string;
  origin: AccountOrigin;
}

/** Who has another of these has other rights than the tokens say. */
const RIGHTS = ['role', 'organisationId', 'narrowedAreas', 'status', 'email'] as const;

@Injectable()
export class AccountService {
  constructor(
    @InjectRepository(Account) private readonly accounts: Repository<Account>,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
    private readonly sessions: SessionService,
  ) {}

  /** Made by an administrator, without a password: the person sets one with a one-time code. */
  async create(dto: CreateAccountDto, caller: Principal, request: IdempotentRequest): Promise<Account> {
    const { id } = await this.outbox.transaction((tx) =>
      once(tx, request, async () => ({
        id: (await this.register(tx, { ...dto, origin: 'administrator' }, caller)).id,
      })),
    );
    return this.get(id);
  }

  /**
   * Creates an account within a transaction. Without a caller it is the platform's own doing.
   * @throws Problem 409 `identity.email-taken`, 422 when role, organisation and areas do not fit
   */
  async register(tx: EntityManager, given: NewAccount, caller?: Principal): Promise<Account> {
    const now = new Date();
    const account = tx.create(Account, {
      id: uuidv7(),
      version: 1,
      email: normaliseEmail(given.email),
      fullName: given.fullName.trim(),
      role: given.role,
      organisationId: given.organisationId ?? null,
      narrowedAreas: given.narrowedAreas ?? null,
      status: 'active',
      origin: given.origin,
      passwordHash: given.passwordHash ?? null,
      searchText: '',
      createdAt: now,
      updatedAt: now,
      lastSignInAt: null,
    });
    account.searchText = searchTextOf(account.fullName, account.email);
    await assertFits(tx, account);
    await orEmailTaken(tx.insert(Account, account));
    await this.audit.append(tx, [
      {
        ...(caller ? actorOf(caller) : { actor: 'platform' }),
        action: 'account.created',
        subject: account.id,
        details: {
          role: { to: account.role },
          organisationId: { to: account.organisationId },
          narrowedAreas: { to: account.narrowedAreas },
          origin: { to: account.origin },
        },
      },
    ]);
    return account;
  }

  /** An account with its organisation. @throws Problem 404 `identity.account-not-found` */
  async get(id: string): Promise<Account> {
    const account = await this.accounts.findOne({ where: { id }, relations: { organisation: true } });
    if (!account) throw accountNotFound();
    return account;
  }

  async list(query: AccountQuery): Promise<Page<Account>> {
    const found = this.accounts
      .createQueryBuilder('account')
      .leftJoinAndSelect('account.organisation', 'organisation');
    const { q, role, status, organisationId } = query;
    if (q?.trim()) found.andWhere('account.searchText LIKE :q', { q: searchPattern(q) });
    if (role) found.andWhere('account.role = :role', { role });
    if (status) found.andWhere('account.status = :status', { status });
    if (organisationId) found.andWhere('account.organisationId = :organisationId', { organisationId });
    return pageById(found, 'account', query);
  }

  /**
   * Changes an account. Whoever loses or changes rights is signed out everywhere.
   * @throws Problem 404, 412 when `version` is not the current one, 409 and 422 as the rules say
   */
  async edit(id: string, version: number, dto: EditAccountDto, caller: Principal): Promise<Account> {
    await this.outbox.transaction(async (tx) => {
      // All administrators, in one order: two who lock each other at the same moment must not both succeed.
      await tx.query(
        `SELECT id FROM accounts WHERE role = 'administrator' OR id = $1 ORDER BY id FOR UPDATE`,
        [id],
      );
      const before = await tx.findOneBy(Account, { id });
      if (!before) throw accountNotFound();
      if (before.version !== version) throw staleVersion(before.version);
      const after = merge(tx, before, dto);
      const change = changeOf(before, after);
      if (Object.keys(change).length === 0) return;
      const rightsChanged = RIGHTS.some((field) => field in change);
      if (id === caller.subject && ('role' in change || 'status' in change)) throw ownAccount();
      await assertFits(tx, after);
      await this.assertAdministratorLeft(tx, before, after);
      after.version += 1;
      after.updatedAt = new Date();
      after.searchText = searchTextOf(after.fullName, after.email);
      await orEmailTaken(tx.update(Account, id, after));
      // Whoever registered with somebody's address must not grow into that person's rights: the password goes,
      // and the next one is set with a code that is handed over in person.
      if (before.role === 'jobseeker' && 'role' in change)
        await tx.update(Account, id, { passwordHash: null });
      if (rightsChanged) await this.sessions.endAll(tx, id, 'account-changed');
      await this.audit.append(tx, [
        {
          ...actorOf(caller),
          action: actionOf(before, after),
          subject: id,
          details: change,
        },
      ]);
    });
    return this.get(id);
  }

  private async assertAdministratorLeft(tx: EntityManager, before: Account, after: Account): Promise<void> {
    const rules = (account: Account): boolean =>
      account.role === 'administrator' && account.status === 'active';
    if (!rules(before) || rules(after)) return;
    const others = await tx.countBy(Account, { role: 'administrator', status: 'active' });
    if (others <= 1) throw lastAdministrator();
  }
}

function merge(tx: EntityManager, before: Account, dto: EditAccountDto): Account {
  const role = dto.role ?? before.role;
  const leavesOrganisation = organisationKindOf[role] === null;
  return tx.create(Account, {
    ...before,
    email: dto.email ? normaliseEmail(dto.email) : before.email,
    fullName: dto.fullName?.trim() ?? before.fullName,
    role,
    status: dto.status ?? before.status,
    organisationId:
      dto.organisationId !== undefined
        ? dto.organisationId
        : leavesOrganisation
          ? null
          : before.organisationId,
    narrowedAreas:
      dto.narrowedAreas !== undefined ? dto.narrowedAreas : hasAreas(role) ? before.narrowedAreas : null,
  });
}

/** @throws Problem 422 unless role, organisation and areas belong together (domain.md section 1) */
async function assertFits(tx: EntityManager, account: Account): Promise<void> {
  const kind = organisationKindOf[account.role];
  if (!kind) {
    if (account.organisationId) throw organisationRefused(null);
    if (account.narrowedAreas) throw areasRefused();
    return;
  }
  if (!account.organisationId) throw organisationRequired(kind);
  const organisation = await tx.findOneBy(Organisation, { id: account.organisationId });
  if (organisation?.kind !== kind) throw organisationRefused(kind);
  if (!account.narrowedAreas) return;
  if (!hasAreas(account.role) || !within(organisation.areas, account.narrowedAreas)) throw areasRefused();
}

function changeOf(before: Account, after: Account): Change {
  const change: Change = {};
  if (before.email !== after.email) change['email'] = 'changed';
  if (before.fullName !== after.fullName) change['fullName'] = 'changed';
  for (const field of ['role', 'organisationId', 'status'] as const) {
    if (before[field] !== after[field]) change[field] = { from: before[field], to: after[field] };
  }
  if (before.narrowedAreas?.join() !== after.narrowedAreas?.join()) {
    change['narrowedAreas'] = { from: before.narrowedAreas, to: after.narrowedAreas };
  }
  return change;
}

function actionOf(before: Account, after: Account): string {
  if (before.status === after.status) return 'account.changed';
  return after.status === 'locked' ? 'account.locked' : 'account.unlocked';
}

async function orEmailTaken<T>(write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    const cause = error instanceof QueryFailedError ? (error.driverError as { constraint?: string }) : {};
    if (cause.constraint === 'accounts_email_key') throw emailTaken();
    throw error;
  }
}
