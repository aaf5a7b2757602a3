import { tokens } from '#reference';
import { BINDING_WORDS, ROLES, type Role, TRADE_WORDS } from './roles.data.js';
import { SYNONYMS } from './synonyms.data.js';

/** A phrase of the hand-made lists, by its folded words. */
export interface Phrase {
  words: string[];
  normal: string[];
  same: { words: string[]; normal: string[] }[];
  near: { words: string[]; normal: string[] }[];
  role?: Role;
}

const MAX_WORDS = 5;
const byKey = new Map<string, Phrase[]>();

function wordsOf(text: string): { words: string[]; normal: string[] } {
  const found = tokens(text);
  return { words: found.map((token) => token.folded), normal: found.map((token) => token.normal) };
}

/** The entry of a phrase: one for each accented writing ("bán" and "bàn" are different words with one key). */
function entry(text: string): Phrase {
  const { words, normal } = wordsOf(text);
  const key = words.join(' ');
  const known = byKey.get(key) ?? [];
  let phrase = known.find((other) => other.normal.join(' ') === normal.join(' '));
  if (!phrase) {
    phrase = { words, normal, same: [], near: [] };
    byKey.set(key, [...known, phrase]);
  }
  return phrase;
}

for (const role of ROLES) for (const text of role.phrases) entry(text).role = role;
for (const group of SYNONYMS) {
  for (const text of group.same) {
    const phrase = entry(text);
    for (const other of group.same) if (other !== text) phrase.same.push(wordsOf(other));
    for (const other of group.near ?? []) phrase.near.push(wordsOf(other));
  }
  for (const text of group.near ?? []) {
    const phrase = entry(text);
    for (const other of group.same) phrase.near.push(wordsOf(other));
  }
}

const binding = new Set(BINDING_WORDS.flatMap((word) => wordsOf(word).words));

/** Whether the word makes one thing with what follows it ("thợ", "tiếng"). */
export function binds(folded: string): boolean {
  return binding.has(folded);
}

/**
 * The longest listed phrase that starts at `at`: as written where the list has it so, otherwise in any accents
 * ("ban hàng", "bốc tách" for "bóc tách").
 */
export function phrasesAt(folded: readonly string[], normal: readonly string[], at: number): Phrase[] {
  for (let length = Math.min(MAX_WORDS, folded.length - at); length >= 1; length--) {
    const found = byKey.get(folded.slice(at, at + length).join(' '));
    if (!found) continue;
    const written = normal.slice(at, at + length).join(' ');
    const exact = found.filter((phrase) => phrase.normal.join(' ') === written);
    // One syllable in other accents is another word, unless the writer leaves accents out throughout.
    if (exact.length || length > 1 || normal.every((word, i) => word === folded[i]))
      return exact.length ? exact : found;
  }
  return [];
}

/** All phrases of the lists, as vocabulary that is good whether or not the index has it. */
export function listedPhrases(): string[] {
  return [...byKey.values()].flat().map((phrase) => phrase.normal.join(' '));
}

const roleWords = new Set(
  [
    ...ROLES.filter(({ strength }) => strength !== 'filler').flatMap(({ phrases }) => phrases),
    ...TRADE_WORDS,
  ].flatMap((text) => wordsOf(text).words),
);

/** Whether the word is part of the name of a role ("viên", "trưởng"). */
export function isRoleWord(folded: string): boolean {
  return roleWords.has(folded);
}

const levels = ROLES.flatMap(({ phrases, level }) =>
  level ? phrases.map((text) => ({ key: ` ${wordsOf(text).words.join(' ')} `, level })) : [],
).sort((a, b) => b.key.length - a.key.length);

/** The level that folded words name; the longest name counts ("phó giám đốc" is no "giám đốc"). */
export function levelNamed(folded: readonly string[]): Role['level'] {
  const text = ` ${folded.join(' ')} `;
  return levels.find(({ key, level }) => level !== 'staff' && text.includes(key))?.level;
}

const tradeWords = new Set(TRADE_WORDS.flatMap((text) => wordsOf(text).words));

/** Whether the word makes a trade of what follows it ("thợ"). */
export function isTradeWord(folded: string): boolean {
  return tradeWords.has(folded);
}
