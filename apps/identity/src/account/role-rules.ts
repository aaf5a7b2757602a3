import type { OrganisationKind } from '#contracts';
import type { Role } from '#platform';

/** The kind of organisation that a role belongs to; null: the role stands alone. */
export const organisationKindOf: Readonly<Record<Role, OrganisationKind | null>> = {
  jobseeker: null,
  centreOfficer: 'centre',
  employer: 'employer',
  school: 'school',
  agency: 'agency',
  departmentOfficer: 'department',
  administrator: null,
};

/** Roles that are responsible for provinces. Others own what they own, wherever it is. */
const areaRoles: readonly Role[] = ['centreOfficer', 'departmentOfficer'];

export function hasAreas(role: Role): boolean {
  return areaRoles.includes(role);
}

/** Whether every part lies within the areas. */
export function within(areas: readonly string[], parts: readonly string[]): boolean {
  return areas.includes('*') || parts.every((part) => areas.includes(part));
}

/**
 * The province codes that an account is responsible for, as its access token carries them: an administrator's
 * all, an officer's those of the organisation, or the part of them that the account was narrowed to. Areas that
 * the organisation has lost meanwhile are lost to its officers, too.
 */
export function areasOf(
  role: Role,
  organisationAreas: readonly string[] | undefined,
  narrowed: readonly string[] | null,
): string[] {
  if (role === 'administrator') return ['*'];
  if (!hasAreas(role) || !organisationAreas) return [];
  if (!narrowed) return [...organisationAreas];
  return narrowed.filter((area) => within(organisationAreas, [area]));
}
