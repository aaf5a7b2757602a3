import { describe, expect, it } from '@jest/globals';
import { jobOpeningTopic, openingStatuses } from '#contracts';
import { roles } from '#platform';
import {
  actionsFor,
  type OpeningAction,
  openingActions,
  transitionOf,
  transitions,
} from './job-opening.lifecycle.js';

type Status = (typeof openingStatuses)[number];

/** The whole table: what each action makes of each state; what is not here is refused. */
const NEXT: Record<OpeningAction, Partial<Record<Status, Status>>> = {
  submit: { draft: 'pending', returned: 'pending' },
  approve: { pending: 'published' },
  return: { pending: 'returned' },
  close: { draft: 'closed', pending: 'closed', returned: 'closed', published: 'closed' },
  markFilled: { published: 'filled' },
  reopen: { closed: 'draft', expired: 'draft', filled: 'draft' },
  expire: { published: 'expired' },
};
const WHO: Record<OpeningAction, readonly string[]> = {
  submit: ['employer', 'centreOfficer'],
  approve: ['centreOfficer'],
  return: ['centreOfficer'],
  close: ['employer', 'centreOfficer'],
  markFilled: ['employer', 'centreOfficer'],
  reopen: ['employer', 'centreOfficer'],
  expire: ['clock'],
};

describe('The life of a job opening', () => {
  it.each(openingActions.flatMap((action) => openingStatuses.map((status) => [action, status] as const)))(
    '%s of a %s opening does what the table says',
    (action, status) => {
      expect(transitionOf(status, action)?.to).toBe(NEXT[action][status]);
    },
  );

  it.each(openingStatuses)('a %s opening offers each role exactly what it may do', (status) => {
    for (const role of roles) {
      const allowed = openingActions.filter(
        (action) => NEXT[action][status] !== undefined && WHO[action].includes(role),
      );
      expect({ role, actions: actionsFor(status, role).sort() }).toEqual({ role, actions: allowed.sort() });
    }
    expect(actionsFor(status, undefined)).toEqual([]);
  });

  it('each state follows from exactly one transition per action, and its event is of the contract', () => {
    for (const { action, from, happening } of transitions) {
      expect(jobOpeningTopic.happenings).toContain(happening);
      for (const status of from) {
        expect(transitions.filter((t) => t.action === action && t.from.includes(status))).toHaveLength(1);
      }
    }
  });

  it('sending back and closing need a reason, the rest none', () => {
    expect(transitions.filter((t) => t.needsReason).map(({ action }) => action)).toEqual(['return', 'close']);
  });
});
