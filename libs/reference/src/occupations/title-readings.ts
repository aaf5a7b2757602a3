import { accentedKey } from '../text/index.js';
import { composedGroup, engineeringGroup, leadingRole, trailingRole, type Role } from './manager-groups.js';
import { keyWords, longestMatches, readMatch, type Match, type Reading } from './title-matches.js';
import { beginsWithWorkerRank, dropTrailingRanks, skipRanks, withoutFillers } from './title-ranks.js';
import { keyOf, type TitleWord } from './title-words.js';

/** The unit groups that one part of a title names, in no order. */
export function readPart(all: readonly TitleWord[]): Reading[] {
  const from = skipRanks(all);
  const words = all.slice(from, dropTrailingRanks(all, from));
  const matches = longestMatches(all);
  const role = beginsWithWorkerRank(all) ? undefined : (leadingRole(words) ?? trailingRole(words));
  if (role) {
    const composed = readRole(role, words, matches, from);
    if (composed) return composed;
  }
  if (keyOf(words, 0, 2) === 'ki su' && words.length > 2) {
    const composed = readEngineer(words, matches, from);
    if (composed) return composed;
  }
  const ofTrade = readWorker(words, matches, from);
  if (ofTrade) return ofTrade;
  if (keyOf(words, 0, 4) === 'ki su thiet ke' && words.length > 4) {
    // Engineers of a field design in that field.
    const ofField = strongestFirst(readPart([...words.slice(0, 2), ...words.slice(4)]));
    if ((ofField[0]?.score ?? 0) >= 0.8) return ofField.map((r) => ({ ...r, score: r.score * 0.92 }));
  }
  const readings = matches.flatMap((match) => readMatch(match, all, from, words.length));
  const plain = withoutFillers(all);
  return plain === all ? readings : strongest(readings, readPart(plain));
}

const strongest = (a: Reading[], b: Reading[]): Reading[] =>
  (a[0]?.score ?? 0) >= (b[0]?.score ?? 0)
    ? a
    : b.map((reading) => ({ ...reading, score: reading.score * 0.95 }));

/** "Trưởng phòng X" for an X that the vocabulary does not know with its head: the managers of those who do X. */
function readRole(
  role: Role,
  words: readonly TitleWord[],
  matches: Match[],
  from: number,
): Reading[] | undefined {
  const longer = matches.find(
    ({ start, length }) => start <= from && start + length > from + role.length && length > role.length,
  );
  const knownWhole = matches.some(
    ({ start, length }) => start <= from && start + length >= from + words.length,
  );
  if (knownWhole || (longer && !role.atEnd)) return undefined;
  const below = strongestFirst(readPart([...role.rest]));
  const group = below[0] && composedGroup(role.kind, below[0].code);
  if (!group) return undefined;
  const led = below.map((reading) => ({ ...reading, score: reading.score * 0.4 }));
  return [{ code: group, score: below[0]!.score * 0.85, evidence: keyWords(words) }, ...led];
}

/** "Kỹ sư X": the engineers of a trade that is known without the word. */
function readEngineer(words: readonly TitleWord[], matches: Match[], from: number): Reading[] | undefined {
  if (matches.some(({ start, length }) => start <= from && start + length > from + 2)) return undefined;
  const rankless = words.slice(2).filter((word) => !ENGINEER_RANKS.has(word.normal));
  const trade = strongestFirst(readPart(rankless))[0];
  const code = trade && engineeringGroup(trade.code);
  const evidence = keyWords(words);
  return code ? [{ code, score: trade.score * 0.85, evidence }] : [{ code: '2149', score: 0.35, evidence }];
}

/** "Công nhân X", "Thợ X": the trade, where the vocabulary knows it without the word and it is one of the hands. */
function readWorker(words: readonly TitleWord[], matches: Match[], from: number): Reading[] | undefined {
  const length = WORKERS_OF_TRADES.find(
    (phrase) => keyOf(words, 0, phrase.length) === phrase.join(' '),
  )?.length;
  if (!length || words.length <= length) return undefined;
  if (matches.some((match) => match.start <= from && match.start + match.length >= from + words.length))
    return undefined;
  const trade = strongestFirst(readPart(words.slice(length)))[0];
  if (!trade || trade.score < 0.85 || !/^[6-9]/.test(trade.code)) return undefined;
  return [{ ...trade, score: trade.score * 0.92, evidence: keyWords(words) }];
}

const WORKERS_OF_TRADES = [['cong', 'nhan'], ['tho', 'phu'], ['tho'], ['phu', 'tho']];

const ENGINEER_RANKS = new Set(['trưởng', 'chủ', 'trì', 'lập'].map((word) => accentedKey(word)));

const strongestFirst = (readings: Reading[]): Reading[] => [...readings].sort((a, b) => b.score - a.score);
