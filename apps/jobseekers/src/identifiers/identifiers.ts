import { phoneToE164 } from '#reference';

/** The numbers that are kept sealed. */
export const identifierKinds = ['citizenId', 'socialInsuranceNo'] as const;
export type IdentifierKind = (typeof identifierKinds)[number];

/** Digits: 12 of a citizen id (CCCD), 10 of a social-insurance number. */
const LENGTHS: Record<IdentifierKind, number> = { citizenId: 12, socialInsuranceNo: 10 };

/** The number without the spaces and dots it is written with, or undefined when it is none. */
export function parseIdentifier(kind: IdentifierKind, text: string): string | undefined {
  const digits = text.replace(/[\s.-]/g, '');
  return digits.length === LENGTHS[kind] && /^\d+$/.test(digits) ? digits : undefined;
}

/**
 * The last two digits only. Of a citizen id's twelve digits six tell birthplace, sex and year of birth, which the
 * profile around it tells too; the customary last four of the other six would leave a hundred numbers to try.
 */
export function maskIdentifier(digits: string): string {
  return '*'.repeat(digits.length - 2) + digits.slice(-2);
}

/**
 * A phone number as E.164 ("0912 345 678" → "+84912345678"), or undefined when it is none. Without a country
 * code it is Vietnamese.
 */
export function parsePhone(text: string): string | undefined {
  if (!/^[\d\s.\-()/+]+$/.test(text)) return undefined;
  const number = text.replace(/[\s.\-()/]/g, '').replace(/^00/, '+');
  if (number.startsWith('+') && !number.startsWith('+84'))
    return /^\+[1-9]\d{7,14}$/.test(number) ? number : undefined;
  return phoneToE164(number);
}
