import type { Jobseeker, ProfileInput } from '../../api/models';
import { forInputs, fromInputs, fromYesNo, isBlank, yesNo } from '../../forms/values';

type Row = Record<string, unknown>;

/** Mẫu 01a as the form holds it: '' for what is not stated. */
export const emptyProfile = {
  fullName: '',
  birthDate: '',
  gender: '',
  citizenId: '',
  phone: '',
  email: '',
  ethnicityCode: '',
  permanentAddress: '',
  currentAddress: '',
  provinceCode: '',
  communeCode: '',
  areaType: '',
  priorityGroups: [] as string[],
  educationLevel: '',
  technicalLevel: '',
  specialty: '',
  activityStatus: '',
  inactiveReason: '',
  employmentStatus: '',
  unemploymentDuration: '',
  everWorked: '' as '' | 'yes' | 'no',
  socialInsuranceNo: '',
  socialInsuranceKind: '',
  experience: [] as Row[],
  languages: [] as Row[],
  itSkills: [] as string[],
  softSkills: [] as string[],
  desiredTitle: '',
  desiredOccupationCodes: [] as string[],
  desiredSectorCodes: [] as string[],
  desiredPlaces: [] as Row[],
  desiredMarkets: [] as string[],
  desiredPayMin: '' as number | '',
  contractKind: '',
  employmentForm: '',
  workConditionLimits: '',
  wantsTraining: '' as '' | 'yes' | 'no',
  trainingTrade: '',
  trainingLevel: '',
};
export type ProfileValues = typeof emptyProfile;

export const emptyPastJob = (): Record<string, unknown> => ({
  title: '',
  occupationCode: '',
  employerName: '',
  months: '',
  tasks: '',
});
export const emptyLanguage = (): Record<string, unknown> => ({ code: '', certificate: '', proficiency: '' });
export const emptyPlace = (): Record<string, unknown> => ({
  provinceCode: '',
  communeCode: '',
  radiusKm: '',
  countryCode: '',
});

/** What the form shows of a stored profile; masked numbers are not put back into inputs. */
export function profileValues(profile: Jobseeker): ProfileValues {
  const known = Object.fromEntries(
    (Object.keys(emptyProfile) as (keyof ProfileValues)[]).map((name) => {
      const value = profile[name as keyof Jobseeker];
      return [name, value ?? emptyProfile[name]];
    }),
  );
  return {
    ...(forInputs(known) as ProfileValues),
    everWorked: yesNo(profile.everWorked),
    wantsTraining: yesNo(profile.wantsTraining),
    citizenId: '',
    socialInsuranceNo: '',
  };
}

/** What is sent. Empty identifiers are left out, so that saving does not wipe what is stored masked. */
export function profileBody(values: ProfileValues): ProfileInput {
  const { citizenId, socialInsuranceNo, ...rest } = values;
  const named = (items: Row[]) => items.filter((item) => !isBlank(item));
  const body: Record<string, unknown> = {
    ...fromInputs(rest),
    desiredPayCurrency: values.desiredPayMin === '' ? null : 'VND',
    desiredPayMin: values.desiredPayMin === '' ? null : Math.round(Number(values.desiredPayMin)),
    everWorked: fromYesNo(values.everWorked),
    wantsTraining: fromYesNo(values.wantsTraining),
    experience: fromInputs(named(values.experience)),
    languages: fromInputs(named(values.languages)),
    desiredPlaces: fromInputs(named(values.desiredPlaces)),
    ...(citizenId.trim() && { citizenId: citizenId.trim() }),
    ...(socialInsuranceNo.trim() && { socialInsuranceNo: socialInsuranceNo.trim() }),
  };
  // The inputs offer nothing but the codes of the value lists.
  return body as unknown as ProfileInput;
}
