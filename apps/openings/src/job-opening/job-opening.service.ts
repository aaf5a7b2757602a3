import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Outbox } from '#events';
import {
  conflict,
  covers,
  type IdempotentRequest,
  invalidField,
  notFound,
  once,
  type Principal,
  Problem,
} from '#platform';
import type { CreateJobOpeningDto } from './job-opening.dto.js';
import { JobOpening } from './job-opening.entity.js';
import { openingEvent } from './job-opening.events.js';
import { type OpeningAction, transitionOf } from './job-opening.lifecycle.js';

@Injectable()
export class JobOpeningService {
  constructor(
    @InjectRepository(JobOpening) private readonly openings: Repository<JobOpening>,
    private readonly outbox: Outbox,
  ) {}

  async create(
    dto: CreateJobOpeningDto,
    caller: Principal,
    request: IdempotentRequest,
  ): Promise<{ id: string }> {
    return this.outbox.transaction((tx) =>
      once(tx, request, async () => {
        const now = new Date();
        const opening = tx.create(JobOpening, {
          id: uuidv7(),
          version: 1,
          status: 'draft',
          source: null,
          sourceId: null,
          employerId: dto.employerId,
          employerName: null,
          employerKey: null,
          title: dto.title.trim(),
          quantity: dto.quantity,
          occupationCode: dto.occupationCode,
          occupationProposals: [],
          positionLevel: dto.positionLevel,
          workplaces: dto.workplaces,
          otherPlacesCount: 0,
          payKind: dto.pay.kind,
          payMin: dto.pay.min,
          payMax: dto.pay.max,
          payCurrency: dto.pay.currency,
          payText: dto.pay.text,
          experienceMinMonths: null,
          experienceMaxMonths: null,
          deadline: dto.deadline,
          expiresOn: dto.deadline,
          publishedAt: null,
          endedAt: null,
          hiredCount: 0,
          hiredViaCentreCount: 0,
          areaProvinceCode: dto.workplaces[0]?.provinceCode ?? null,
          details: emptyDetails(dto.description),
          returnReason: null,
          createdBy: caller.subject,
          createdAt: now,
          updatedAt: now,
        });
        await tx.insert(JobOpening, opening);
        await this.outbox.append(tx, [openingEvent(opening, 'drafted')]);
        return { id: opening.id };
      }),
    );
  }

  /** @throws Problem 404 also when the opening is not the caller's to see */
  async get(id: string, caller: Principal): Promise<JobOpening> {
    const opening = await this.openings.findOneBy({ id });
    if (!opening || !maySee(opening, caller)) throw openingNotFound();
    return opening;
  }

  /** @throws Problem 409 `openings.action-not-allowed` when the table has no such transition for the caller */
  async act(
    id: string,
    action: OpeningAction,
    reason: string | undefined,
    caller: Principal,
  ): Promise<JobOpening> {
    return this.outbox.transaction(async (tx) => {
      const opening = await lock(tx, id);
      if (!opening || !maySee(opening, caller)) throw openingNotFound();
      const transition = transitionOf(opening.status, action);
      if (!transition) {
        throw conflict(
          'openings.action-not-allowed',
          {
            vi: 'Không thể làm việc này khi tin đang ở trạng thái hiện tại',
            en: 'Not possible in the current state',
          },
          { vi: `Trạng thái: ${opening.status}`, en: `Status: ${opening.status}` },
        );
      }
      if (!caller.role || !transition.by.includes(caller.role)) {
        throw new Problem({
          status: 403,
          code: 'openings.forbidden',
          title: { vi: 'Bạn không có quyền làm việc này', en: 'You may not do this' },
        });
      }
      if (transition.needsReason && !reason?.trim()) {
        throw invalidField('reason', 'openings.reason-required', {
          vi: 'Cần nêu lý do.',
          en: 'A reason is required.',
        });
      }
      const now = new Date();
      opening.status = transition.to;
      opening.version += 1;
      opening.updatedAt = now;
      if (transition.to === 'published') opening.publishedAt ??= now;
      if (transition.to === 'returned') opening.returnReason = reason ?? null;
      if (['closed', 'expired', 'filled'].includes(transition.to)) opening.endedAt = now;
      await tx.save(JobOpening, opening);
      await this.outbox.append(tx, [openingEvent(opening, transition.happening)]);
      return opening;
    });
  }
}

function lock(tx: EntityManager, id: string): Promise<JobOpening | null> {
  return tx.findOne(JobOpening, { where: { id }, lock: { mode: 'pessimistic_write' } });
}

function maySee(opening: JobOpening, caller: Principal): boolean {
  if (caller.role === 'employer')
    return opening.employerId !== null && opening.employerId === caller.organisationId;
  return covers(caller, opening.areaProvinceCode);
}

function openingNotFound(): Problem {
  return notFound(
    'openings.job-opening-not-found',
    'Không tìm thấy tin tuyển dụng',
    'There is no such opening',
  );
}

function emptyDetails(description: string | null): JobOpening['details'] {
  return {
    description,
    minEducation: null,
    minTechnicalLevel: null,
    specialty: null,
    skillGrade: null,
    languages: [],
    itSkills: [],
    softSkills: [],
    contractKind: null,
    employmentForm: null,
    workSchedule: null,
    workPurpose: null,
    extraDemands: [],
    meals: null,
    benefits: [],
    workConditions: null,
    priorityGroups: [],
    recruitMethods: [],
    contact: null,
  };
}
