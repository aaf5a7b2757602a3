import type { EmployerState } from '#contracts';

type Status = EmployerState['verificationStatus'];

/** What an officer says of an employer: from which states, and what it comes to. */
export const VERIFICATIONS = {
  approve: { from: ['pending', 'rejected', 'suspended'], to: 'approved', happening: 'approved' },
  reject: { from: ['pending'], to: 'rejected', happening: 'rejected' },
  suspend: { from: ['approved'], to: 'suspended', happening: 'suspended' },
} as const satisfies Record<string, { from: Status[]; to: Status; happening: Status }>;
export type Verification = keyof typeof VERIFICATIONS;

const verifications = Object.keys(VERIFICATIONS) as Verification[];

/** What can be said of an employer in its present state. */
export function verificationsOf(employer: { verificationStatus: Status }): Verification[] {
  return verifications.filter((one) => isPossible(one, employer));
}

export function isPossible(verification: Verification, employer: { verificationStatus: Status }): boolean {
  const from: readonly Status[] = VERIFICATIONS[verification].from;
  return from.includes(employer.verificationStatus);
}
