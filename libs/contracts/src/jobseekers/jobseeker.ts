import { z } from 'zod';
import {
  communeCode,
  currency,
  minorUnits,
  months,
  occupationCode,
  provinceCode,
  uuid,
  version,
} from '../primitives.js';
import { defineTopic } from '../topic.js';
import {
  activityStatuses,
  contractKinds,
  educationLevels,
  employmentForms,
  proficiencies,
  technicalLevels,
} from '../values.js';

const desiredPlace = z.object({
  provinceCode: provinceCode.nullable(),
  communeCode: communeCode.nullable(),
  radiusKm: z.number().min(0).max(500).nullable(),
  countryCode: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullable(),
});

/** With consent to matching: what matching needs, and nothing that names the person (Mẫu 01a, reduced). */
export const consentingJobseeker = z.object({
  id: uuid,
  version,
  consent: z.literal(true),
  areaProvinceCode: provinceCode
    .nullish()
    .describe(
      'whose officers are responsible: the province of residence, else of the office that registered',
    ),
  provinceCode: provinceCode.nullable(),
  communeCode: communeCode.nullable(),
  ofLegalAge: z.boolean().nullable().describe('15 or older on the day of the event; null = unknown'),
  educationLevel: z.enum(educationLevels).nullable(),
  technicalLevel: z.enum(technicalLevels).nullable(),
  specialty: z.string().nullable(),
  activityStatus: z.enum(activityStatuses).nullable(),
  experience: z.array(
    z.object({
      occupationCode: occupationCode.nullable(),
      title: z.string().nullable(),
      months: months.nullable(),
    }),
  ),
  experienceMonths: months.nullable().describe('in all; null = unknown'),
  languages: z.array(z.object({ code: z.string(), proficiency: z.enum(proficiencies).nullable() })),
  itSkills: z.array(z.string()),
  softSkills: z.array(z.string()),
  desiredTitle: z.string().nullable(),
  desiredOccupationCodes: z.array(occupationCode),
  desiredPlaces: z.array(desiredPlace),
  desiredPay: z.object({ min: minorUnits, currency: currency.nullable() }),
  contractKind: z.enum(contractKinds).nullable(),
  employmentForm: z.enum(employmentForms).nullable(),
  referralCount: z.int().min(0).nullable(),
});

/** Without consent an event tells only that the person exists. */
export const withholdingJobseeker = z.strictObject({ id: uuid, version, consent: z.literal(false) });

export const jobseekerState = z.discriminatedUnion('consent', [consentingJobseeker, withholdingJobseeker]);
export type JobseekerState = z.infer<typeof jobseekerState>;
export type ConsentingJobseeker = z.infer<typeof consentingJobseeker>;

export const jobseekerTopic = defineTopic({
  name: 'jobseekers.jobseeker',
  state: jobseekerState,
  happenings: ['registered', 'revised', 'consent-given', 'consent-withdrawn', 'merged', 'erased'],
  personalData: { ofLegalAge: 'whether the person may work at all; the date of birth stays with its owner' },
  aboutPerson: true,
});
