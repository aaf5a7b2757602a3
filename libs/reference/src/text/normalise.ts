/**
 * Vietnamese spelling made comparable. Three depths, each on top of the one before:
 * `tidy` (safe to store and show) → `normalise` (compare with accents) → `fold` (compare without).
 */

const SPACES = /[\s\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/gu;
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe0f\ufeff]/gu;
const DASHES = /[\u2010-\u2015\u2212\u2043\ufe58\ufe63\uff0d]/gu;
/** Letters dressed up as mathematical bold or full width, which postings use to shout. */
const DRESSED_UP = /[\u{1d400}-\u{1d7ff}\uff01-\uff5e]+/gu;
const ASCII_ONLY = /^[\x20-\x7e]*$/;

/**
 * NFC, ordinary spaces, dashes and quotes, nothing invisible, the Icelandic Ð that old encodings put for
 * Đ made Đ. Case and spelling are the writer's.
 */
export function tidy(text: string): string {
  if (ASCII_ONLY.test(text)) return text.replace(/ {2,}/g, ' ').trim();
  return text
    .replace(DRESSED_UP, (run) => run.normalize('NFKC'))
    .normalize('NFC')
    .replace(INVISIBLE, '')
    .replace(DASHES, '-')
    .replace(/[\u2018\u2019\u02bc]/gu, "'")
    .replace(/[\u201c\u201d]/gu, '"')
    .replace(/\u00d0/gu, 'Đ')
    .replace(SPACES, ' ')
    .trim();
}

const TONE_MARKS = /[\u0300\u0301\u0303\u0309\u0323]/u;
const WORD = /[\p{L}\p{M}]+/gu;
const SYLLABLE =
  /^(ngh|ng|nh|ch|gh|gi(?=[aeiouyăâêôơư])|kh|ph|qu(?=[aeioyăâêôơư])|th|tr|[bcdđghklmnpqrstvx])?([aeiouyăâêôơư]{1,3})(ch|ng|nh|[cmnpt])?$/u;
const MODIFIED = /[ăâêôơư]/u;

/** The index of the letter that carries the tone, in the older placement that official names use (Khánh Hòa). */
function tonePosition(onset: string, nucleus: string, coda: string): number {
  for (let i = nucleus.length - 1; i >= 0; i--) {
    if (MODIFIED.test(nucleus[i]!)) return onset.length + i;
  }
  if (coda) return onset.length + nucleus.length - 1;
  return onset.length + (nucleus.length === 3 ? 1 : 0);
}

/**
 * One spelling for i/y where both are written for the same word: a lone i or y after h, k, l, m, s, t
 * becomes i (kỹ = kĩ, lý = lí, bác sỹ = bác sĩ), after qu it becomes y (quí = quý, quít = quýt). The directions
 * differ so that a word typed half way still begins its whole form: "ki" → kinh, "quy" → quyền.
 */
function foldIY(letters: string, onset: string, nucleus: string, coda: string): string {
  const at = onset.length;
  if (nucleus === 'y' && !coda && /^[hklmst]$/.test(onset)) return replaceAt(letters, at, 'i');
  if (nucleus === 'i' && onset === 'qu') return replaceAt(letters, at, 'y');
  return letters;
}

function replaceAt(letters: string, at: number, lower: string): string {
  const replacement = letters[at] === letters[at]!.toUpperCase() ? lower.toUpperCase() : lower;
  return letters.slice(0, at) + replacement + letters.slice(at + 1);
}

function normaliseSyllable(word: string): string {
  if (word.length > 10) return word;
  const decomposed = word.normalize('NFD');
  const tone = TONE_MARKS.exec(decomposed)?.[0];
  const toneless = tone ? decomposed.replace(tone, '').normalize('NFC') : word;
  const parts = SYLLABLE.exec(toneless.toLowerCase());
  if (!parts) return word;
  const [, onset = '', nucleus = '', coda = ''] = parts;
  const letters = foldIY(toneless, onset, nucleus, coda);
  if (!tone) return letters;
  const at = tonePosition(onset, nucleus, coda);
  return (letters.slice(0, at + 1) + tone + letters.slice(at + 1)).normalize('NFC');
}

const MAX_REMEMBERED = 20_000;
const remembered = new Map<string, string>();

/** The language has some seven thousand syllables: most words were seen before. */
function normaliseWord(word: string): string {
  const known = remembered.get(word);
  if (known !== undefined) return known;
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  const result = normaliseSyllable(word);
  remembered.set(word, result);
  return result;
}

/**
 * `tidy`, then one spelling per syllable: tone marks where older orthography puts them (hoá → hóa, thuý → thúy,
 * qúy → quý) and i/y unified where they are the same word (kĩ = kỹ, quí = quý; never tay/tai, thúy/thúi). Case is
 * kept. For comparing and indexing, not for showing: "công ty" becomes "công ti".
 */
export function normalise(text: string): string {
  return tidy(text).replace(WORD, normaliseWord);
}

/** `normalise` in lower case: equal for two writings of the same accented words. */
export function normaliseLower(text: string): string {
  return normalise(text).toLowerCase();
}

/** Without accents, đ → d, lower case, spelling normalised first ("Kĩ sư ĐIỆN" → "ki su dien"). */
export function fold(text: string): string {
  return stripAccents(normalise(text)).toLowerCase();
}

/** Accents off, đ → d; case and spelling kept. */
export function stripAccents(text: string): string {
  if (ASCII_ONLY.test(text)) return text;
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/đ/g, 'd')
    .replace(/[ĐÐ]/g, 'D')
    .normalize('NFC');
}

/** Whether the writer used Vietnamese diacritics (or đ) anywhere. */
export function isAccented(text: string): boolean {
  return !ASCII_ONLY.test(text) && stripAccents(text) !== text.normalize('NFC');
}

/** Lower-case letters, digits and single hyphens, for addresses ("Kỹ sư C++ – Đà Nẵng" → "ky-su-c-da-nang"). */
export function slug(text: string): string {
  return stripAccents(tidy(text))
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
