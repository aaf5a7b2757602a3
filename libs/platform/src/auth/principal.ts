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

/** Whether the principal is responsible for the province; an unknown province belongs to every officer. */
export function covers(principal: Principal, provinceCode: string | null | undefined): boolean {
  if (principal.areas.includes('*')) return true;
  return provinceCode ? principal.areas.includes(provinceCode) : principal.areas.length > 0;
}
