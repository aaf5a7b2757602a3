import { z } from 'zod';
import { communeCode, provinceCode, uuid, version } from '../primitives.js';
import { defineTopic } from '../topic.js';
import { areaTypes, employerTypes, sectorCodes, sizeBands, verificationStatuses } from '../values.js';

/** An employer as events carry it: nothing that names a household business or an individual. */
export const employerState = z.object({
  id: uuid,
  version,
  employerType: z.enum(employerTypes).nullable(),
  legalName: z.string().nullable().describe('null for natural persons (household business, individual)'),
  sectorCode: z.enum(sectorCodes).nullable(),
  sizeBand: z.enum(sizeBands).nullable(),
  provinceCode: provinceCode.nullable(),
  communeCode: communeCode.nullable(),
  industrialZone: z.string().nullable(),
  areaType: z.enum(areaTypes).nullable(),
  verificationStatus: z.enum(verificationStatuses),
});
export type EmployerState = z.infer<typeof employerState>;

export const employerTopic = defineTopic({
  name: 'openings.employer',
  state: employerState,
  happenings: ['registered', 'revised', 'approved', 'rejected', 'suspended'],
  personalData: { legalName: 'a company’s name is public; null for natural persons' },
});
