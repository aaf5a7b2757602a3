import { type JobOpeningState, jobOpeningTopic } from '#contracts';
import type { EventDraft } from '#events';
import type { JobOpening } from './job-opening.entity.js';

/** The opening as its events carry it. */
export function stateOf(opening: JobOpening): JobOpeningState {
  return {
    id: opening.id,
    version: opening.version,
    status: opening.status,
    source: opening.source,
    sourceId: opening.sourceId,
    employer: {
      id: opening.employerId,
      name: opening.employerIsPerson ? null : opening.employerName,
      key: opening.employerKey,
    },
    title: opening.title,
    quantity: opening.quantity,
    occupationCode: opening.occupationCode,
    occupationProposals: opening.occupationProposals,
    positionLevel: opening.positionLevel,
    workplaces: publicWorkplaces(opening),
    otherPlacesCount: opening.otherPlacesCount,
    pay: {
      kind: opening.payKind,
      min: opening.payMin,
      max: opening.payMax,
      currency: opening.payCurrency,
      text: opening.payText,
    },
    experience: { minMonths: opening.experienceMinMonths, maxMonths: opening.experienceMaxMonths },
    deadline: opening.deadline,
    expiresOn: opening.expiresOn,
    publishedAt: opening.publishedAt?.toISOString() ?? null,
    endedAt: opening.endedAt?.toISOString() ?? null,
    hiredCount: opening.hiredCount,
    hiredViaCentreCount: opening.hiredViaCentreCount,
    areaProvinceCode: opening.areaProvinceCode,
    details: opening.employerIsPerson ? { ...opening.details, contact: null } : opening.details,
  };
}

/** What is written beside the codes of a natural person's workplace is where that person lives. */
function publicWorkplaces({ employerIsPerson, workplaces }: JobOpening): JobOpeningState['workplaces'] {
  if (!employerIsPerson) return workplaces;
  return workplaces.filter((place) => place.provinceCode).map((place) => ({ ...place, text: null }));
}

export function openingEvent(opening: JobOpening, happening: string): EventDraft<JobOpeningState> {
  return { topic: jobOpeningTopic, happening, key: opening.id, state: stateOf(opening) };
}
