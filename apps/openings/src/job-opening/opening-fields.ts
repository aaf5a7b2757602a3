import { type JobOpeningState, openingDetails } from '#contracts';
import { conflict, invalidField } from '#platform';
import {
  addDays,
  addMonths,
  fold,
  FURTHEST_DEADLINE_YEARS,
  isLocalDate,
  localDate,
  occupation,
} from '#reference';
import { assertPlace } from '../places.js';
import type { CreateJobOpeningDto, UpdateJobOpeningDto } from './job-opening.dto.js';
import type { JobOpening } from './job-opening.entity.js';

type Details = JobOpeningState['details'];

const NO_DETAILS: Details = {
  description: null,
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

/** The form's further fields with everything that was not said as unknown. */
export function completeDetails(given: unknown, before: Details = NO_DETAILS): Details {
  const merged = { ...before, ...(withoutUndefined(given) as object) } as Record<string, unknown>;
  const nulls = (value: unknown, names: string[]): unknown =>
    value && typeof value === 'object'
      ? { ...Object.fromEntries(names.map((name) => [name, null])), ...(withoutUndefined(value) as object) }
      : value;
  merged['contact'] = nulls(merged['contact'], ['name', 'phone', 'email', 'address']);
  merged['workConditions'] = nulls(merged['workConditions'], [
    'place',
    'lifting',
    'standing',
    'hearing',
    'vision',
    'handWork',
    'hands',
  ]);
  merged['languages'] = (merged['languages'] as object[]).map((language) =>
    nulls(language, ['certificate', 'proficiency']),
  );
  return openingDetails.parse(merged);
}

/** Puts what was given onto the opening; what was left out stays as it is. Checks what spans several fields. */
export function applyFields(opening: JobOpening, dto: CreateJobOpeningDto | UpdateJobOpeningDto): void {
  if (dto.title !== undefined) {
    opening.title = dto.title;
    opening.titleFolded = fold(dto.title);
  }
  if (dto.quantity !== undefined) opening.quantity = dto.quantity;
  if (dto.occupationCode !== undefined) opening.occupationCode = dto.occupationCode;
  if (dto.positionLevel !== undefined) opening.positionLevel = dto.positionLevel;
  if (dto.otherPlacesCount !== undefined) opening.otherPlacesCount = dto.otherPlacesCount;
  if (dto.workplaces !== undefined) {
    opening.workplaces = dto.workplaces.map((place) => ({
      provinceCode: place.provinceCode ?? null,
      communeCode: place.communeCode ?? null,
      text: place.text ?? null,
    }));
    opening.areaProvinceCode = opening.workplaces[0]?.provinceCode ?? null;
  }
  if (dto.pay !== undefined) {
    opening.payKind = dto.pay.kind;
    opening.payMin = dto.pay.min ?? null;
    opening.payMax = dto.pay.max ?? null;
    opening.payCurrency = dto.pay.currency ?? null;
    opening.payText = dto.pay.text ?? null;
  }
  if (dto.experience !== undefined) {
    opening.experienceMinMonths = dto.experience.minMonths ?? null;
    opening.experienceMaxMonths = dto.experience.maxMonths ?? null;
  }
  if (dto.deadline !== undefined) opening.deadline = dto.deadline;
  if (dto.details !== undefined) opening.details = completeDetails(dto.details, opening.details);
  assertConsistent(opening);
}

function assertConsistent(opening: JobOpening): void {
  opening.workplaces.forEach((place, index) => assertPlace(place, `workplaces.${index}`));
  if (opening.workplaces.some((place) => !place.provinceCode && !place.text)) {
    throw invalidField('workplaces', 'openings.workplace-empty', {
      vi: 'Mỗi nơi làm việc cần có tỉnh hoặc mô tả.',
      en: 'Each workplace needs a province or a description.',
    });
  }
  if (opening.occupationCode && !occupation(opening.occupationCode)) {
    throw invalidField('occupationCode', 'openings.unknown-occupation', {
      vi: 'Không có nghề mang mã này.',
      en: 'There is no occupation with this code.',
    });
  }
  const { payMin, payMax, payCurrency } = opening;
  if (payMin !== null && payMax !== null && payMin > payMax) {
    throw invalidField('pay.max', 'openings.pay-range', {
      vi: 'Mức lương cao nhất phải không nhỏ hơn mức thấp nhất.',
      en: 'The highest pay must not be below the lowest.',
    });
  }
  if ((payMin !== null || payMax !== null) && !payCurrency) {
    throw invalidField('pay.currency', 'openings.pay-currency', {
      vi: 'Cần nêu loại tiền của mức lương.',
      en: 'Pay needs a currency.',
    });
  }
  const { experienceMinMonths: least, experienceMaxMonths: most } = opening;
  if (least !== null && most !== null && least >= most) {
    throw invalidField('experience.maxMonths', 'openings.experience-range', {
      vi: 'Kinh nghiệm tối đa phải lớn hơn tối thiểu.',
      en: 'The upper end of the experience must be above the lower one.',
    });
  }
  if (opening.deadline && !isLocalDate(opening.deadline)) {
    throw invalidField('deadline', 'openings.not-a-date', {
      vi: 'Ngày hết hạn không có trong lịch.',
      en: 'The deadline is not a date of the calendar.',
    });
  }
}

/** A posting without a deadline is shown for so many days, so that none stays for ever. */
const SHOWN_DAYS = 90;

/** The last day on which the opening is shown. That of an imported posting follows from when it was last seen. */
export function setExpiry(opening: JobOpening): void {
  if (opening.source !== null) return;
  const { deadline, publishedAt } = opening;
  opening.expiresOn = deadline ?? (publishedAt && addDays(localDate(publishedAt), SHOWN_DAYS));
}

/**
 * Whether it can be shown now.
 * @throws Problem 422 when the last day to apply is over or too far ahead, 409 when its source has not shown it for long
 */
export function assertTimely(opening: JobOpening, now = new Date()): void {
  const today = localDate(now);
  if (opening.deadline && opening.deadline < today) {
    throw invalidField('deadline', 'openings.deadline-over', {
      vi: 'Hạn nộp hồ sơ đã qua; hãy sửa hạn trước.',
      en: 'The deadline is over; change it first.',
    });
  }
  if (opening.deadline && opening.deadline > addMonths(today, 12 * FURTHEST_DEADLINE_YEARS)) {
    throw invalidField('deadline', 'openings.deadline-too-far', {
      vi: 'Hạn nộp hồ sơ không được quá hai năm kể từ hôm nay.',
      en: 'The deadline must be within two years from today.',
    });
  }
  if (opening.source !== null && opening.expiresOn && opening.expiresOn < today) {
    throw conflict(
      'openings.not-seen-lately',
      { vi: 'Nguồn không còn đăng tin này', en: 'The source no longer shows this posting' },
      { vi: `Thấy lần cuối ngày ${opening.lastSeenOn}.`, en: `Last seen on ${opening.lastSeenOn}.` },
    );
  }
}

function withoutUndefined(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return {};
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined));
}
