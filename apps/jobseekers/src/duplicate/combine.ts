import { fold } from '#reference';
import type { Jobseeker } from '../jobseeker/jobseeker.entity.js';
import { profileColumns } from '../jobseeker/profile.js';

const empty = (value: unknown): boolean => value === null || (Array.isArray(value) && value.length === 0);

/**
 * Two profiles of one person as one: what the kept one knows stays, what it does not know comes from the other.
 * Name and birth date are those of the verified one, as an officer saw them on the document: what nobody verified
 * must not become so. Numbers of documents and consents are not combined here. Pure but for `kept`.
 * @returns names of the fields that were filled or taken over
 */
export function fillFrom(kept: Jobseeker, other: Jobseeker): string[] {
  const filled: string[] = [];
  const form = { ...kept.form };
  const verified = [kept, other].find(({ citizenIdVerifiedAt }) => citizenIdVerifiedAt !== null);
  fill(
    kept,
    other,
    profileColumns.filter((field) => !verified || !isOnDocument(field)),
    filled,
  );
  if (verified === other) filled.push(...takeOverDocument(kept, other));
  fill(form, other.form, Object.keys(form) as (keyof typeof form)[], filled);
  kept.form = form;
  // A commune without its province, or another's, would be nonsense.
  if (filled.includes('communeCode') && !filled.includes('provinceCode')) {
    if (kept.provinceCode !== other.provinceCode) kept.communeCode = null;
  }
  kept.fullNameFolded = fold(kept.fullName);
  kept.areaProvinceCode ??= other.areaProvinceCode;
  return filled;
}

const onDocument = ['fullName', 'birthDate'] as const;
const isOnDocument = (field: string): boolean => (onDocument as readonly string[]).includes(field);

function takeOverDocument(kept: Jobseeker, { fullName, birthDate }: Jobseeker): string[] {
  const differing = onDocument.filter((field) => kept[field] !== { fullName, birthDate }[field]);
  Object.assign(kept, { fullName, birthDate });
  return differing;
}

function fill<T extends object>(kept: T, other: T, fields: readonly (keyof T)[], filled: string[]): void {
  for (const field of fields) {
    if (!empty(kept[field]) || empty(other[field])) continue;
    kept[field] = other[field];
    filled.push(String(field));
  }
}

/** The account that the one profile belongs to: the elder's, unless only the younger's person was verified. */
export function accountOf(elder: Jobseeker, younger: Jobseeker): string | null {
  const onlyYoungerVerified = younger.citizenIdVerifiedAt !== null && elder.citizenIdVerifiedAt === null;
  const [first, second] = onlyYoungerVerified ? [younger, elder] : [elder, younger];
  return first.accountId ?? second.accountId;
}

/**
 * Whether somebody could get at another person's data by the merge: an account that nobody has verified is
 * involved, and what it declared about itself may be another's.
 */
export function needsIdentityCheck(pair: readonly Jobseeker[]): boolean {
  return pair.some(
    ({ accountId, citizenIdVerifiedAt }) => accountId !== null && citizenIdVerifiedAt === null,
  );
}
