import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, Repository, type SelectQueryBuilder } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Outbox } from '#events';
import {
  AuditLog,
  conflict,
  covers,
  decodeCursor,
  encodeCursor,
  type IdempotentRequest,
  invalidField,
  notFound,
  once,
  type Page,
  type Principal,
  Problem,
  staleVersion,
} from '#platform';
import { fold } from '#reference';
import { act, fieldsOf } from '../audit.js';
import { countUpTo, isUuid, MAX_COUNTED } from '../count.js';
import { closeOpeningsOf, republishOpeningsOf } from '../job-opening/openings-of-employer.js';
import { assertPlace } from '../places.js';
import type { CreateEmployerDto, ListEmployersQuery, UpdateEmployerDto } from './employer.dto.js';
import { Employer } from './employer.entity.js';
import { employerEvent, isNaturalPerson } from './employer.events.js';
import { isPossible, type Verification, VERIFICATIONS } from './employer.verification.js';

/** Employers: registered by themselves or by an officer, verified by an officer of their province. */
@Injectable()
export class EmployerService {
  constructor(
    @InjectRepository(Employer) private readonly employers: Repository<Employer>,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
  ) {}

  async create(
    dto: CreateEmployerDto,
    caller: Principal,
    request: IdempotentRequest,
  ): Promise<{ id: string }> {
    if (caller.role === 'employer' && !caller.organisationId) {
      throw conflict('openings.no-organisation', {
        vi: 'Tài khoản chưa thuộc đơn vị sử dụng lao động nào',
        en: 'The account belongs to no organisation',
      });
    }
    assertPlace(dto);
    assertInArea(dto.provinceCode, caller);
    return this.outbox.transaction((tx) =>
      once(tx, request, async () => {
        const now = new Date();
        const employer = tx.create(Employer, {
          ...EMPTY,
          ...withoutUndefined(dto),
          nameFolded: fold(dto.legalName),
          id: uuidv7(),
          version: 1,
          organisationId: caller.role === 'employer' ? caller.organisationId : null,
          verificationStatus: 'pending',
          verificationReason: null,
          createdBy: caller.subject,
          createdAt: now,
          updatedAt: now,
        });
        await this.write(() => tx.insert(Employer, employer));
        await this.outbox.append(tx, [employerEvent(employer, 'registered')]);
        await this.audit.append(tx, [act(caller, 'employer.registered', employer.id)]);
        return { id: employer.id };
      }),
    );
  }

  async get(id: string, caller: Principal): Promise<Employer> {
    const employer = await this.employers.findOneBy({ id });
    if (!employer || !maySeeEmployer(employer, caller)) throw employerNotFound();
    return employer;
  }

  async list(query: ListEmployersQuery, caller: Principal): Promise<Page<Employer>> {
    const visible = this.visible(caller);
    if (query.status) visible.andWhere('e.verification_status = :status', { status: query.status });
    if (query.q) {
      const q = `%${fold(query.q).replace(/[\\%_]/g, '\\$&')}%`;
      visible.andWhere('(e.name_folded LIKE :q OR e.registration_no = :number)', {
        q,
        number: query.q.toUpperCase(),
      });
    }
    const counted = await countUpTo(MAX_COUNTED, visible, 'e.id');
    if (query.cursor) {
      const [name, id] = decodeCursor(query.cursor, isNameAndId);
      visible.andWhere('(e.legal_name, e.id) > (:name, :id::uuid)', { name, id });
    }
    const items = await visible
      .orderBy('e.legal_name')
      .addOrderBy('e.id')
      .limit(query.limit + 1)
      .getMany();
    const last = items.length > query.limit && items.pop() ? items.at(-1) : undefined;
    return { items, ...counted, nextCursor: last && encodeCursor([last.legalName, last.id]) };
  }

  async update(id: string, dto: UpdateEmployerDto, version: number, caller: Principal): Promise<Employer> {
    return this.outbox.transaction(async (tx) => {
      const employer = await lockEmployer(tx, id);
      if (!employer || !maySeeEmployer(employer, caller)) throw employerNotFound();
      if (employer.version !== version) throw staleVersion(employer.version);
      const before = { ...employer };
      Object.assign(employer, withoutUndefined(dto));
      employer.nameFolded = fold(employer.legalName);
      assertPlace(employer);
      assertIdentityKept(before, employer, caller);
      if (employer.verificationStatus === 'approved') assertTyped(employer);
      if (employer.provinceCode !== before.provinceCode) assertInArea(employer.provinceCode, caller);
      employer.version += 1;
      employer.updatedAt = new Date();
      await this.write(() => tx.save(Employer, employer));
      await this.outbox.append(tx, [employerEvent(employer, 'revised')]);
      if (employer.legalName !== before.legalName || isNaturalPerson(employer) !== isNaturalPerson(before)) {
        await republishOpeningsOf(tx, this.outbox, employer);
      }
      const details = { fields: fieldsOf(dto), version: employer.version };
      await this.audit.append(tx, [act(caller, 'employer.revised', id, { details })]);
      return employer;
    });
  }

