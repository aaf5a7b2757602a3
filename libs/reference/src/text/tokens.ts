import { isAccented, normaliseLower, stripAccents } from './normalise.js';

/** A word of a text. `start`/`end` are UTF-16 offsets into the text as given, so that it can be highlighted. */
export interface Token {
  /** As written. */
  text: string;
  /** Normalised spelling, lower case, accents kept. */
  normal: string;
  /** Normalised spelling, lower case, no accents. */
  folded: string;
  start: number;
  end: number;
  accented: boolean;
}

const LETTER = '[\\p{L}\\p{N}]';
const PART = '[\\p{L}\\p{N}\\p{M}]';
/**
 * Names with signs in them are one word (C++, C#, .NET, node.js, R&D, 7.000.000); everything else is a run of
 * letters and digits with its combining marks (3D, CNC, B2B, 15tr).
 */
const TOKEN = new RegExp(
  [
    `(?<!${PART})[cf](?:\\+\\+|#)(?!${PART})`,
    `(?<=^|asp|[^\\p{L}\\p{N}\\p{M}])\\.net(?!${PART})`,
    `(?<!${PART})(?:node|vue|react|next|nest|angular|express|three)\\.js(?!${PART})`,
    `(?<!${PART})\\p{L}{1,2}&\\p{L}{1,2}(?!${PART})`,
    `(?<!${PART})\\d+(?:[.,]\\d+)+`,
    `${LETTER}${PART}*`,
  ].join('|'),
  'giu',
);

/** Most texts have no names with signs in them, and this is several times quicker. */
const PLAIN_TOKEN = new RegExp(`${LETTER}${PART}*`, 'gu');
const SIGNS = /[+#&.,]/;

type Forms = Pick<Token, 'normal' | 'folded' | 'accented'>;
const MAX_REMEMBERED = 50_000;
const remembered = new Map<string, Forms>();

/** Words come back again and again: each is worked out once. */
function formsOf(written: string): Forms {
  const known = remembered.get(written);
  if (known) return known;
  const normal = normaliseLower(written);
  const forms = { normal, folded: stripAccents(normal), accented: isAccented(written) };
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  remembered.set(written, forms);
  return forms;
}

const patternFor = (text: string): RegExp => (SIGNS.test(text) ? TOKEN : PLAIN_TOKEN);

/** The words (Vietnamese syllables, foreign words, numbers) of a text, in order, with their places in it. */
export function tokens(text: string): Token[] {
  const found: Token[] = [];
  for (const match of text.matchAll(patternFor(text))) {
    const written = match[0];
    const { normal, folded, accented } = formsOf(written);
    if (!normal) continue;
    const [start, end] = [match.index, match.index + written.length];
    found.push({ text: written, normal, folded, start, end, accented });
  }
  return found;
}

/** The folded words of a text ("Thợ Hàn MIG/MAG" → ["tho", "han", "mig", "mag"]). */
export function foldedTokens(text: string): string[] {
  const found: string[] = [];
  for (const written of text.match(patternFor(text)) ?? []) {
    const { normal, folded } = formsOf(written);
    if (normal) found.push(folded);
  }
  return found;
}

/** The folded words joined by single blanks: one key for all writings of a phrase. */
export function phraseKey(text: string): string {
  return foldedTokens(text).join(' ');
}

/** The normalised, accented, lower-case words joined by single blanks. */
export function accentedKey(text: string): string {
  return tokens(text)
    .map((token) => token.normal)
    .join(' ');
}
