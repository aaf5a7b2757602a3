import type { ConsentingJobseeker } from '#contracts';
import { administrativeUnit, fold, localDate, tidy } from '#reference';
import { parseIdentifier, parsePhone, type IdentifierKind } from '../identifiers/identifiers.js';
import type { Jobseeker } from './jobseeker.entity.js';
import { codesOf, type FieldFault, fault } from './jobseeker.errors.js';
import type { ProfileFieldsDto } from './profile.dto.js';
import { saysPersonalData } from './personal-data.js';

export interface PastJob {
  title: string | null;
  occupationCode: string | null;
  employerName: string | null;
  months: number | null;
  tasks: string | null;
}

/** The fields of Mẫu 01a that no rule or query uses; null is unknown. */
export interface ProfileForm {
  permanentAddress: string | null;
  currentAddress: string | null;
  areaType: string | null;
  educationLevel: ConsentingJobseeker['educationLevel'];
  specialty: string | null;
  inactiveReason: string | null;
  employmentStatus: string | null;
  unemploymentDuration: string | null;
  everWorked: boolean | null;
  socialInsuranceKind: string | null;
  experience: PastJob[];
  experienceMonths: number | null;
  languages: {
    code: string;
    certificate: string | null;
    proficiency: ConsentingJobseeker['languages'][number]['proficiency'];
  }[];
  itSkills: string[];
  softSkills: string[];
  desiredTitle: string | null;
  desiredOccupationCodes: string[];
  desiredSectorCodes: string[];
  desiredPlaces: ConsentingJobseeker['desiredPlaces'];
  desiredMarkets: string[];
  /** Integer minor units of `desiredPayCurrency`. */
  desiredPayMin: number | null;
  desiredPayCurrency: string | null;
  contractKind: ConsentingJobseeker['contractKind'];
  employmentForm: ConsentingJobseeker['employmentForm'];
  /** Health: never in an event. */
  workConditionLimits: string | null;
  wantsTraining: boolean | null;
  trainingTrade: string | null;
  trainingLevel: string | null;
}

export const emptyForm: Readonly<ProfileForm> = {
  permanentAddress: null,
  currentAddress: null,
  areaType: null,
  educationLevel: null,
  specialty: null,
  inactiveReason: null,
  employmentStatus: null,
  unemploymentDuration: null,
  everWorked: null,
  socialInsuranceKind: null,
  experience: [],
  experienceMonths: null,
  languages: [],
  itSkills: [],
  softSkills: [],
  desiredTitle: null,
  desiredOccupationCodes: [],
  desiredSectorCodes: [],
  desiredPlaces: [],
  desiredMarkets: [],
  desiredPayMin: null,
  desiredPayCurrency: null,
  contractKind: null,
  employmentForm: null,
  workConditionLimits: null,
  wantsTraining: null,
  trainingTrade: null,
  trainingLevel: null,
};

/** The typed columns that come straight from the form. */
export const profileColumns = [
  'fullName',
  'birthDate',
  'gender',
  'phone',
  'email',
  'ethnicityCode',
  'provinceCode',
  'communeCode',
  'priorityGroups',
  'technicalLevel',
  'activityStatus',
] as const;
export type ProfileColumns = Pick<Jobseeker, (typeof profileColumns)[number]>;

/** A profile, checked. Identifiers are undefined when they were not given, null when they were cleared. */
export interface CheckedProfile {
  columns: ProfileColumns;
  form: ProfileForm;
  identifiers: Partial<Record<IdentifierKind, string | null>>;
  /** Names of the fields that the input changes. */
  changed: string[];
  faults: FieldFault[];
}

export type ProfileInput = ProfileFieldsDto & { fullName?: string };

/**
 * Lays the input over what is known so far and checks the whole. Pure.
 * @returns the profile as it would be, and what is wrong with it (then it must not be stored)
 */
export function checkProfile(
  current: { columns: ProfileColumns; form: ProfileForm } | undefined,
  input: ProfileInput,
  today = localDate(),
): CheckedProfile {
  const columns: ProfileColumns = { ...(current?.columns ?? emptyColumns) };
  const form: ProfileForm = { ...(current?.form ?? emptyForm) };
  const changed: string[] = [];
  for (const [field, given] of Object.entries(input)) {
    if (given === undefined) continue;
    const value = cleaned(field, given);
    if (isColumn(field)) changed.push(...assign(columns, field, value));
    else if (field in emptyForm) changed.push(...assign(form, field as keyof ProfileForm, value));
  }
  const faults: FieldFault[] = [];
  const identifiers = readIdentifiers(input, faults, changed);
  completeParts(form);
  checkPlace(columns, input, faults);
  checkPerson(columns, today, faults);
  checkActivity(columns, form, input, faults);
  checkTexts(columns, form, faults);
  if (form.desiredPayMin !== null && form.desiredPayCurrency === null)
    faults.push(fault('desiredPayCurrency', codesOf.currencyMissing));
  return { columns, form, identifiers, changed: [...new Set(changed)], faults };
}

const emptyColumns: ProfileColumns = {
  fullName: '',
  birthDate: null,
  gender: null,
  phone: null,
  email: null,
  ethnicityCode: null,
  provinceCode: null,
  communeCode: null,
  priorityGroups: [],
  technicalLevel: null,
  activityStatus: null,
};

function isColumn(field: string): field is keyof ProfileColumns {
  return (profileColumns as readonly string[]).includes(field);
}

const LISTS: readonly string[] = [
  'priorityGroups',
  ...Object.entries(emptyForm)
    .filter(([, value]) => Array.isArray(value))
    .map(([field]) => field),
];

