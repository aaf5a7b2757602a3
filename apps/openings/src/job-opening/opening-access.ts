import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { covers, invalidField, notFound, type Principal, type Problem } from '#platform';
import { JobOpening } from './job-opening.entity.js';

/**
 * Ownership and area, in the query. An employer works on its own openings; an officer on those of the provinces
 * of the centre, which is the province of the first workplace, and on those whose place is unknown.
 */
export function visibleOpenings(tx: EntityManager, caller: Principal): SelectQueryBuilder<JobOpening> {
  const query = tx.createQueryBuilder(JobOpening, 'o');
  if (caller.role === 'employer') {
    return query.where('o.employer_id IN (SELECT e.id FROM employer e WHERE e.organisation_id = :org)', {
      org: caller.organisationId ?? '',
    });
  }
  if (caller.areas.includes('*')) return query.where('true');
  return query.where('(o.area_province_code IS NULL OR o.area_province_code = ANY(:areas))', {
    areas: caller.areas,
  });
}

/** Locks an opening for a change. @throws Problem 404 also when it is not the caller's to see */
export async function lockVisibleOpening(
  tx: EntityManager,
  id: string,
  caller: Principal,
): Promise<JobOpening> {
  const opening = await visibleOpenings(tx, caller)
    .andWhere('o.id = :id', { id })
    .setLock('pessimistic_write')
    .getOne();
  if (!opening) throw openingNotFound();
  return opening;
}

/** An officer enters openings of the own area only. @throws Problem 422 */
export function assertInArea(opening: JobOpening, caller: Principal): void {
  if (caller.role === 'employer' || covers(caller, opening.areaProvinceCode, 'everyOfficer')) return;
  throw invalidField('workplaces.0.provinceCode', 'openings.outside-area', {
    vi: 'Nơi làm việc đầu tiên nằm ngoài địa bàn bạn phụ trách.',
    en: 'The first workplace is outside the area that you are responsible for.',
  });
}

export function openingNotFound(): Problem {
  return notFound(
    'openings.job-opening-not-found',
    'Không tìm thấy tin tuyển dụng',
    'There is no such opening',
  );
}
