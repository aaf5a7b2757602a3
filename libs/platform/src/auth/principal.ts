export const roles = [
  'jobseeker',
  'centreOfficer',
  'employer',
  'school',
  'agency',
  'departmentOfficer',
  'administrator',
] as const;
export type Role = (typeof roles)[number];

/** Who makes a request: a person's account or another service. */
export interface Principal {
  type: 'user' | 'service';
  /** Account id, or the name of the service. */
  subject: string;
  role?: Role;
  organisationId?: string;
  /** Province codes that an officer is responsible for; `*` is every province. */
  areas: readonly string[];
  name?: string;
  /** What a service may do at the audience of its token. */
  scopes: readonly string[];
}

/**
 * Whether the principal is responsible for the province. Of what has no known province nobody is, except who has
 * all of them: a person without an address must not become visible to every officer of the country. Public
 * matters (an imported posting, an employer) would be nobody's to put in order that way: for those a caller says
 * `everyOfficer`.
 */
export function covers(
  principal: Principal,
  provinceCode: string | null | undefined,
  unknownBelongsTo: 'nobody' | 'everyOfficer' = 'nobody',
): boolean {
  if (principal.areas.includes('*')) return true;
  if (!provinceCode) return unknownBelongsTo === 'everyOfficer' && principal.areas.length > 0;
  return principal.areas.includes(provinceCode);
}
