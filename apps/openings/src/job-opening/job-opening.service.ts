import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, Repository, type SelectQueryBuilder } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Outbox } from '#events';
import {
  conflict,
  decodeCursor,
  encodeCursor,
  type IdempotentRequest,
  invalidField,
  isTextPair,
  notFound,
  once,
  type Page,
  type Principal,
  Problem,
  staleVersion,
} from '#platform';
import { fold } from '#reference';
import { Employer } from '../employer/employer.entity.js';
import { isNaturalPerson } from '../employer/employer.events.js';
import { employerNotFound, lockEmployer, maySeeEmployer } from '../employer/employer.service.js';
import { recordInFeed } from '../feed/feed.js';
import type { CreateJobOpeningDto, ListJobOpeningsQuery, UpdateJobOpeningDto } from './job-opening.dto.js';
import { JobOpening } from './job-opening.entity.js';
import { openingEvent } from './job-opening.events.js';
import { type OpeningAction, type Transition, transitionOf } from './job-opening.lifecycle.js';
import { applyFields, assertNotOver, completeDetails } from './opening-fields.js';

const EDITABLE: readonly JobOpening['status'][] = ['draft', 'returned', 'pending', 'published'];

/** Job openings (Mẫu 01): entered, approved, published, ended. */
@Injectable()
export class JobOpeningService {
  constructor(
    @InjectRepository(JobOpening) private readonly openings: Repository<JobOpening>,
    private readonly outbox: Outbox,
  ) {}

  /** A draft. An employer's own account may leave the employer out; an officer names one or none. */
  async create(
    dto: CreateJobOpeningDto,
    caller: Principal,
    request: IdempotentRequest,
  ): Promise<{ id: string }> {
    return this.outbox.transaction((tx) =>
      once(tx, request, async () => {
        const opening = blankOpening(uuidv7(), caller.subject);
        await this.setEmployer(tx, opening, dto.employerId, caller);
        applyFields(opening, dto);
        await tx.insert(JobOpening, opening);
        await this.outbox.append(tx, [openingEvent(opening, 'drafted')]);
        return { id: opening.id };
      }),
    );
  }

  /** @throws Problem 404 also when the opening is not the caller's to see */
  async get(id: string, caller: Principal): Promise<JobOpening> {
    const opening = await this.visible(caller).andWhere('o.id = :id', { id }).getOne();
    if (!opening) throw openingNotFound();
    return opening;
  }

  async list(query: ListJobOpeningsQuery, caller: Principal): Promise<Page<JobOpening>> {
    const visible = this.visible(caller);
    if (query.status) visible.andWhere('o.status = :status', { status: query.status });
    if (query.employerId) visible.andWhere('o.employer_id = :employer', { employer: query.employerId });
    if (query.q)
      visible.andWhere('o.title_folded LIKE :q', { q: `%${fold(query.q).replace(/[\\%_]/g, '\\$&')}%` });
    const total = await visible.getCount();
    if (query.cursor) {
      const [at, id] = decodeCursor(query.cursor, isTextPair);
      visible.andWhere('(o.updated_at, o.id) < (:at::timestamptz, :id::uuid)', { at, id });
    }
    const items = await visible
      .orderBy('o.updated_at', 'DESC')
      .addOrderBy('o.id', 'DESC')
      .limit(query.limit)
      .getMany();
    const last = items.length === query.limit ? items.at(-1) : undefined;
    return {
      items,
      total,
      totalIsExact: true,
      nextCursor: last && encodeCursor([last.updatedAt.toISOString(), last.id]),
    };
  }

  /** @throws Problem 412 when somebody has changed it since `version`, 409 when its state allows no edits */
  async update(
    id: string,
    dto: UpdateJobOpeningDto,
    version: number,
    caller: Principal,
  ): Promise<JobOpening> {
    return this.outbox.transaction(async (tx) => {
      const opening = await this.lockVisible(tx, id, caller);
      if (opening.version !== version) throw staleVersion(opening.version);
      if (!EDITABLE.includes(opening.status)) throw notInThisState(opening);
      if (opening.source !== null) {
        throw conflict('openings.imported', {
          vi: 'Tin nhập từ nguồn khác chỉ được sửa ở nguồn',
          en: 'An imported posting is edited at its source',
        });
      }
      if (dto.employerId !== undefined) await this.setEmployer(tx, opening, dto.employerId, caller);
      applyFields(opening, dto);
      // What an employer changes in a published posting is looked at again by an officer.
      const again = opening.status === 'published' && caller.role === 'employer';
      if (again) opening.status = 'pending';
      await this.store(tx, opening, again ? 'submitted' : 'revised', again);
      return opening;
    });
  }

  /** @throws Problem 409 `openings.action-not-allowed` when the table has no such transition from this state */
  async act(
    id: string,
    action: OpeningAction,
    reason: string | null,
    caller: Principal,
  ): Promise<JobOpening> {
    return this.outbox.transaction(async (tx) => {
      const opening = await this.lockVisible(tx, id, caller);
      const transition = transitionOf(opening.status, action);
      if (!transition) throw notInThisState(opening);
      if (!caller.role || !transition.by.includes(caller.role)) {
        throw new Problem({
          status: 403,
          code: 'openings.forbidden',
          title: { vi: 'Bạn không có quyền làm việc này', en: 'You may not do this' },
        });
      }
      if (transition.needsReason && !reason) {
        throw invalidField('reason', 'openings.reason-required', {
          vi: 'Cần nêu lý do.',
          en: 'A reason is required.',
        });
      }
      if (transition.to === 'pending' || transition.to === 'published') assertNotOver(opening);
      if (transition.to === 'published') await assertEmployerApproved(tx, opening);
      await this.transit(tx, opening, transition, reason);
      return opening;
    });
  }

