/** A piece of text that identifies a person. Offsets are UTF-16 units into the text as given. */
export interface PersonalDataFinding {
  kind: 'citizenId' | 'oldIdCard' | 'phone' | 'email';
  start: number;
  end: number;
  text: string;
}

/** What people put between the digits of a number. */
const GAP = '[ .\\u00a0\\u2010-\\u2015-]?';
const DIGITS = (count: string): string => `\\d(?:${GAP}\\d)${count}`;
const ALONE_BEFORE = '(?<![\\d.,]|\\d[ \\u00a0-])';
/** Another number may follow at once ("0912345678 0987654321"), more digits of the same may not. */
const ALONE_AFTER = `(?!\\d|[.,]\\d{3}|${GAP}(?!0[1-9]|84)\\d{2})`;

/** Written out ("ten (at) mail (dot) vn") or as such; parts are bounded, so that hostile text stays cheap. */
const AT = '(?:@|\\s?[(\\[]\\s?(?:at|a còng)\\s?[)\\]]\\s?)';
const DOT = '(?:\\.|\\s?[(\\[]\\s?dot\\s?[)\\]]\\s?)';
const EMAIL = new RegExp(
  `(?<![a-z0-9._%+-])[a-z0-9][a-z0-9._%+-]{0,63}${AT}[a-z0-9-]{1,63}(?:${DOT}[a-z0-9-]{1,63}){0,4}${DOT}[a-z]{2,24}(?![a-z0-9])`,
  'giu',
);
/** 12 digits: province (001-096), century and sex (0-9), year of birth, serial; so the first digit is 0. */
const CITIZEN_ID = new RegExp(`${ALONE_BEFORE}0(?:${GAP}\\d){11}${ALONE_AFTER}`, 'gu');
/** Mobile prefixes since 2018 (03x 05x 07x 08x 09x), their eleven-digit forms before (016x …), land lines (02xx). */
const PHONE = new RegExp(
  `${ALONE_BEFORE}(?:(?:\\+|00)?${GAP}84\\)?${GAP}(?:\\(0\\)${GAP})?|\\(?0)(?:(?:[35789]${GAP}\\d)\\)?(?:${GAP}\\d){7}|1${GAP}[2689](?:${GAP}\\d)\\)?(?:${GAP}\\d){7}|2(?:${GAP}\\d){1,2}\\)?(?:${GAP}\\d){7,8})${ALONE_AFTER}`,
  'gu',
);
/** The nine-digit card of before 2016 is told from other numbers only by a word before it. */
const OLD_CARD = new RegExp(
  `(?:cmnd|cmt|cmtnd|chứng minh(?: nhân dân| thư)?|chung minh(?: nhan dan| thu)?|căn cước|can cuoc|cccd|id card|identity card)[^\\d\\n]{0,20}(${DIGITS('{8}')}|${DIGITS('{11}')})${ALONE_AFTER}`,
  'giu',
);
/** A run of digits behind money or before its unit is an amount. */
const MONEY_AFTER =
  /^\s?(?:đ(?!\p{L})|₫|vnd|vnđ|đồng|dong|usd|\$|€|tr(?!\p{L})|triệu|trieu|tỷ|ty(?!\p{L})|nghìn|ngàn|k(?!\p{L})|%)/iu;
const OTHER_NUMBER_BEFORE =
  /(?:\$|usd|vnd|vnđ|₫|(?:mst|mã số thuế|ma so thue|mã số dn|mã số doanh nghiệp|gpkd|stk|số tài khoản)[^\d\n]{0,12})\s?$/iu;

/**
 * Citizen ids, Vietnamese phone numbers and e-mail addresses in free text, however they are spaced or dotted
 * ("0912.345.678", "+84 912 345 678", "ten (at) mail (dot) vn"). Pay amounts are not taken for numbers of people.
 * In order, without overlaps.
 */
export function findPersonalData(text: string): PersonalDataFinding[] {
  const found: PersonalDataFinding[] = [];
  // What is found is blanked, so that a number right behind it stands alone in the next round.
  let rest = text;
  for (let before = -1; before !== found.length;) {
    before = found.length;
    for (const finding of scan(rest)) {
      found.push({ ...finding, text: text.slice(finding.start, finding.end) });
      rest = rest.slice(0, finding.start) + '|'.repeat(finding.end - finding.start) + rest.slice(finding.end);
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

type Span = Omit<PersonalDataFinding, 'text'>;

function scan(text: string): Span[] {
  const found: Span[] = [];
  const add = (kind: PersonalDataFinding['kind'], start: number, end: number): void => {
    if (!found.some((other) => start < other.end && other.start < end)) found.push({ kind, start, end });
  };
  for (const match of text.matchAll(EMAIL)) add('email', match.index, match.index + match[0].length);
  for (const match of text.matchAll(OLD_CARD)) {
    const number = match[1]!;
    const digits = number.replace(/\D/g, '').length;
    const start = match.index + match[0].lastIndexOf(number);
    add(digits === 12 ? 'citizenId' : 'oldIdCard', start, start + number.length);
  }
  for (const match of text.matchAll(CITIZEN_ID)) {
    if (isCitizenId(match[0]) && !isOtherNumber(text, match))
      add('citizenId', match.index, match.index + match[0].length);
  }
  for (const match of text.matchAll(PHONE)) {
    if (!isOtherNumber(text, match)) add('phone', match.index, match.index + match[0].length);
  }
  return found;
}

/** Money, a tax code, a bank account. */
function isOtherNumber(text: string, match: RegExpExecArray): boolean {
  const end = match.index + match[0].length;
  return (
    MONEY_AFTER.test(text.slice(end, end + 10)) ||
    OTHER_NUMBER_BEFORE.test(text.slice(Math.max(0, match.index - 40), match.index))
  );
}

/** Twelve digits that begin with a province's number (001-096), as Decree 137/2015/NĐ-CP lays down. */
export function isCitizenId(text: string): boolean {
  const digits = text.replace(/[\s.\u00a0\u2010-\u2015-]/gu, '');
  const province = Number(digits.slice(0, 3));
  return /^\d{12}$/.test(digits) && province >= 1 && province <= 96;
}

/** A Vietnamese phone number as E.164 ("0912.345.678" → "+84912345678"), or undefined. Old 01x forms are renewed. */
export function phoneToE164(text: string): string | undefined {
  const digits = text
    .replace(/[^\d+]/g, '')
    .replace(/^(\+|00)?84(?:0)?/, '0')
    .replace(/^\+/, '');
  const renewed = digits.replace(/^01(2[01268]|[2]\d|6[2-9]|8[68]|9[29])(?=\d{7}$)/, (_, old: string) => {
    return `0${RENEWED_PREFIXES[`1${old}`] ?? `1${old}`}`;
  });
  if (!/^0(?:[35789]\d{8}|2\d{9})$/.test(renewed)) return undefined;
  return `+84${renewed.slice(1)}`;
}

/** Prefixes of the eleven-digit mobile numbers renewed in September 2018. */
const RENEWED_PREFIXES: Record<string, string> = {
  ...{
    120: '70',
    121: '79',
    122: '77',
    126: '76',
    128: '78',
    123: '83',
    124: '84',
    125: '85',
    127: '81',
    129: '82',
  },
  ...{ 162: '32', 163: '33', 164: '34', 165: '35', 166: '36', 167: '37', 168: '38', 169: '39' },
  ...{ 186: '56', 188: '58', 199: '59' },
};
