import { z } from 'zod';
import { provinceCode, uuid, version } from '../primitives.js';
import { defineTopic } from '../topic.js';

/** Employment centre, employer, vocational school, labour-export agency, department (domain.md section 1). */
export const organisationKinds = ['centre', 'employer', 'school', 'agency', 'department'] as const;
export type OrganisationKind = (typeof organisationKinds)[number];
export const organisationStatuses = ['active', 'suspended'] as const;
export type OrganisationStatus = (typeof organisationStatuses)[number];

/** An organisation whose people use the platform: what anybody may know of it. */
export const organisationState = z.object({
  id: uuid,
  version,
  kind: z.enum(organisationKinds),
  name: z.string().nullable().describe('null for natural persons (household business, individual)'),
  areas: z
    .array(z.union([provinceCode, z.literal('*')]))
    .describe('provinces that it is responsible for or works in; * is the whole country'),
  status: z.enum(organisationStatuses),
});
export type OrganisationState = z.infer<typeof organisationState>;

export const organisationTopic = defineTopic({
  name: 'identity.organisation',
  state: organisationState,
  happenings: ['registered', 'revised', 'suspended', 'reinstated'],
  personalData: { name: 'an organisation’s name is public; null for natural persons' },
});