/** Texts tidied, empty ones unknown, lists without blanks and repetitions; null empties a list. */
function cleaned(field: string, given: unknown): unknown {
  if (LISTS.includes(field)) {
    const items = (Array.isArray(given) ? given : []) as unknown[];
    if (items.some((item) => typeof item !== 'string')) return items;
    return [...new Set(items.map((item) => tidy(item as string)).filter(Boolean))];
  }
  return typeof given === 'string' ? tidy(given) || null : given;
}

function assign<T extends object>(target: T, field: keyof T, value: unknown): string[] {
  const same = JSON.stringify(target[field]) === JSON.stringify(value);
  target[field] = value as T[keyof T];
  return same ? [] : [String(field)];
}

function readIdentifiers(
  input: ProfileInput,
  faults: FieldFault[],
  changed: string[],
): CheckedProfile['identifiers'] {
  const identifiers: CheckedProfile['identifiers'] = {};
  for (const kind of ['citizenId', 'socialInsuranceNo'] as const) {
    const given = input[kind];
    if (given === undefined) continue;
    const digits = given === null || given.trim() === '' ? null : parseIdentifier(kind, given);
    if (digits === undefined) faults.push(fault(kind, codesOf[kind]));
    else identifiers[kind] = digits;
    changed.push(kind);
  }
  return identifiers;
}

/** Parts as they are stored: every member there, unknown ones null. */
function completeParts(form: ProfileForm): void {
  const text = (value: string | null | undefined): string | null => (value ? tidy(value) || null : null);
  form.experience = form.experience.map((job) => ({
    title: text(job.title),
    occupationCode: job.occupationCode ?? null,
    employerName: text(job.employerName),
    months: job.months ?? null,
    tasks: text(job.tasks),
  }));
  form.languages = form.languages.map((language) => ({
    code: language.code,
    certificate: text(language.certificate),
    proficiency: language.proficiency ?? null,
  }));
  form.desiredPlaces = form.desiredPlaces.map((place) => ({
    provinceCode: place.provinceCode ?? null,
    communeCode: place.communeCode ?? null,
    radiusKm: place.radiusKm ?? null,
    countryCode: place.countryCode ?? null,
  }));
}

/** A commune tells its province; a province that is not the commune's is a mistake. */
function checkPlace(columns: ProfileColumns, input: ProfileInput, faults: FieldFault[]): void {
  // A move to another province ends what was known of the commune.
  if (input.provinceCode !== undefined && input.communeCode === undefined && columns.communeCode) {
    if (administrativeUnit(columns.communeCode)?.provinceCode !== columns.provinceCode)
      columns.communeCode = null;
  }
  if (columns.communeCode) {
    const commune = administrativeUnit(columns.communeCode);
    if (!commune) faults.push(fault('communeCode', codesOf.unknownUnit));
    else if (input.provinceCode == null) columns.provinceCode = commune.provinceCode;
    else if (commune.provinceCode !== columns.provinceCode)
      faults.push(fault('communeCode', codesOf.communeElsewhere));
  } else if (columns.provinceCode && !administrativeUnit(columns.provinceCode)) {
    faults.push(fault('provinceCode', codesOf.unknownUnit));
  }
}

function checkPerson(columns: ProfileColumns, today: string, faults: FieldFault[]): void {
  if (columns.fullName.length < 2 || !/^\p{L}[\p{L}\p{M}\s.'’-]*$/u.test(columns.fullName))
    faults.push(fault('fullName', codesOf.fullName));
  const { birthDate } = columns;
  if (birthDate && (birthDate > today || birthDate < `${Number(today.slice(0, 4)) - 120}-01-01`))
    faults.push(fault('birthDate', codesOf.birthDate));
  if (columns.phone) {
    const phone = parsePhone(columns.phone);
    if (phone) columns.phone = phone;
    else faults.push(fault('phone', codesOf.phone));
  }
  if (columns.email) columns.email = columns.email.toLowerCase();
}

/** Mẫu 01a asks each of these only of people in one situation; a changed situation makes the others unknown. */
const ONLY_WHEN = {
  inactiveReason: 'inactive',
  employmentStatus: 'employed',
  unemploymentDuration: 'unemployed',
} as const;

function checkActivity(
  columns: ProfileColumns,
  form: ProfileForm,
  input: ProfileInput,
  faults: FieldFault[],
): void {
  for (const [field, status] of Object.entries(ONLY_WHEN) as [keyof typeof ONLY_WHEN, string][]) {
    if (form[field] === null || columns.activityStatus === status) continue;
    if (input[field] != null) faults.push(fault(field, codesOf.otherSituation));
    else form[field] = null;
  }
}

/** What goes into events is scanned: nobody is to be found through a job title. */
function checkTexts(columns: ProfileColumns, form: ProfileForm, faults: FieldFault[]): void {
  const texts: [field: string, text: string | null][] = [
    ['desiredTitle', form.desiredTitle],
    ['specialty', form.specialty],
    ['trainingTrade', form.trainingTrade],
    ...form.itSkills.map((text, i): [string, string] => [`itSkills.${i}`, text]),
    ...form.softSkills.map((text, i): [string, string] => [`softSkills.${i}`, text]),
    ...form.experience.map((job, i): [string, string | null] => [`experience.${i}.title`, job.title]),
  ];
  const ownName = fold(columns.fullName);
  for (const [field, text] of texts) {
    if (!text) continue;
    const namesThePerson = ownName.includes(' ') && ` ${fold(text)} `.includes(` ${ownName} `);
    if (namesThePerson || saysPersonalData(text)) faults.push(fault(field, codesOf.personalDataInText));
  }
}
