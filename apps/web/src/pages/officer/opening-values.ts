import { minorUnitsPerUnit } from '../../../../../libs/reference/src/value-lists/currencies';
import type { JobOpening, OpeningInput, Pay } from '../../api/models';
import { forInputs, fromInputs, isBlank } from '../../forms/values';

const noConditions = {
  place: '',
  lifting: '',
  standing: '',
  hearing: '',
  vision: '',
  handWork: '',
  hands: '',
};
const noContact = { name: '', phone: '', email: '', address: '' };

export const emptyWorkplace = (): Record<string, unknown> => ({
  provinceCode: '',
  communeCode: '',
  text: '',
});

/** Mẫu 01 as the form holds it: '' for what is not stated, pay in whole units of its currency. */
export const emptyOpening = {
  employerId: '' as string | null,
  title: '',
  quantity: '' as number | '',
  occupationCode: '' as string | null,
  positionLevel: '',
  workplaces: [emptyWorkplace()] as Record<string, unknown>[],
  otherPlacesCount: '' as number | '',
  pay: { kind: 'monthly', min: '' as number | '', max: '' as number | '', currency: 'VND', text: '' },
  experience: { band: '', minMonths: '' as number | '', maxMonths: '' as number | '' },
  deadline: '',
  details: {
    description: '',
    minEducation: '',
    minTechnicalLevel: '',
    specialty: '',
    skillGrade: '',
    languages: [] as Record<string, unknown>[],
    itSkills: [] as string[],
    softSkills: [] as string[],
    contractKind: '',
    employmentForm: '',
    workSchedule: '',
    workPurpose: '',
    extraDemands: [] as string[],
    meals: '',
    benefits: [] as string[],
    workConditions: noConditions,
    priorityGroups: [] as string[],
    recruitMethods: [] as string[],
    contact: noContact,
  },
};
export type OpeningValues = typeof emptyOpening;

/** The form's bands are half-open views of a range in months. */
export const experienceBands: Record<string, { minMonths: number; maxMonths: number | null }> = {
  none: { minMonths: 0, maxMonths: null },
  '<1': { minMonths: 0, maxMonths: 12 },
  '1-2': { minMonths: 12, maxMonths: 24 },
  '2-5': { minMonths: 24, maxMonths: 60 },
  '>5': { minMonths: 60, maxMonths: null },
};

/** The form's currency is đồng until another is chosen. */
const minorPerUnit = (currency: string | null) => minorUnitsPerUnit(currency || 'VND');

function payValues(pay: Pay): OpeningValues['pay'] {
  const units = (minor: number | null) => (minor === null ? '' : minor / minorPerUnit(pay.currency));
  return {
    kind: pay.kind ?? '',
    min: units(pay.min),
    max: units(pay.max),
    currency: pay.currency ?? 'VND',
    text: pay.text ?? '',
  };
}

function experienceValues({ minMonths, maxMonths }: JobOpening['experience']): OpeningValues['experience'] {
  if (minMonths === null && maxMonths === null) return emptyOpening.experience;
  const same = (band: { minMonths: number; maxMonths: number | null }) =>
    band.minMonths === (minMonths ?? 0) && band.maxMonths === maxMonths;
  const band = Object.keys(experienceBands).find((name) => same(experienceBands[name]!));
  return { band: band ?? 'other', minMonths: minMonths ?? '', maxMonths: maxMonths ?? '' };
}

/** What the form shows of a stored opening. */
export function openingValues(opening: JobOpening): OpeningValues {
  const { details } = opening;
  return {
    employerId: opening.employer.id ?? '',
    title: opening.title,
    quantity: opening.quantity ?? '',
    occupationCode: opening.occupationCode ?? '',
    positionLevel: opening.positionLevel ?? '',
    workplaces: opening.workplaces.length
      ? opening.workplaces.map(({ provinceCode, communeCode, text }) =>
          forInputs({ provinceCode, communeCode, text }),
        )
      : [emptyWorkplace()],
    otherPlacesCount: opening.otherPlacesCount || '',
    pay: payValues(opening.pay),
    experience: experienceValues(opening.experience),
    deadline: opening.deadline ?? '',
    details: {
      ...emptyOpening.details,
      ...(forInputs(details) as Partial<OpeningValues['details']>),
      workConditions: { ...noConditions, ...forInputs(details.workConditions ?? {}) },
      contact: { ...noContact, ...forInputs(details.contact ?? {}) },
    },
  };
}

function payBody({ kind, min, max, currency, text }: OpeningValues['pay']): Pay {
  const amounts = kind !== 'negotiable';
  const minor = (units: number | '') =>
    amounts && units !== '' ? Math.round(Number(units) * minorPerUnit(currency)) : null;
  const pay = { kind, min: minor(min), max: minor(max), text: fromInputs(text) as string | null };
  return { ...pay, currency: pay.min === null && pay.max === null ? null : currency };
}

function experienceBody({ band, minMonths, maxMonths }: OpeningValues['experience']) {
  if (band === 'other') return fromInputs({ minMonths, maxMonths }) as JobOpening['experience'];
  return experienceBands[band] ?? { minMonths: null, maxMonths: null };
}

/** What is sent: unknown is null, parts that nobody filled in are left out. */
export function openingBody(values: OpeningValues): OpeningInput {
  const { details } = values;
  const filled = (rows: Record<string, unknown>[]) => fromInputs(rows.filter((row) => !isBlank(row)));
  return {
    employerId: values.employerId || null,
    title: values.title.trim(),
    quantity: values.quantity === '' ? null : Number(values.quantity),
    occupationCode: values.occupationCode || null,
    positionLevel: values.positionLevel || null,
    workplaces: filled(values.workplaces),
    otherPlacesCount: Number(values.otherPlacesCount || 0),
    pay: payBody(values.pay),
    experience: experienceBody(values.experience),
    deadline: values.deadline || null,
    details: {
      ...fromInputs(details),
      languages: filled(details.languages),
      workConditions: isBlank(details.workConditions) ? null : fromInputs(details.workConditions),
      contact: isBlank(details.contact) ? null : fromInputs(details.contact),
    },
    // The inputs offer nothing but the codes of the value lists.
  } as unknown as OpeningInput;
}
