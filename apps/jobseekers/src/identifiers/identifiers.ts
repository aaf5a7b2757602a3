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

/** Prefixes of eleven-digit mobile numbers and what they became in 2018 (Decision 798/QĐ-BTTTT). */
const RENUMBERED: Record<string, string> = {
  '0120': '070',
  '0121': '079',
  '0122': '077',
  '0123': '083',
  '0124': '084',
  '0125': '085',
  '0126': '076',
  '0127': '081',
  '0128': '078',
  '0129': '082',
  '0162': '032',
  '0163': '033',
  '0164': '034',
  '0165': '035',
  '0166': '036',
  '0167': '037',
  '0168': '038',
  '0169': '039',
  '0186': '056',
  '0188': '058',
  '0199': '059',
};

/**
 * A phone number as E.164 ("0912 345 678" → "+84912345678"), or undefined when it is none. Without a country
 * code it is Vietnamese: a mobile number of ten digits, its form from before 2018, or a landline (02…).
 */
export function parsePhone(text: string): string | undefined {
  let number = text.replace(/[\s.\-()/]/g, '').replace(/^00/, '+');
  if (/^84\d{9,10}$/.test(number)) number = `+${number}`;
  if (number.startsWith('+') && !number.startsWith('+84'))
    return /^\+[1-9]\d{7,14}$/.test(number) ? number : undefined;
  let national = number.startsWith('+84') ? `0${number.slice(3).replace(/^0/, '')}` : number;
  if (national.length === 11) {
    const renumbered = RENUMBERED[national.slice(0, 4)];
    if (renumbered) national = renumbered + national.slice(4);
  }
  return /^(0[35789]\d{8}|02\d{9})$/.test(national) ? `+84${national.slice(1)}` : undefined;
}
