import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, Repository } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Outbox } from '#events';
import {
  type AuditDraft,
  AuditLog,
  conflict,
  decodeCursor,
  encodeCursor,
  type IdempotentRequest,
  invalidField,
  once,
  type Page,
  type Principal,
  Problem,
  staleVersion,
} from '#platform';
import { fold } from '#reference';
import { act, fieldsOf } from '../audit.js';
import { countUpTo, isUuid, MAX_COUNTED } from '../count.js';
import { Employer } from '../employer/employer.entity.js';
import { isNaturalPerson } from '../employer/employer.events.js';
import { employerNotFound, maySeeEmployer } from '../employer/employer.service.js';
import { recordInFeed } from '../feed/feed.js';
import { blankOpening } from './blank-opening.js';
import type { CreateJobOpeningDto, ListJobOpeningsQuery, UpdateJobOpeningDto } from './job-opening.dto.js';
import { JobOpening } from './job-opening.entity.js';
import { openingEvent } from './job-opening.events.js';
import { applyTransition, type OpeningAction, transitionOf } from './job-opening.lifecycle.js';
import { assertInArea, lockVisibleOpening, openingNotFound, visibleOpenings } from './opening-access.js';
import { applyFields, assertTimely, setExpiry } from './opening-fields.js';

const EDITABLE: readonly JobOpening['status'][] = ['draft', 'returned', 'pending', 'published'];

/** Job openings (Mẫu 01): entered, approved, published, ended. */
@Injectable()
export class JobOpeningService {
  constructor(
    @InjectRepository(JobOpening) private readonly openings: Repository<JobOpening>,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
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
        setEmployer(opening, await employerForUse(tx, dto.employerId, caller));
        applyFields(opening, dto);
        assertInArea(opening, caller);
        setExpiry(opening);
        await tx.insert(JobOpening, opening);
        await this.outbox.append(tx, [openingEvent(opening, 'drafted')]);
        await this.audit.append(tx, [act(caller, 'opening.drafted', opening.id)]);
        return { id: opening.id };
      }),
    );
  }

  /** @throws Problem 404 also when the opening is not the caller's to see */
  async get(id: string, caller: Principal): Promise<JobOpening> {
    const opening = await visibleOpenings(this.openings.manager, caller)
      .andWhere('o.id = :id', { id })
      .getOne();
    if (!opening) throw openingNotFound();
    return opening;
  }

  /** Newest first by when they were entered, so that changes made meanwhile move nothing between pages. */
  async list(query: ListJobOpeningsQuery, caller: Principal): Promise<Page<JobOpening>> {
    const visible = visibleOpenings(this.openings.manager, caller);
    if (query.status) visible.andWhere('o.status = :status', { status: query.status });
    if (query.employerId) visible.andWhere('o.employer_id = :employer', { employer: query.employerId });
    if (query.q)
      visible.andWhere('o.title_folded LIKE :q', { q: `%${fold(query.q).replace(/[\\%_]/g, '\\$&')}%` });
    const counted = await countUpTo(MAX_COUNTED, visible, 'o.id');
    if (query.cursor) {
      visible.andWhere('o.id < :after::uuid', { after: decodeCursor(query.cursor, isUuid) });
    }
    const items = await visible
      .orderBy('o.id', 'DESC')
      .limit(query.limit + 1)
      .getMany();
    const more = items.length > query.limit && items.pop() !== undefined;
    return { items, ...counted, nextCursor: more ? encodeCursor(items.at(-1)?.id) : undefined };
  }

  /** @throws Problem 412 when somebody has changed it since `version`, 409 when its state allows no edits */
  async update(
    id: string,
    dto: UpdateJobOpeningDto,
    version: number,
    caller: Principal,
  ): Promise<JobOpening> {
    return this.outbox.transaction(async (tx) => {
      // Before the opening, as everywhere: an employer is never waited for with an opening in hand.
      const employer = dto.employerId ? await employerForUse(tx, dto.employerId, caller) : null;
      const opening = await lockVisibleOpening(tx, id, caller);
      if (opening.version !== version) throw staleVersion(opening.version);
      if (!EDITABLE.includes(opening.status)) throw notInThisState(opening);
      if (opening.source !== null) assertOnlyOccupation(dto);
      if (employer || (dto.employerId === null && caller.role !== 'employer')) setEmployer(opening, employer);
      applyFields(opening, dto);
      if (employer && opening.status === 'published' && caller.role !== 'employer') assertApproved(employer);
      if (dto.workplaces) assertInArea(opening, caller);
      if (dto.deadline && opening.status !== 'draft') assertTimely(opening);
      // What an employer changes in a published posting is looked at again by an officer.
      const again = opening.status === 'published' && caller.role === 'employer';
      if (again) {
        opening.status = 'pending';
        opening.publishedAt = null;
      }
      const fields = fieldsOf(dto);
      await this.store(tx, opening, again ? 'submitted' : 'revised', [
        act(caller, 'opening.revised', id, { details: { fields, version: opening.version + 1, again } }),
      ]);
      return opening;
    });
  }

  /**
   * @param version what the caller has seen, if said: nobody approves what was edited a moment ago
   * @throws Problem 409 `openings.action-not-allowed` when the table has no such transition from this state
   */
  async act(
    id: string,
    action: OpeningAction,
    given: { reason: string | null; version?: number },
    caller: Principal,
  ): Promise<JobOpening> {
    return this.outbox.transaction(async (tx) => {
      // Before the opening, as everywhere; so it cannot be suspended until its posting is published.
      const employer = action === 'approve' ? await lockEmployerOf(tx, id) : null;
      const opening = await lockVisibleOpening(tx, id, caller);
      if (given.version !== undefined && opening.version !== given.version) {
        throw staleVersion(opening.version);
      }
      const transition = transitionOf(opening.status, action);
      if (!transition) throw notInThisState(opening);
      if (!caller.role || !transition.by.includes(caller.role)) {
        throw new Problem({
          status: 403,
          code: 'openings.forbidden',
          title: { vi: 'Bạn không có quyền làm việc này', en: 'You may not do this' },
        });
      }
      if (transition.needsReason && !given.reason) {
        throw invalidField('reason', 'openings.reason-required', {
          vi: 'Cần nêu lý do.',
          en: 'A reason is required.',
        });
      }
      if (transition.to === 'pending' || transition.to === 'published') assertTimely(opening);
      if (transition.to === 'published' && opening.employerId) {
        // Somebody has named another employer in between.
        if (employer?.id !== opening.employerId) throw staleVersion(opening.version);
        assertApproved(employer);
      }
      applyTransition(opening, transition, given.reason);
      await this.store(tx, opening, transition.happening, [
        act(caller, `opening.${transition.happening}`, id, {
          reason: given.reason,
          details: { version: opening.version + 1 },
        }),
      ]);
      return opening;
    });
  }

  private async store(
    tx: EntityManager,
    opening: JobOpening,
    happening: string,
    acts: AuditDraft[],
  ): Promise<void> {
    opening.version += 1;
    opening.updatedAt = new Date();
    setExpiry(opening);
    await tx.save(JobOpening, opening);
    await this.outbox.append(tx, [openingEvent(opening, happening)]);
    await recordInFeed(tx, [opening]);
    await this.audit.append(tx, acts);
  }
}

