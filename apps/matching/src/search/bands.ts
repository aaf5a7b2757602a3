import type { OpeningDoc, Pay } from './opening-doc.js';

/** Facet values of an opening. Unknown stays unknown: null, counted nowhere. */

export const EXPERIENCE_BANDS = ['none', 'lt1', '1to2', '2to5', 'gt5'] as const;
/** Millions of đồng a month, by the upper end of the offer; other currencies and periods are not compared. */
export const PAY_BANDS = [
  'lt7',
  '7to10',
  '10to15',
  '15to20',
  '20to30',
  'gte30',
  'negotiable',
  'other',
] as const;
export const LEVELS = ['intern', 'staff', 'teamLead', 'manager', 'director', 'worker'] as const;
export const KINDS = ['fullTime', 'partTime'] as const;

const PAY_STEPS: [number, (typeof PAY_BANDS)[number]][] = [
  [7e6, 'lt7'],
  [10e6, '7to10'],
  [15e6, '10to15'],
  [20e6, '15to20'],
  [30e6, '20to30'],
];

/** The form's bands are half-open: 12 months is "1-2 years". */
export function experienceBand(
  experience: OpeningDoc['experience'],
): (typeof EXPERIENCE_BANDS)[number] | null {
  const { minMonths, maxMonths } = experience;
  if (minMonths === null && maxMonths === null) return null;
  const from = minMonths ?? 0;
  if (from <= 0) return maxMonths ? 'lt1' : 'none';
  if (from < 12) return 'lt1';
  if (from < 24) return '1to2';
  return from < 60 ? '2to5' : 'gt5';
}

/** The most that is offered in đồng a month; null when that cannot be said without a rate or hours. */
export function monthlyVnd(pay: Pay): number | null {
  if (pay.currency !== 'VND' || pay.kind !== 'monthly') return null;
  return pay.max ?? pay.min;
}

export function payBand(pay: Pay): (typeof PAY_BANDS)[number] | null {
  if (pay.kind === 'negotiable') return 'negotiable';
  const amount = monthlyVnd(pay);
  if (amount !== null) return PAY_STEPS.find(([below]) => amount < below)?.[1] ?? 'gte30';
  return pay.min === null && pay.max === null ? null : 'other';
}