  /** @param version the one that the caller looked at; undefined when it does not matter to them */
  async verify(
    id: string,
    verification: Verification,
    { reason, version }: { reason: string | null; version: number | undefined },
    caller: Principal,
  ): Promise<Employer> {
    return this.outbox.transaction(async (tx) => {
      const employer = await lockEmployer(tx, id);
      if (!employer || !maySeeEmployer(employer, caller)) throw employerNotFound();
      if (version !== undefined && employer.version !== version) throw staleVersion(employer.version);
      const { to, happening } = VERIFICATIONS[verification];
      if (!isPossible(verification, employer)) {
        throw conflict(
          'openings.action-not-allowed',
          { vi: 'Không thể làm việc này ở trạng thái hiện tại', en: 'Not possible in the current state' },
          { vi: `Trạng thái: ${employer.verificationStatus}`, en: `Status: ${employer.verificationStatus}` },
        );
      }
      if (to === 'approved') assertTyped(employer);
      if (verification !== 'approve' && !reason) {
        throw invalidField('reason', 'openings.reason-required', {
          vi: 'Cần nêu lý do.',
          en: 'A reason is required.',
        });
      }
      employer.verificationStatus = to;
      employer.verificationReason = reason;
      employer.version += 1;
      employer.updatedAt = new Date();
      await tx.save(Employer, employer);
      await this.outbox.append(tx, [employerEvent(employer, happening)]);
      if (to === 'suspended') await closeOpeningsOf(tx, this.outbox, employer);
      await this.audit.append(tx, [act(caller, `employer.${happening}`, id, { reason })]);
      return employer;
    });
  }

  private visible(caller: Principal): SelectQueryBuilder<Employer> {
    const query = this.employers.createQueryBuilder('e');
    if (caller.role === 'employer')
      return query.where('e.organisation_id = :org', { org: caller.organisationId ?? '' });
    if (caller.areas.includes('*')) return query.where('true');
    return query.where('(e.province_code IS NULL OR e.province_code = ANY(:areas))', { areas: caller.areas });
  }

  /** Unique violations become problems that name the field. */
  private async write(statement: () => Promise<unknown>): Promise<void> {
    try {
      await statement();
    } catch (error) {
      const { constraint } = (error as { driverError?: { constraint?: string } }).driverError ?? {};
      if (constraint === 'employer_registration_no_key') {
        throw new Problem({
          status: 409,
          code: 'openings.registration-no-taken',
          title: {
            vi: 'Mã số doanh nghiệp này đã được đăng ký',
            en: 'This registration number is registered already',
          },
          errors: [{ field: 'registrationNo', code: 'taken', message: TAKEN }],
        });
      }
      if (constraint === 'employer_organisation_id_key') {
        throw conflict('openings.employer-exists', {
          vi: 'Đơn vị này đã khai báo doanh nghiệp',
          en: 'This organisation has registered its employer already',
        });
      }
      throw error;
    }
  }
}

const TAKEN = { vi: 'đã được đăng ký', en: 'is registered already' };
const TYPE_REQUIRED = { vi: 'cần chọn loại hình', en: 'choose the kind of employer' };

/** An officer registers employers of the own area only. @throws Problem 422 */
function assertInArea(provinceCode: string | null | undefined, caller: Principal): void {
  if (caller.role === 'employer' || covers(caller, provinceCode)) return;
  throw invalidField('provinceCode', 'openings.outside-area', {
    vi: 'Tỉnh này nằm ngoài địa bàn bạn phụ trách.',
    en: 'The province is outside the area that you are responsible for.',
  });
}

/** Who was verified cannot become somebody else without an officer. @throws Problem 409 */
function assertIdentityKept(before: Employer, after: Employer, caller: Principal): void {
  if (caller.role !== 'employer' || before.verificationStatus === 'pending') return;
  const kept = (['legalName', 'registrationNo', 'employerType'] as const).every(
    (field) => before[field] === after[field],
  );
  if (kept) return;
  throw conflict(
    'openings.identity-verified',
    { vi: 'Thông tin định danh đã được xác minh', en: 'The identity has been verified' },
    {
      vi: 'Tên, mã số và loại hình chỉ cán bộ trung tâm sửa được.',
      en: 'Only an officer of the centre can change name, registration number and type.',
    },
  );
}

/** Only who is known to be no natural person is named in public. @throws Problem 409 naming the field */
function assertTyped(employer: Employer): void {
  if (employer.employerType !== null) return;
  throw new Problem({
    status: 409,
    code: 'openings.employer-type-unknown',
    title: { vi: 'Chưa rõ loại hình của đơn vị', en: 'It is not known what kind of employer this is' },
    detail: { vi: 'Hãy chọn loại hình trước khi duyệt.', en: 'Choose its type before approving it.' },
    errors: [{ field: 'employerType', code: 'required', message: TYPE_REQUIRED }],
  });
}

export function maySeeEmployer(employer: Employer, caller: Principal): boolean {
  if (caller.role === 'employer')
    return employer.organisationId !== null && employer.organisationId === caller.organisationId;
  return covers(caller, employer.provinceCode, 'everyOfficer');
}

function lockEmployer(tx: EntityManager, id: string): Promise<Employer | null> {
  return tx.findOne(Employer, { where: { id }, lock: { mode: 'pessimistic_write' } });
}

export function employerNotFound(): Problem {
  return notFound(
    'openings.employer-not-found',
    'Không tìm thấy đơn vị sử dụng lao động',
    'There is no such employer',
  );
}

const isNameAndId = (value: unknown): value is [string, string] =>
  Array.isArray(value) && typeof value[0] === 'string' && !value[0].includes('\0') && isUuid(value[1]);

/** A DTO's instance has every field, undefined where nothing was said. */
const withoutUndefined = (dto: UpdateEmployerDto): UpdateEmployerDto =>
  Object.fromEntries(Object.entries(dto).filter(([, value]) => value !== undefined));

const EMPTY = {
  registrationNo: null,
  employerType: null,
  sectorCode: null,
  sizeBand: null,
  provinceCode: null,
  communeCode: null,
  addressLine: null,
  industrialZone: null,
  areaType: null,
  phone: null,
  email: null,
  website: null,
  contactName: null,
  contactTitle: null,
};
