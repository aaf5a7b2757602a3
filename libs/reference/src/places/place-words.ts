import type { Token } from '../text/index.js';
import type { PlaceEntry } from './place-index.js';

/** A word that says what kind of unit the name after it is, and which entries it can mean. */
export interface PlaceWord {
  /** The word may begin a name too (Quan Sơn, Xã Đàn): with accents it must be written like this. */
  normal: string[];
  fits: (entry: PlaceEntry) => boolean;
  /** When nothing fits exactly: writers say "huyện" of a district that had become a city. */
  mayFit: (entry: PlaceEntry) => boolean;
}

const isProvince = (entry: PlaceEntry): boolean =>
  entry.tier === 'province' || entry.tier === 'formerProvince';
const isDistrict = (entry: PlaceEntry): boolean => entry.tier === 'formerDistrict';
const isCommune = (entry: PlaceEntry): boolean => entry.tier === 'commune';
const called =
  (kind: string) =>
  (entry: PlaceEntry): boolean =>
    entry.fullName.startsWith(kind);

/** Longest first, because "thị xã" begins with nothing but contains "xã". */
const PLACE_WORDS: readonly PlaceWord[] = [
  { normal: ['thành', 'phố'], fits: called('Thành phố'), mayFit: (e) => isProvince(e) || isDistrict(e) },
  { normal: ['thị', 'xã'], fits: called('Thị xã'), mayFit: isDistrict },
  { normal: ['đặc', 'khu'], fits: called('Đặc khu'), mayFit: isCommune },
  { normal: ['tỉnh'], fits: isProvince, mayFit: isProvince },
  { normal: ['tp'], fits: called('Thành phố'), mayFit: (e) => isProvince(e) || isDistrict(e) },
  { normal: ['t', 'p'], fits: called('Thành phố'), mayFit: (e) => isProvince(e) || isDistrict(e) },
  { normal: ['quận'], fits: called('Quận'), mayFit: isDistrict },
  { normal: ['q'], fits: called('Quận'), mayFit: isDistrict },
  { normal: ['huyện'], fits: called('Huyện'), mayFit: isDistrict },
  { normal: ['h'], fits: called('Huyện'), mayFit: isDistrict },
  { normal: ['tx'], fits: called('Thị xã'), mayFit: isDistrict },
  { normal: ['phường'], fits: called('Phường'), mayFit: isCommune },
  { normal: ['p'], fits: called('Phường'), mayFit: isCommune },
  { normal: ['xã'], fits: called('Xã'), mayFit: isCommune },
  { normal: ['district'], fits: isDistrict, mayFit: isDistrict },
  { normal: ['ward'], fits: isCommune, mayFit: isCommune },
];

/** English puts the kind behind the name. */
const WORDS_BEHIND = new Map<string, PlaceWord>(
  (
    [
      ['province', isProvince],
      ['city', (entry) => called('Thành phố')(entry) || isProvince(entry)],
      ['district', isDistrict],
      ['ward', isCommune],
      ['commune', isCommune],
    ] as [string, PlaceWord['fits']][]
  ).map(([word, fits]) => [word, { normal: [word], fits, mayFit: fits }]),
);

/** The English kind word at the end of a name. */
export const placeWordBehind = (words: readonly Token[]): PlaceWord | undefined =>
  WORDS_BEHIND.get(words.at(-1)?.folded ?? '');

const FOLDED = PLACE_WORDS.map((word) => ({
  word,
  folded: word.normal.map((part) => part.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd')),
}));

/** The kind word that begins at `at`, with the number of tokens that it takes. */
export function placeWordAt(
  words: readonly Token[],
  at: number,
): { word: PlaceWord; length: number } | undefined {
  const found = FOLDED.find(({ word, folded }) =>
    folded.every((part, i) => {
      const token = words[at + i];
      return (
        token !== undefined && (token.accented ? token.normal === word.normal[i] : token.folded === part)
      );
    }),
  );
  return found && { word: found.word, length: found.folded.length };
}

/** Those that the kind word means; without one, all. */
export function fitting(entries: readonly PlaceEntry[], word: PlaceWord | undefined): PlaceEntry[] {
  if (!word) return [...entries];
  const exact = entries.filter(word.fits);
  return exact.length ? exact : entries.filter(word.mayFit);
}

/** Industrial zones, streets, markets and bridges are named after places that they need not lie in. */
const NAMED_AFTER_PLACES = new Set([
  'kcn',
  'kcx',
  'ccn',
  'nghiep',
  'duong',
  'pho',
  'cho',
  'toa',
  'truong',
  'vien',
  'cang',
]);

/** Whether the name that begins at `at` is rather the name of a zone, street or building. */
export function isNameOfSomethingElse(words: readonly Token[], at: number): boolean {
  const before = words[at - 1]?.folded ?? '';
  return NAMED_AFTER_PLACES.has(before) && words[at - 2]?.folded !== 'thanh';
}
