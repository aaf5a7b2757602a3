import * as employers from '../../../../libs/reference/src/value-lists/employers';
import { language } from '../../../../libs/reference/src/value-lists/languages';
import * as openings from '../../../../libs/reference/src/value-lists/openings';
import * as people from '../../../../libs/reference/src/value-lists/people';
import type { Value } from '../../../../libs/reference/src/value-lists/value';

const { technicalLevelVariants: _variants, ...peopleLists } = people;

/** Where Vietnamese workers mostly go; names are the browser's own. */
const markets = [
  'JP',
  'TW',
  'KR',
  'CN',
  'HK',
  'MO',
  'SG',
  'MY',
  'TH',
  'LA',
  'DE',
  'PL',
  'HU',
  'RO',
  'SA',
  'AE',
  'AU',
];
const regionNames = {
  vi: new Intl.DisplayNames('vi', { type: 'region' }),
  en: new Intl.DisplayNames('en', { type: 'region' }),
};
const country: Value[] = markets.map((code) => ({
  code,
  vi: regionNames.vi.of(code) ?? code,
  en: regionNames.en.of(code) ?? code,
}));

/** The value lists of Mẫu 01 and Mẫu 01a, in the order in which forms show them. */
export const valueLists = { ...employers, ...openings, ...peopleLists, language, country };
export type ReferenceList = keyof typeof valueLists;

/** `{list: {code: label}}` in one language. */
export function labels(of: 'vi' | 'en'): Record<ReferenceList, Record<string, string>> {
  const lists = Object.entries(valueLists) as [ReferenceList, readonly Value[]][];
  const byCode = (list: readonly Value[]) => Object.fromEntries(list.map((value) => [value.code, value[of]]));
  return Object.fromEntries(lists.map(([name, list]) => [name, byCode(list)])) as Record<
    ReferenceList,
    Record<string, string>
  >;
}
