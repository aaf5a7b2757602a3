import { lazy, readDataRows } from '../data/data-file.js';

/**
 * VSCO-2020 (Decision 34/2020/QĐ-TTg), the official list for reports, close to ISCO-08 but not equal. Our copy is
 * incomplete (1,013 codes), so an answer is known or says why it is not.
 */
export type VscoMapping =
  | { known: true; code: string; nameVi: string }
  | {
      known: false;
      reason: 'different-structure' | 'different-meaning' | 'not-in-our-copy';
      nearestKnown: string | null;
    };

/** ISCO codes whose VSCO group bears another number, and those parts of VSCO that were renumbered as a whole. */
const RENUMBERED: Record<string, string> = {
  '4411': '4401',
  '4412': '4402',
  '4413': '4403',
  '4414': '4404',
  '4415': '4405',
  '4416': '4406',
  '4419': '4409',
  '5414': '5401',
  '5419': '5409',
  '8211': '8201',
  '8212': '8202',
  '8219': '8209',
  '9211': '9201',
  '9212': '9202',
  '9213': '9203',
  '9214': '9204',
  '9215': '9205',
  '9216': '9206',
  '9411': '9401',
  '9412': '9402',
  '441': '440',
  '541': '540',
  '821': '820',
  '921': '920',
  '941': '940',
};
/** Same number, other work: VSCO 3355 is the forest ranger; 6222 and 6223 divide the sea differently. */
const DIFFERENT_MEANING = new Set(['3355', '6222', '6223']);

/** Two names are garbled in our copy. */
const NAMES_REPAIRED: Record<string, string> = {
  '2152': 'Kỹ sư điện tử',
  '4322': 'Nhân viên kế hoạch và điều độ sản xuất',
};

const names = lazy(
  () =>
    new Map(
      readDataRows<'code' | 'name_vi'>('vsco2020-partial.csv').map((row) => [
        row.code,
        NAMES_REPAIRED[row.code] ?? row.name_vi.trim(),
      ]),
    ),
);

/** The VSCO-2020 group for an ISCO-08 code of one to four digits, where it is known. */
export function vscoFor(iscoCode: string): VscoMapping {
  if (/^[01]/.test(iscoCode)) return { known: false, reason: 'different-structure', nearestKnown: null };
  const nearestKnown = nearest(iscoCode);
  if (DIFFERENT_MEANING.has(iscoCode)) return { known: false, reason: 'different-meaning', nearestKnown };
  const code = RENUMBERED[iscoCode] ?? iscoCode;
  const nameVi = names().get(code);
  if (nameVi === undefined) return { known: false, reason: 'not-in-our-copy', nearestKnown };
  return { known: true, code, nameVi };
}

/** The narrowest wider group that is known, for a report that may stay general. */
function nearest(iscoCode: string): string | null {
  for (let length = iscoCode.length - 1; length >= 1; length--) {
    const wider = iscoCode.slice(0, length);
    const code = RENUMBERED[wider] ?? wider;
    if (names().has(code)) return code;
  }
  return null;
}
