import { phraseKey } from '../text/index.js';
import { country } from './countries.js';
import { currencies } from './currencies.js';
import * as employers from './employers.js';
import { language } from './languages.js';
import * as openings from './openings.js';
import * as people from './people.js';
import type { Value } from './value.js';

export { countryNamed } from './countries.js';
export { currencies, minorUnitsPerUnit, type Currency } from './currencies.js';
export { importColumns, type ImportColumn } from './import-columns.js';
export { technicalLevelVariants, type TechnicalLevel } from './people.js';
export type { Value } from './value.js';

const { technicalLevelVariants, ...peopleLists } = people;

/** Every value list of the forms by name, in the order in which forms show them. */
export const valueLists = {
  ...employers,
  ...openings,
  ...peopleLists,
  language,
  country,
  currency: currencies as readonly Value[],
};

export type ValueListName = keyof typeof valueLists;

/** A list by its name, for callers that got the name from outside. */
export function valueList(name: string): readonly Value[] | undefined {
  return Object.hasOwn(valueLists, name) ? valueLists[name as ValueListName] : undefined;
}

/** The label of a code; the code itself when the list does not know it. */
export function labelOf(name: ValueListName, code: string, lang: 'vi' | 'en' = 'vi'): string {
  return (valueLists[name] as readonly Value[]).find((value) => value.code === code)?.[lang] ?? code;
}

/** The code that a label or code stands for, in either language, accents and case aside ("Nữ", "nu", "female"). */
export function codeOf(name: ValueListName, text: string): string | undefined {
  const key = phraseKey(text);
  const list: readonly Value[] = valueLists[name];
  const exact = list.find((value) => value.code === text.trim());
  return (exact ?? list.find(({ vi, en }) => phraseKey(vi) === key || phraseKey(en) === key))?.code;
}

const TECHNICAL_SYNONYMS: Record<string, (typeof people.technicalLevel)[number]['code']> = {
  'dai hoc tro len': 'university',
  'lao dong pho thong': 'untrained',
  'khong yeu cau': 'untrained',
  'cong nhan ki thuat': 'workerNoCertificate',
  'chung chi nghe': 'certUnder3Months',
  'so cap nghe': 'elementary',
  'trung cap nghe': 'intermediate',
  'trung cap chuyen nghiep': 'intermediate',
  'trung hoc chuyen nghiep': 'intermediate',
  'cao dang nghe': 'college',
  'thac si': 'postgraduate',
  'tien si': 'postgraduate',
};

/** The level that a label of either official variant, or a common name of a degree, stands for. */
export function technicalLevelOf(text: string): people.TechnicalLevel | undefined {
  const key = phraseKey(text);
  const fromForms = (
    Object.entries(technicalLevelVariants) as [people.TechnicalLevel, { long: string }][]
  ).find(([, variant]) => phraseKey(variant.long) === key)?.[0];
  return (
    fromForms ??
    (codeOf('technicalLevel', text) as people.TechnicalLevel | undefined) ??
    TECHNICAL_SYNONYMS[key]
  );
}
