import { organisationState, type OrganisationState } from '../identity/organisation.js';

/** The employment centre of Thái Nguyên, active. */
export function anOrganisation(changes: Partial<OrganisationState> = {}): OrganisationState {
  return organisationState.parse({
    id: crypto.randomUUID(),
    version: 1,
    kind: 'centre',
    name: 'Trung tâm Dịch vụ việc làm tỉnh Thái Nguyên',
    areas: ['19'],
    status: 'active',
    ...changes,
  });
}