  private async transit(
    tx: EntityManager,
    opening: JobOpening,
    transition: Transition,
    reason: string | null,
  ): Promise<void> {
    const wasPublic = opening.publishedAt !== null;
    const now = new Date();
    opening.status = transition.to;
    if (transition.to === 'published') opening.publishedAt = now;
    if (transition.to === 'returned') opening.returnReason = reason;
    if (transition.to === 'closed') opening.closeReason = reason;
    opening.endedAt = ['closed', 'filled', 'expired'].includes(transition.to) ? now : null;
    await this.store(tx, opening, transition.happening, wasPublic);
  }

  private async store(
    tx: EntityManager,
    opening: JobOpening,
    happening: string,
    wasPublic: boolean,
  ): Promise<void> {
    opening.version += 1;
    opening.updatedAt = new Date();
    await tx.save(JobOpening, opening);
    await this.outbox.append(tx, [openingEvent(opening, happening)]);
    // A public posting that goes back to the officers is gone from the public's view.
    if (opening.status === 'published' || wasPublic) await recordInFeed(tx, [opening]);
  }

  private async setEmployer(
    tx: EntityManager,
    opening: JobOpening,
    employerId: string | null | undefined,
    caller: Principal,
  ): Promise<void> {
    const employer =
      caller.role === 'employer' && !employerId
        ? await tx.findOneBy(Employer, { organisationId: caller.organisationId ?? '' })
        : employerId && (await lockEmployer(tx, employerId));
    if (caller.role === 'employer' && !employer) throw employerNotFound();
    if (employerId && (!employer || !maySeeEmployer(employer, caller))) {
      throw invalidField('employerId', 'openings.employer-not-found', {
        vi: 'Không tìm thấy đơn vị sử dụng lao động.',
        en: 'There is no such employer.',
      });
    }
    opening.employerId = employer ? employer.id : null;
    opening.employerName = employer ? employer.legalName : null;
    opening.employerIsPerson = employer ? isNaturalPerson(employer) : false;
  }

  private async lockVisible(tx: EntityManager, id: string, caller: Principal): Promise<JobOpening> {
    const opening = await this.visible(caller, tx)
      .andWhere('o.id = :id', { id })
      .setLock('pessimistic_write')
      .getOne();
    if (!opening) throw openingNotFound();
    return opening;
  }

  /** Ownership and area, in the query: an employer's own; an officer's provinces and postings without one. */
  private visible(
    caller: Principal,
    tx: EntityManager = this.openings.manager,
  ): SelectQueryBuilder<JobOpening> {
    const query = tx.createQueryBuilder(JobOpening, 'o');
    if (caller.role === 'employer') {
      return query.where('o.employer_id IN (SELECT e.id FROM employer e WHERE e.organisation_id = :org)', {
        org: caller.organisationId ?? '',
      });
    }
    if (caller.areas.includes('*')) return query.where('true');
    return query.where(
      `(o.area_province_code IS NULL OR o.area_province_code = ANY(:areas)
        OR EXISTS (SELECT FROM jsonb_array_elements(o.workplaces) w WHERE w->>'provinceCode' = ANY(:areas)))`,
      { areas: caller.areas },
    );
  }
}

/** An opening of which nothing is known yet. */
export function blankOpening(id: string, createdBy: string): JobOpening {
  const now = new Date();
  return Object.assign(new JobOpening(), {
    id,
    version: 1,
    status: 'draft',
    source: null,
    sourceId: null,
    employerId: null,
    employerName: null,
    employerIsPerson: false,
    employerKey: null,
    title: '',
    titleFolded: '',
    quantity: null,
    occupationCode: null,
    occupationProposals: [],
    positionLevel: null,
    workplaces: [],
    otherPlacesCount: 0,
    payKind: 'negotiable',
    payMin: null,
    payMax: null,
    payCurrency: null,
    payText: null,
    experienceMinMonths: null,
    experienceMaxMonths: null,
    deadline: null,
    expiresOn: null,
    publishedAt: null,
    endedAt: null,
    hiredCount: 0,
    hiredViaCentreCount: 0,
    areaProvinceCode: null,
    details: completeDetails({}),
    returnReason: null,
    closeReason: null,
    lastSeenOn: null,
    contentHash: null,
    createdBy,
    createdAt: now,
    updatedAt: now,
  } satisfies Partial<JobOpening>);
}

async function assertEmployerApproved(tx: EntityManager, opening: JobOpening): Promise<void> {
  if (!opening.employerId) return;
  const employer = await tx.findOneBy(Employer, { id: opening.employerId });
  if (employer?.verificationStatus !== 'approved') {
    throw conflict(
      'openings.employer-not-approved',
      { vi: 'Đơn vị sử dụng lao động chưa được xác minh', en: 'The employer is not verified yet' },
      {
        vi: 'Hãy xác minh đơn vị trước khi duyệt tin.',
        en: 'Verify the employer before approving the posting.',
      },
    );
  }
}

function notInThisState(opening: JobOpening): Problem {
  return conflict(
    'openings.action-not-allowed',
    { vi: 'Không thể làm việc này ở trạng thái hiện tại', en: 'Not possible in the current state' },
    { vi: `Trạng thái: ${opening.status}`, en: `Status: ${opening.status}` },
  );
}

export function openingNotFound(): Problem {
  return notFound(
    'openings.job-opening-not-found',
    'Không tìm thấy tin tuyển dụng',
    'There is no such opening',
  );
}
