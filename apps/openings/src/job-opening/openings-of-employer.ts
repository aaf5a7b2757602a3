import type { EntityManager } from 'typeorm';
import type { Outbox } from '#events';
import type { Employer } from '../employer/employer.entity.js';
import { isNaturalPerson } from '../employer/employer.events.js';
import { recordInFeed } from '../feed/feed.js';
import { JobOpening } from './job-opening.entity.js';
import { openingEvent } from './job-opening.events.js';
import { applyTransition, transitionOf } from './job-opening.lifecycle.js';

/** An employer's name has changed: its openings say so too, each with a version of its own. */
export async function republishOpeningsOf(
  tx: EntityManager,
  outbox: Outbox,
  employer: Employer,
): Promise<void> {
  await changeOpeningsOf(tx, outbox, employer, 'revised', {}, (opening) => {
    opening.employerName = employer.legalName;
    opening.employerIsPerson = isNaturalPerson(employer);
  });
}

/** A suspended employer has nothing in public. */
export async function closeOpeningsOf(tx: EntityManager, outbox: Outbox, employer: Employer): Promise<void> {
  const reason = `Đơn vị bị đình chỉ: ${employer.verificationReason ?? ''}`;
  const close = transitionOf('published', 'close');
  await changeOpeningsOf(tx, outbox, employer, 'closed', { status: 'published' }, (opening) => {
    if (close) applyTransition(opening, close, reason);
  });
}

async function changeOpeningsOf(
  tx: EntityManager,
  outbox: Outbox,
  employer: Employer,
  happening: string,
  which: { status?: JobOpening['status'] },
  change: (opening: JobOpening) => void,
): Promise<void> {
  const openings = await tx.find(JobOpening, {
    where: { employerId: employer.id, ...which },
    lock: { mode: 'pessimistic_write' },
    order: { id: 'ASC' },
  });
  for (const opening of openings) {
    change(opening);
    opening.version += 1;
    opening.updatedAt = new Date();
  }
  await tx.save(JobOpening, openings, { chunk: 500 });
  await outbox.append(
    tx,
    openings.map((opening) => openingEvent(opening, happening)),
  );
  await recordInFeed(tx, openings);
}
