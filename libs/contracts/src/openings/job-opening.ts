import { z } from 'zod';
import {
  communeCode,
  currency,
  instant,
  localDate,
  minorUnits,
  months,
  occupationCode,
  provinceCode,
  uuid,
  version,
} from '../primitives.js';
import { defineTopic } from '../topic.js';
import {
  contractKinds,
  educationLevels,
  employmentForms,
  extraDemands,
  liftings,
  openingStatuses,
  payKinds,
  positionLevels,
  priorityGroups,
  proficiencies,
  technicalLevels,
  workPlaces,
  workPurposes,
  workSchedules,
} from '../values.js';

export const workplace = z.object({
  provinceCode: provinceCode.nullable(),
  communeCode: communeCode.nullable(),
  text: z.string().nullable().describe('the place as written, e.g. an old district or an industrial zone'),
});

export const pay = z.object({
  kind: z.enum(payKinds).nullable().describe('null = unknown (imports)'),
  min: minorUnits,
  max: minorUnits,
  currency: currency.nullable(),
  text: z.string().nullable().describe('as written by the employer, kept'),
});

export const experience = z.object({
  minMonths: months.nullable(),
  maxMonths: months.nullable().describe('exclusive; null = open-ended or unknown'),
});

/** The requirements, conditions and benefits of Mẫu 01 that no rule of the lifecycle needs. */
export const openingDetails = z.object({
  description: z.string().nullable(),
  minEducation: z.enum(educationLevels).nullable(),
  minTechnicalLevel: z.enum(technicalLevels).nullable(),
  specialty: z.string().nullable(),
  skillGrade: z.string().nullable(),
  languages: z.array(
    z.object({
      code: z.string(),
      certificate: z.string().nullable(),
      proficiency: z.enum(proficiencies).nullable(),
    }),
  ),
  itSkills: z.array(z.string()),
  softSkills: z.array(z.string()),
  contractKind: z.enum(contractKinds).nullable(),
  employmentForm: z.enum(employmentForms).nullable(),
  workSchedule: z.enum(workSchedules).nullable(),
  workPurpose: z.enum(workPurposes).nullable(),
  extraDemands: z.array(z.enum(extraDemands)),
  meals: z.string().nullable(),
  benefits: z.array(z.string()),
  workConditions: z
    .object({
      place: z.enum(workPlaces).nullable(),
      lifting: z.enum(liftings).nullable(),
      standing: z.string().nullable(),
      hearing: z.string().nullable(),
      vision: z.string().nullable(),
      handWork: z.string().nullable(),
      hands: z.string().nullable(),
    })
    .nullable(),
  priorityGroups: z
    .array(z.enum(priorityGroups))
    .describe('groups the employer gives priority to; says nothing of any one person'),
  recruitMethods: z.array(z.string()),
  contact: z
    .object({
      name: z.string().nullable(),
      phone: z.string().nullable(),
      email: z.string().nullable(),
      address: z.string().nullable(),
    })
    .nullable()
    .describe("the company's contact for this posting; null for employers who are natural persons"),
});

/** Mẫu 01 (registration of labour demand), as every event of an opening carries it. */
export const jobOpeningState = z.object({
  id: uuid,
  version,
  status: z.enum(openingStatuses),
  source: z.string().nullable().describe('where an imported posting came from; null when entered here'),
  sourceId: z.string().nullable(),
  employer: z.object({
    id: uuid.nullable(),
    name: z.string().nullable().describe('null when unknown or when the employer is a natural person'),
    key: z.string().nullable().describe('the source’s own key of an employer whose identity is unknown'),
  }),
  title: z.string(),
  quantity: z.int().min(1).nullable().describe('headcount; null = unknown (imports)'),
  occupationCode: occupationCode.nullable(),
  occupationProposals: z.array(z.object({ code: occupationCode, confidence: z.number().min(0).max(1) })),
  positionLevel: z.enum(positionLevels).nullable(),
  workplaces: z.array(workplace),
  otherPlacesCount: z.int().min(0),
  pay,
  experience,
  deadline: localDate.nullable().describe('last day to apply; null = unknown'),
  expiresOn: localDate.nullable().describe('day after which the posting is shown no more'),
  publishedAt: instant.nullable(),
  endedAt: instant.nullable(),
  hiredCount: z.int().min(0),
  hiredViaCentreCount: z.int().min(0),
  areaProvinceCode: provinceCode.nullable().describe('province whose centre is responsible'),
  details: openingDetails,
});
export type JobOpeningState = z.infer<typeof jobOpeningState>;

export const jobOpeningTopic = defineTopic({
  name: 'openings.job-opening',
  state: jobOpeningState,
  happenings: [
    'drafted',
    'revised',
    'submitted',
    'published',
    'returned',
    'closed',
    'expired',
    'filled',
    'reopened',
    'hires-recorded',
  ],
  personalData: {
    'details.contact.name': 'a company’s contact in a posting is public',
    'details.contact.phone': 'a company’s contact in a posting is public',
    'details.contact.email': 'a company’s contact in a posting is public',
    'details.contact.address': 'a company’s address in a posting is public',
    'details.priorityGroups': 'whom the employer prefers; not the data of a person',
    'details.workConditions.hearing': 'what the work demands; not the data of a person',
    'details.workConditions.vision': 'what the work demands; not the data of a person',
    'employer.name': 'a company’s name is public; null for natural persons',
  },
});
