import { provinces, foldedTokens } from '#reference';
import { headKey, titleWords, type TitleWords } from '../query/title-words.js';
import { experienceBand, payBand } from './bands.js';
import type { OpeningDoc } from './opening-doc.js';

/**
 * The index terms of an opening. Words: `han`, `+hàn`; neighbours: `tho_han`, `+thợ_hàn`; head: `=tho han`; the
 * same of other texts: `~word`, `~two_words`; filters: `p:01` province, `c:00004` commune, `o:7212` and its
 * groups, `l:` level, `x:` experience, `k:` kind, `m:` pay; `@binh_duong` a place as written.
 */
const MAX_BODY_WORDS = 200;
const MAX_HEAD = 80;
const MAX_TERM = 200;

export function titleTerms(words: TitleWords): Set<string> {
  const terms = new Set<string>();
  words.folded.forEach((folded, i) => {
    const normal = words.normal[i]!;
    terms.add(folded);
    if (normal !== folded) terms.add(`+${normal}`);
    if (!words.joined[i]) return;
    const before = words.folded[i - 1]!;
    const normalBefore = words.normal[i - 1]!;
    terms.add(`${before}_${folded}`);
    if (normal !== folded || normalBefore !== before) terms.add(`+${normalBefore}_${normal}`);
  });
  const head = headKey(words);
  if (head && head.length <= MAX_HEAD) terms.add(`=${head}`);
  return terms;
}

/** Words of the texts beside the title; none of them is like a term of the title. */
function addBodyTerms(terms: Set<string>, doc: OpeningDoc): void {
  const most = terms.size + MAX_BODY_WORDS * 2;
  for (const text of [doc.employerName, ...(doc.skills ?? []), doc.description]) {
    if (!text) continue;
    let before: string | undefined;
    for (const folded of foldedTokens(text)) {
      if (terms.size >= most) return;
      terms.add(`~${folded}`);
      if (before !== undefined) terms.add(`~${before}_${folded}`);
      before = folded;
    }
  }
}

function placeWords(doc: OpeningDoc): string[] {
  return doc.workplaces.flatMap(({ text }) => (text ? [foldedTokens(text).join(' ')] : []));
}

function filterTerms(doc: OpeningDoc, places: readonly string[]): string[] {
  const terms: string[] = [];
  for (const { provinceCode, communeCode } of doc.workplaces) {
    if (provinceCode) terms.push(`p:${provinceCode}`);
    if (communeCode) terms.push(`c:${communeCode}`);
  }
  for (const place of places) terms.push(`@${place.replaceAll(' ', '_')}`);
  const code = doc.occupationCode;
  if (code) for (let length = 1; length <= code.length; length++) terms.push(`o:${code.slice(0, length)}`);
  if (doc.positionLevel) terms.push(`l:${doc.positionLevel}`);
  if (doc.employmentForm) terms.push(`k:${doc.employmentForm}`);
  const experience = experienceBand(doc.experience);
  if (experience) terms.push(`x:${experience}`);
  const pay = payBand(doc.pay);
  if (pay) terms.push(`m:${pay}`);
  return terms;
}

/** An opening with its terms: words are cut once for all indexes. */
export interface DocTerms {
  doc: OpeningDoc;
  title: TitleWords;
  /** Words and pairs of words of title, employer, skills and description. */
  text: string[];
  /** Folded places as written, one string per workplace ("binh duong"). */
  places: string[];
  /** What is filtered by: everything with a colon, and the places as written. Some may stand twice. */
  filters: string[];
}

export function docTerms(doc: OpeningDoc): DocTerms {
  const title = titleWords(doc.title);
  const text = titleTerms(title);
  addBodyTerms(text, doc);
  const places = placeWords(doc);
  return { doc, title, text: within(text), places, filters: within(filterTerms(doc, places)) };
}

const within = (terms: Iterable<string>): string[] => [...terms].filter((term) => term.length < MAX_TERM);

const provinceBits = new Map(provinces().map(({ code }, i) => [code, 1n << BigInt(i)]));
const bitProvinces = [...provinceBits].map(([code]) => code);

/** Provinces as bits, so that they are grouped and counted as one number. */
export function provinceMask(doc: OpeningDoc): bigint {
  let mask = 0n;
  for (const { provinceCode } of doc.workplaces)
    mask |= (provinceCode && provinceBits.get(provinceCode)) || 0n;
  return mask;
}

export function provincesOf(mask: bigint): string[] {
  return bitProvinces.filter((_, i) => mask & (1n << BigInt(i)));
}
