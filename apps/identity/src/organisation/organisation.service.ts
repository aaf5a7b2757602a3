import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, Repository } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Outbox } from '#events';
import {
  actorOf,
  AuditLog,
  type IdempotentRequest,
  invalidField,
  notFound,
  once,
  type Page,
  type Principal,
  Problem,
  staleVersion,
} from '#platform';
import type { Change } from '../change.js';
import { pageById } from '../page-by-id.js';
import { searchPattern, searchTextOf } from '../search-text.js';
import { SessionService } from '../session/session.service.js';
import type { CreateOrganisationDto, EditOrganisationDto, OrganisationQuery } from './organisation.dto.js';
import { Organisation } from './organisation.entity.js';
import { organisationEvent } from './organisation.events.js';

@Injectable()
export class OrganisationService {
  constructor(
    @InjectRepository(Organisation) private readonly organisations: Repository<Organisation>,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
    private readonly sessions: SessionService,
  ) {}

  async create(
    dto: CreateOrganisationDto,
    caller: Principal,
    request: IdempotentRequest,
  ): Promise<Organisation> {
    const { id } = await this.outbox.transaction((tx) =>
      once(tx, request, async () => ({ id: (await this.register(tx, dto, caller)).id })),
    );
    return this.get(id);
  }

  /** Creates an organisation within a transaction. Without a caller it is the platform's own doing. */
  async register(tx: EntityManager, dto: CreateOrganisationDto, caller?: Principal): Promise<Organisation> {
    assertNaturalPerson(dto.kind, dto.naturalPerson ?? false);
    const now = new Date();
    const organisation = tx.create(Organisation, {
      id: uuidv7(),
      version: 1,
      kind: dto.kind,
      name: dto.name.trim(),
      naturalPerson: dto.naturalPerson ?? false,
      areas: dto.areas,
      status: 'active',
      searchText: searchTextOf(dto.name),
      createdAt: now,
      updatedAt: now,
    });
    await tx.insert(Organisation, organisation);
    await this.outbox.append(tx, [organisationEvent(organisation, 'registered')]);
    await this.audit.append(tx, [
      {
        ...(caller ? actorOf(caller) : { actor: 'platform' }),
        action: 'organisation.created',
        subject: organisation.id,
        details: { kind: { to: dto.kind }, areas: { to: dto.areas } },
      },
    ]);
    return organisation;
  }

  /** @throws Problem 404 `identity.organisation-not-found` */
  async get(id: string): Promise<Organisation> {
    const organisation = await this.organisations.findOneBy({ id });
    if (!organisation) throw organisationNotFound();
    return organisation;
  }

  async list(query: OrganisationQuery): Promise<Page<Organisation>> {
    const found = this.organisations.createQueryBuilder('organisation');
    const { q, kind, status, province } = query;
    if (q?.trim()) found.andWhere('organisation.searchText LIKE :q', { q: searchPattern(q) });
    if (kind) found.andWhere('organisation.kind = :kind', { kind });
    if (status) found.andWhere('organisation.status = :status', { status });
    if (province) found.andWhere('organisation.areas && ARRAY[:province, :all]', { province, all: '*' });
    return pageById(found, 'organisation', query);
  }

  /** @throws Problem 404, 412 when `version` is not the current one */
  async edit(
    id: string,
    version: number,
    dto: EditOrganisationDto,
    caller: Principal,
  ): Promise<Organisation> {
    return this.outbox.transaction(async (tx) => {
      const before = await tx.findOne(Organisation, { where: { id }, lock: { mode: 'pessimistic_write' } });
      if (!before) throw organisationNotFound();
      if (before.version !== version) throw staleVersion(before.version);
      const after = tx.create(Organisation, {
        ...before,
        name: dto.name?.trim() ?? before.name,
        naturalPerson: dto.naturalPerson ?? before.naturalPerson,
        areas: dto.areas ?? before.areas,
        status: dto.status ?? before.status,
      });
      assertNaturalPerson(after.kind, after.naturalPerson);
      const change = changeOf(before, after);
      if (Object.keys(change).length === 0) return before;
      after.version += 1;
      after.searchText = searchTextOf(after.name);
      after.updatedAt = new Date();
      await tx.update(Organisation, id, after);
      const happening = happeningOf(before, after);
      // Tokens carry the areas: its people sign in anew with those of now.
      if (happening === 'suspended' || 'areas' in change) await this.sessions.endAllOf(tx, id);
      await this.outbox.append(tx, [organisationEvent(after, happening)]);
      await this.audit.append(tx, [
        {
          ...actorOf(caller),
          action: `organisation.${happening}`,
          subject: id,
          details: change,
        },
      ]);
      return after;
    });
  }
}

function happeningOf(before: Organisation, after: Organisation): 'revised' | 'suspended' | 'reinstated' {
  if (before.status === after.status) return 'revised';
  return after.status === 'suspended' ? 'suspended' : 'reinstated';
}

/** A household's name is a person's: of names the trail says only that they changed. */
function changeOf(before: Organisation, after: Organisation): Change {
  const change: Change = {};
  if (before.name !== after.name) change['name'] = 'changed';
  if (before.naturalPerson !== after.naturalPerson) {
    change['naturalPerson'] = { from: before.naturalPerson, to: after.naturalPerson };
  }
  if (before.areas.join() !== after.areas.join()) change['areas'] = { from: before.areas, to: after.areas };
  if (before.status !== after.status) change['status'] = { from: before.status, to: after.status };
  return change;
}

function assertNaturalPerson(kind: string, naturalPerson: boolean): void {
  if (naturalPerson && kind !== 'employer') {
    throw invalidField('naturalPerson', 'identity.not-a-natural-person', {
      vi: 'Chỉ người sử dụng lao động mới có thể là hộ kinh doanh hoặc cá nhân.',
      en: 'Only an employer can be a household business or an individual.',
    });
  }
}

function organisationNotFound(): Problem {
  return notFound(
    'identity.organisation-not-found',
    'Không tìm thấy đơn vị',
    'There is no such organisation',
  );
}
