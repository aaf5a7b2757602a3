import { type ExperienceBand, experienceBand as bandOf } from '#reference';
import { employmentForms, positionLevels } from '#contracts';
import type { OpeningDoc, Pay } from './opening-doc.js';

/** Facet values of an opening. Unknown stays unknown: null, counted nowhere. */

export const EXPERIENCE_BANDS: readonly ExperienceBand[] = ['none', '<1', '1-2', '2-5', '>5'];
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
export const LEVELS = positionLevels;
export const KINDS = employmentForms;

export type PayBand = (typeof PAY_BANDS)[number];

const PAY_STEPS: [number, PayBand][] = [
  [7e6, 'lt7'],
  [10e6, '7to10'],
  [15e6, '10to15'],
  [20e6, '15to20'],
  [30e6, '20to30'],
];

/** The form's band; null when nothing is said. */
export function experienceBand({ minMonths, maxMonths }: OpeningDoc['experience']): ExperienceBand | null {
  if (minMonths === null && maxMonths === null) return null;
  return bandOf({ minMonths: minMonths ?? 0, maxMonths });
}

/** The most that is offered in đồng a month; null when that cannot be said without a rate or hours. */
export function monthlyVnd(pay: Pay): number | null {
  if (pay.currency !== 'VND' || pay.kind !== 'monthly') return null;
  return pay.max ?? pay.min;
}

export function payBand(pay: Pay): PayBand | null {
  if (pay.kind === 'negotiable') return 'negotiable';
  const amount = monthlyVnd(pay);
  if (amount !== null) return PAY_STEPS.find(([below]) => amount < below)?.[1] ?? 'gte30';
  return pay.min === null && pay.max === null ? null : 'other';
}
