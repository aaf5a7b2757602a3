import { type OrganisationState, organisationTopic } from '#contracts';
import type { EventDraft } from '#events';
import type { Organisation } from './organisation.entity.js';

/** What anybody may know of an organisation. */
function stateOf(organisation: Organisation): OrganisationState {
  const { id, version, kind, name, naturalPerson, areas, status } = organisation;
  return { id, version, kind, name: naturalPerson ? null : name, areas, status };
}

export function organisationEvent(
  organisation: Organisation,
  happening: string,
): EventDraft<OrganisationState> {
  return { topic: organisationTopic, happening, key: organisation.id, state: stateOf(organisation) };
}
