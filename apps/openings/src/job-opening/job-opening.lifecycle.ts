import type { JobOpeningState } from '#contracts';
import type { Role } from '#platform';
import type { JobOpening } from './job-opening.entity.js';

type Status = JobOpeningState['status'];

/** What can be done with an opening; `expire` is the clock's. */
export const openingActions = [
  'submit',
  'approve',
  'return',
  'close',
  'markFilled',
  'reopen',
  'expire',
] as const;
export type OpeningAction = (typeof openingActions)[number];

export interface Transition {
  action: OpeningAction;
  from: readonly Status[];
  to: Status;
  happening: string;
  /** Who may; `clock` is the platform itself. */
  by: readonly (Role | 'clock')[];
  needsReason: boolean;
}

/**
 * The life of a job opening: state × action → next state, who may do it. The same table feeds validation, the
 * buttons of the web and the diagram in the docs.
 */
export const transitions: readonly Transition[] = [
  {
    action: 'submit',
    from: ['draft', 'returned'],
    to: 'pending',
    happening: 'submitted',
    by: ['employer', 'centreOfficer'],
    needsReason: false,
  },
  {
    action: 'approve',
    from: ['pending'],
    to: 'published',
    happening: 'published',
    by: ['centreOfficer'],
    needsReason: false,
  },
  {
    action: 'return',
    from: ['pending'],
    to: 'returned',
    happening: 'returned',
    by: ['centreOfficer'],
    needsReason: true,
  },
  {
    action: 'close',
    from: ['draft', 'pending', 'returned', 'published'],
    to: 'closed',
    happening: 'closed',
    by: ['employer', 'centreOfficer'],
    needsReason: true,
  },
  {
    action: 'markFilled',
    from: ['published'],
    to: 'filled',
    happening: 'filled',
    by: ['employer', 'centreOfficer'],
    needsReason: false,
  },
  {
    action: 'reopen',
    from: ['closed', 'expired', 'filled'],
    // A draft again: its deadline is usually over and has to be edited before an officer looks at it.
    to: 'draft',
    happening: 'reopened',
    by: ['employer', 'centreOfficer'],
    needsReason: false,
  },
  {
    action: 'expire',
    from: ['published'],
    to: 'expired',
    happening: 'expired',
    by: ['clock'],
    needsReason: false,
  },
];

/** The transition of an action from a status, or undefined when it is not allowed there. */
export function transitionOf(status: Status, action: OpeningAction): Transition | undefined {
  return transitions.find((t) => t.action === action && t.from.includes(status));
}

/** What a role may do with an opening in this status. */
export function actionsFor(status: Status, role: Role | undefined): OpeningAction[] {
  return transitions
    .filter((t) => role && t.from.includes(status) && t.by.includes(role))
    .map((t) => t.action);
}

/** Puts a transition onto an opening: status, reason and the instants that go with them. */
export function applyTransition(
  opening: JobOpening,
  { to }: Transition,
  reason: string | null,
  now = new Date(),
): void {
  opening.status = to;
  if (to === 'published') opening.publishedAt = now;
  // What is worked on again is not published until an officer has looked at it.
  if (to === 'draft') opening.publishedAt = null;
  if (to === 'returned') opening.returnReason = reason;
  if (to === 'closed') opening.closeReason = reason;
  opening.endedAt = to === 'closed' || to === 'filled' || to === 'expired' ? now : null;
}