function setEmployer(opening: JobOpening, employer: Employer | null): void {
  opening.employerId = employer ? employer.id : null;
  opening.employerName = employer ? employer.legalName : null;
  opening.employerIsPerson = employer ? isNaturalPerson(employer) : false;
}

/** The employer that the caller names, or an employer's own; locked, so that its name cannot change meanwhile. */
async function employerForUse(
  tx: EntityManager,
  employerId: string | null | undefined,
  caller: Principal,
): Promise<Employer | null> {
  if (!employerId) {
    if (caller.role !== 'employer') return null;
    const own = await tx.findOne(Employer, {
      where: { organisationId: caller.organisationId ?? '' },
      lock: { mode: 'pessimistic_read' },
    });
    if (!own) throw employerNotFound();
    return own;
  }
  const employer = await tx.findOne(Employer, {
    where: { id: employerId },
    lock: { mode: 'pessimistic_read' },
  });
  if (!employer || !maySeeEmployer(employer, caller)) {
    throw invalidField('employerId', 'openings.employer-not-found', {
      vi: 'Không tìm thấy đơn vị sử dụng lao động.',
      en: 'There is no such employer.',
    });
  }
  return employer;
}

/** What the source says is edited there; an officer only says which occupation it is. @throws Problem 409 */
function assertOnlyOccupation(dto: UpdateJobOpeningDto): void {
  const given = Object.entries(dto).filter(([, value]) => value !== undefined);
  if (given.every(([field]) => field === 'occupationCode')) return;
  throw conflict(
    'openings.imported',
    { vi: 'Tin nhập từ nguồn khác chỉ được sửa ở nguồn', en: 'An imported posting is edited at its source' },
    { vi: 'Ở đây chỉ sửa được mã nghề.', en: 'Only its occupation code can be edited here.' },
  );
}

/** The employer that an opening names now, locked against changes. */
function lockEmployerOf(tx: EntityManager, openingId: string): Promise<Employer | null> {
  return tx
    .createQueryBuilder(Employer, 'e')
    .where('e.id = (SELECT o.employer_id FROM job_opening o WHERE o.id = :openingId)', { openingId })
    .setLock('pessimistic_read')
    .getOne();
}

/** Nothing of an employer that is not verified, or suspended, is in public. @throws Problem 409 */
function assertApproved(employer: Employer): void {
  if (employer.verificationStatus !== 'approved') {
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
