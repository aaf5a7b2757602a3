import { type ReferenceList, valueLists } from '../i18n/value-labels';

const own = {
  role: ['jobseeker', 'centreOfficer', 'employer', 'school', 'agency', 'departmentOfficer', 'administrator'],
  accountStatus: ['active', 'locked'],
  organisationStatus: ['active', 'suspended'],
  organisationKind: ['centre', 'department', 'employer', 'school', 'agency'],
} as const;

export type ValueList = ReferenceList | keyof typeof own;

/** The codes of a value list in the order in which forms show them. */
export function codesOf(list: ValueList): readonly string[] {
  return list in own
    ? own[list as keyof typeof own]
    : valueLists[list as ReferenceList].map(({ code }) => code);
}
