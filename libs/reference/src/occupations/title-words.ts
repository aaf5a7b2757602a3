import { accentedKey, stripAccents, tokens, type Token } from '../text/index.js';
import { abbreviationReading } from './abbreviations.js';

/** A word of a title as the classifier compares it. */
export interface TitleWord {
  normal: string;
  folded: string;
  accented: boolean;
  /** Written with a capital throughout (BA, PG, MC), which tells short names from syllables. */
  capitals: boolean;
}

/** Spellings and regional words that mean the same in a title; the longer ones first. */
const SAME_WORDS: readonly (readonly [from: string, to: string])[] = [
  ['tài xế lái xe', 'lái xe'],
  ['thu ngân kế toán', 'thu ngân'],
  ['căn hộ chung cư', 'căn hộ'],
  ['tài xế', 'lái xe'],
  ['tele sales', 'telesales'],
  ['tele sale', 'telesales'],
  ['e commerce', 'thương mại điện tử'],
  ['e com', 'thương mại điện tử'],
  ['anh ngữ', 'tiếng anh'],
  ['anh văn', 'tiếng anh'],
  ['hoa ngữ', 'tiếng trung'],
  ['tiếng hoa', 'tiếng trung'],
  ['nhật ngữ', 'tiếng nhật'],
  ['hàn ngữ', 'tiếng hàn'],
  ['máy lạnh', 'điều hòa'],
  ['front end', 'frontend'],
  ['back end', 'backend'],
  ['full stack', 'fullstack'],
  ['react js', 'reactjs'],
  ['teamleader', 'team leader'],
  ['teamlead', 'team leader'],
  ['node js', 'nodejs'],
  ['đồ hoạ', 'đồ họa'],
  ['internal audit', 'kiểm toán nội bộ'],
  ['part time', 'parttime'],
  ['kol koc', 'kol'],
  ['telesale', 'telesales'],
  ['telesaler', 'telesales'],
  ['sales', 'kinh doanh'],
  ['sale', 'kinh doanh'],
  ['saler', 'kinh doanh'],
  ['salesman', 'kinh doanh'],
  ['bussiness', 'business'],
  ['ecommerce', 'thương mại điện tử'],
  ['ecom', 'thương mại điện tử'],
  ['heo', 'lợn'],
  ['dev', 'developer'],
  ['node.js', 'nodejs'],
  ['net', '.net'],
  ['fanpage', 'page'],
  ['design', 'thiết kế'],
  ['graphics', 'graphic'],
  ['event', 'sự kiện'],
  ['cafe', 'cà phê'],
  ['coffee', 'cà phê'],
  ['bđs', 'bất động sản'],
];

interface SameWords {
  from: readonly TitleWord[];
  to: readonly TitleWord[];
}

const wordOf = (normal: string): TitleWord => {
  const folded = stripAccents(normal);
  return { normal, folded, accented: folded !== normal, capitals: false };
};
const wordsOf = (phrase: string): TitleWord[] => accentedKey(phrase).split(' ').map(wordOf);

const sameByFirst = new Map<string, SameWords[]>();
for (const [from, to] of SAME_WORDS) {
  const same = { from: wordsOf(from), to: wordsOf(to) };
  const first = same.from[0]!.folded;
  sameByFirst.set(first, [...(sameByFirst.get(first) ?? []), same]);
}

/** The words of a phrase with short forms spelt out and same words unified. */
export function titleWords(text: string): TitleWord[] {
  const read = tokens(text);
  const spelt: TitleWord[] = [];
  const folded = read.map((token) => token.folded);
  for (const [i, token] of read.entries()) {
    const reading = abbreviationReading(folded, i);
    if (reading) spelt.push(...wordsOf(reading.full));
    else if (!JOINING.has(token.normal)) spelt.push(titleWord(token));
  }
  return unify(spelt);
}

/** Words that only join the others: left out of titles and vocabulary alike. */
const JOINING = new Set(['và', 'and', 'các', 'của', 'cho', 'the', 'of', 'for']);

const MAX_REMEMBERED = 50_000;
const remembered = new Map<string, TitleWord>();

function titleWord(token: Token): TitleWord {
  const known = remembered.get(token.text);
  if (known) return known;
  const isPlural = /^[a-z]{4,}[a-rt-z]s$/.test(token.folded) && !/(us|is|sales|js)$/.test(token.folded);
  // English plurals: no Vietnamese syllable ends in s.
  const cut = isPlural ? -1 : undefined;
  const capitals = token.text.length > 1 && token.text === token.text.toUpperCase();
  const word = {
    normal: token.normal.slice(0, cut),
    folded: token.folded.slice(0, cut),
    accented: token.accented,
    capitals,
  };
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  remembered.set(token.text, word);
  return word;
}

function unify(words: TitleWord[]): TitleWord[] {
  if (!words.some((word) => sameByFirst.has(word.folded))) return words;
  const result: TitleWord[] = [];
  for (let at = 0; at < words.length;) {
    const same = sameByFirst.get(words[at]!.folded)?.find(({ from }) =>
      from.every((part, i) => {
        const word = words[at + i];
        return word && (word.accented ? word.normal === part.normal : word.folded === part.folded);
      }),
    );
    if (same) result.push(...same.to);
    else result.push(words[at]!);
    at += same ? same.from.length : 1;
  }
  return result;
}

export const keyOf = (words: readonly TitleWord[], at: number, length: number): string =>
  words
    .slice(at, at + length)
    .map((word) => word.folded)
    .join(' ');
