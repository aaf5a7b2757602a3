import { keyOf, type TitleWord } from './title-words.js';

/** Who leads: a department (managers, ISCO 12-14) or a team (supervisors). */
export type RoleKind = 'manager' | 'supervisor';

/** The words of a title that say "in charge of", and what they are in charge of. */
export interface Role {
  kind: RoleKind;
  length: number;
  rest: readonly TitleWord[];
  atEnd: boolean;
}

const LEADING: Record<string, RoleKind> = {
  'truong phong': 'manager',
  'pho phong': 'manager',
  'pho truong phong': 'manager',
  'giam doc': 'manager',
  'pho giam doc': 'manager',
  'truong bo phan': 'manager',
  'pho bo phan': 'manager',
  'truong ban': 'manager',
  'quan li': 'manager',
  'giam doc khoi': 'manager',
  'head of': 'manager',
  'pho quan li': 'manager',
  'tro li truong phong': 'manager',
  'truong nhom': 'supervisor',
  'pho nhom': 'supervisor',
  'to truong': 'supervisor',
  'to pho': 'supervisor',
  'truong ca': 'supervisor',
  leader: 'supervisor',
  'team leader': 'supervisor',
  'truong bo mon': 'manager',
  'lanh dao phong': 'manager',
  'pho truong': 'manager',
  'team lead': 'supervisor',
  manager: 'manager',
  truong: 'manager',
  lead: 'supervisor',
  'giam sat': 'supervisor',
  'giam sat vien': 'supervisor',
  'doi truong': 'supervisor',
  sup: 'supervisor',
  supervisor: 'supervisor',
};
const TRAILING: Record<string, RoleKind> = {
  manager: 'manager',
  director: 'manager',
  head: 'manager',
  'assistant manager': 'manager',
  leader: 'supervisor',
  lead: 'supervisor',
  'team leader': 'supervisor',
  'team lead': 'supervisor',
  supervisor: 'supervisor',
  sup: 'supervisor',
};

const ROLES = new Set([...Object.keys(LEADING), ...Object.keys(TRAILING)]);

/** "Trưởng phòng X": the role at the left end, longest first. */
export function leadingRole(words: readonly TitleWord[]): Role | undefined {
  for (const length of [3, 2, 1]) {
    const kind = LEADING[keyOf(words, 0, length)];
    if (kind && words.length > length) return { kind, length, rest: words.slice(length), atEnd: false };
  }
  return undefined;
}

/** Whether a part of a title says that somebody leads, and not what. */
export const isRoleOnly = (words: readonly TitleWord[]): boolean =>
  words.length <= 3 && ROLES.has(keyOf(words, 0, words.length));

/** "X manager": the role at the right end. */
export function trailingRole(words: readonly TitleWord[]): Role | undefined {
  for (const length of [2, 1]) {
    const kind = TRAILING[keyOf(words, words.length - length, length)];
    if (kind && words.length > length) return { kind, length, rest: words.slice(0, -length), atEnd: true };
  }
  return undefined;
}

/** Who manages the people of a unit group: longest code prefix first. */
const MANAGERS: readonly (readonly [prefixes: string, group: string])[] = [
  ['2423 2424 4416 4313 3333', '1212'],
  ['2411 2412 2413 3313 4311 3314', '1211'],
  ['2432 2641 2654', '1222'],
  ['2431 2433 2434 3322 3324 3334 3339 5244 5242 3321', '1221'],
  ['2511 2512 2513 2514 2519 252 351', '1330'],
  ['3323 3331 4321 4323 9333 4412 9321 8321 8322', '1324'],
  ['3312 4211 3311 4214 4312', '1346'],
  ['2142 2161 3112 3123 2149 2165 71 9313', '1323'],
  ['222 221 226 32', '1342'],
  ['2342 531', '1341'],
  ['231 232 233 234 235 4419', '1345'],
  ['4222 4229 4221 5113 514', '1439'],
  ['4224 9112', '1411'],
  ['5131 5132 5120 5246 9411 3434', '1412'],
  ['5223 5230 5222 3213 5221', '1420'],
  ['342 9629', '1431'],
  ['2166 2163 3432 3111 2611 2619 3521', '1349'],
  ['2113 2131 2145', '1223'],
  ['2132 314 61 921', '1311'],
  ['214 215 311 312 313 72 73 74 75 81 82 93 4322', '1321'],
  ['4 3343 2421 2133 2263 3257 5414', '1219'],
];
const SUPERVISORS: readonly (readonly [prefixes: string, group: string])[] = [
  ['2423 2424 4416 4313', '1212'],
  ['2411 2412 2413 3313 4311', '1211'],
  ['2432', '1222'],
  ['2431 2433 2434 3322 3324 3334 3339 5244 3321', '1221'],
  ['2511 2512 2513 2514 252', '1330'],
  ['2142 2161 3112 3123 71 9313 2151 3113 7411 2149', '3123'],
  ['5223 5230 5222 5242', '5222'],
  ['5131 5132 5246', '1412'],
  ['9112 9111', '5151'],
  ['5414', '5414'],
  ['231 232 233 234 235 4419', '1345'],
  ['214 215 311 313 72 73 74 75 81 82 93 4322 3122', '3122'],
  ['4 333', '3341'],
];

/** The group of those who lead the people of a unit group, or undefined where leading makes no other occupation. */
export function composedGroup(kind: RoleKind, code: string): string | undefined {
  if (code.startsWith('1')) return code;
  const found = lookUp(kind === 'manager' ? MANAGERS : SUPERVISORS, code);
  return found ?? (kind === 'supervisor' ? code : undefined);
}

/** The longest prefix wins. */
function lookUp(table: readonly (readonly [string, string])[], code: string): string | undefined {
  let found: { length: number; group: string } | undefined;
  for (const [prefixes, group] of table) {
    for (const prefix of prefixes.split(' ')) {
      if (code.startsWith(prefix) && prefix.length > (found?.length ?? 0))
        found = { length: prefix.length, group };
    }
  }
  return found?.group;
}

/** Engineers of what technicians, mechanics and draughtsmen do ("kỹ sư" before a known trade). */
const ENGINEERS: readonly (readonly [prefixes: string, group: string])[] = [
  ['3112 3123 71 4312 9313', '2142'],
  ['3113 741', '2151'],
  ['3114 3139 742', '2152'],
  ['3115 3118 2166 723 722 821', '2144'],
  ['3116 8131', '2145'],
  ['3119 3122 7543 814 815 816 8189', '2141'],
  ['3132', '2143'],
  ['3111 2421 3211', '2149'],
  ['3257', '2263'],
  ['351', '2522'],
  ['3522', '2153'],
  ['314', '2132'],
  ['7127 7231', '2144'],
  ['2529', '2529'],
];

/** The engineers' group for a trade's group; engineers and scientists stay where they are. */
export function engineeringGroup(code: string): string | undefined {
  return code.startsWith('2') && code !== '2166' && code !== '2421' ? code : lookUp(ENGINEERS, code);
}
