import { localDate } from '#reference';

/** The age from which a person may be employed (Labour Code 45/2019/QH14, article 3). */
export const LEGAL_AGE = 15;
/** Full age (Civil Code 91/2015/QH13, article 20); younger workers are minors with rules of their own. */
export const FULL_AGE = 18;

/** Whether somebody born on `birthDate` has reached an age on a day; null = unknown. */
export function hasReached(age: number, birthDate: string | null, today = localDate()): boolean | null {
  if (birthDate === null) return null;
  return `${Number(birthDate.slice(0, 4)) + age}${birthDate.slice(4)}` <= today;
}
