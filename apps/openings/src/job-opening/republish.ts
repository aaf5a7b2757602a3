import type { EntityManager } from 'typeorm';
import type { Outbox } from '#events';
import type { Employer } from '../employer/employer.entity.js';
import { isNaturalPerson } from '../employer/employer.events.js';
import { recordInFeed } from '../feed/feed.js';
import { JobOpening } from './job-opening.entity.js';
import { openingEvent } from './job-opening.events.js';

/** An employer's public name has changed: its openings say so too, each with a version of its own. */
export async function republishOpeningsOf(
  tx: EntityManager,
  outbox: Outbox,
  employer: Employer,
): Promise<void> {
  const openings = await tx.find(JobOpening, {
    where: { employerId: employer.id },
    lock: { mode: 'pessimistic_write' },
    order: { id: 'ASC' },
  });
  for (const opening of openings) {
    opening.employerName = employer.legalName;
    opening.employerIsPerson = isNaturalPerson(employer);
    opening.version += 1;
    opening.updatedAt = new Date();
  }
  await tx.save(JobOpening, openings, { chunk: 500 });
  await outbox.append(
    tx,
    openings.map((opening) => openingEvent(opening, 'revised')),
  );
  await recordInFeed(tx, openings);
}
