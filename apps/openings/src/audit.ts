import { actorOf, type AuditDraft, type Principal } from '#platform';

/**
 * An act upon openings, employers or imports as the audit trail tells it. A reason is kept as it was given: it was
 * refused with personal data in it.
 */
export function act(
  caller: Principal,
  action: `${'opening' | 'employer' | 'import' | 'import-source'}.${string}`,
  subject: string,
  more: Pick<AuditDraft, 'reason' | 'details'> = {},
): AuditDraft {
  return { action, subject, ...actorOf(caller), ...more };
}

/** Names of the fields that a request gives, without their values. */
export function fieldsOf(dto: object): string[] {
  return Object.entries(dto)
    .filter(([, value]) => value !== undefined)
    .map(([field]) => field)
    .sort();
}
