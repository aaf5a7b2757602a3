import { tidy } from './normalise.js';

const WORD = /[\p{L}\p{N}\p{M}]+/gu;

/**
 * The first letter of each word in upper case. A text in mixed case keeps its capitals (CNC, iOS, TP.HCM); one that
 * shouts throughout is lowered first, its abbreviations excepted as far as they have no vowel (CNC, QC, KTV).
 */
export function titleCase(text: string): string {
  const clean = tidy(text);
  const shouting = clean === clean.toUpperCase();
  return clean.replace(WORD, (word) => {
    const isAbbreviation = !/[aeiouyăâêôơư]/iu.test(word.normalize('NFD'));
    const hasOwnCapitals = !shouting && word.slice(1) !== word.slice(1).toLowerCase();
    if (hasOwnCapitals || (shouting && isAbbreviation)) return word;
    const rest = shouting ? word.slice(1).toLowerCase() : word.slice(1);
    return word.charAt(0).toUpperCase() + rest;
  });
}
