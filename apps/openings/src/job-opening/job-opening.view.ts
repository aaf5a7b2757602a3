import type { JobOpeningState } from '#contracts';
import type { Principal } from '#platform';
import type { JobOpening } from './job-opening.entity.js';
import { stateOf } from './job-opening.events.js';
import { actionsFor, type OpeningAction } from './job-opening.lifecycle.js';

/** An opening as those who work on it see it. */
export interface OpeningView extends JobOpeningState {
  returnReason: string | null;
  closeReason: string | null;
  lastSeenOn: string | null;
  createdAt: string;
  updatedAt: string;
  /** What the caller may do with it now. */
  actions: OpeningAction[];
}

export function viewOf(opening: JobOpening, caller: Principal): OpeningView {
  return {
    ...stateOf(opening),
    employer: { id: opening.employerId, name: opening.employerName, key: opening.employerKey },
    workplaces: opening.workplaces,
    details: opening.details,
    returnReason: opening.returnReason,
    closeReason: opening.closeReason,
    lastSeenOn: opening.lastSeenOn,
    createdAt: opening.createdAt.toISOString(),
    updatedAt: opening.updatedAt.toISOString(),
    actions: actionsFor(opening.status, caller.role),
  };
}
