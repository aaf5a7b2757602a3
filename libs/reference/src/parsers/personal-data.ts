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
/** Another number may follow at once ("0912345678 0987654321"), more digits of the same may not. */
const ALONE_AFTER = `(?!\\d|[.,]\\d{3}|${GAP}(?!0\\d|84)\\d{2})`;

/** Written out ("ten (at) mail (dot) vn") or as such; parts are bounded, so that hostile text stays cheap. */
const AT = '(?:@|\\s?[(\\[]\\s?(?:at|a còng)\\s?[)\\]]\\s?)';
const DOT = '(?:\\.|\\s?[(\\[]\\s?dot\\s?[)\\]]\\s?)';
const EMAIL = new RegExp(
  `(?<![a-z0-9._%+-])[a-z0-9][a-z0-9._%+-]{0,63}${AT}[a-z0-9-]{1,63}(?:${DOT}[a-z0-9-]{1,63}){0,4}${DOT}[a-z]{2,24}(?![a-z0-9])`,
  'giu',
);
/** 12 digits: province (001-096), century and sex (0-9), year of birth, serial; so the first digit is 0. */
const CITIZEN_ID = new RegExp(`0(?:${GAP}\\d){11}${ALONE_AFTER}`, 'uy');
/** Mobile prefixes since 2018 (03x 05x 07x 08x 09x), their eleven-digit forms before (016x …), land lines (02xx). */
const PHONE = new RegExp(
  `(?:(?:(?:\\+|00)${GAP})?84\\)?${GAP}(?:\\(0\\)${GAP})?|\\(?0)(?:(?:[35789]${GAP}\\d)\\)?(?:${GAP}\\d){7}|1${GAP}[2689](?:${GAP}\\d)\\)?(?:${GAP}\\d){7}|2(?:${GAP}\\d){1,2}\\)?(?:${GAP}\\d){7,8})${ALONE_AFTER}`,
  'uy',
);
/** What a phone number or citizen id begins with. */
const NUMBER_START = /[0(+8]/g;
/** The nine-digit card of before 2016 is told from other numbers only by a word before it. */
const OLD_CARD = new RegExp(
  `(?:cmnd|cmt|cmtnd|chứng minh(?: nhân dân| thư)?|chung minh(?: nhan dan| thu)?|căn cước|can cuoc|cccd|id card|identity card)[^\\d\\n]{0,20}(${DIGITS('{8}')}|${DIGITS('{11}')})${ALONE_AFTER}`,
  'giu',
);
/** A further number behind an old card's, "CMND 123456789, 987654321". */
const NEXT_CARD = new RegExp(`[^\\d\\n]{0,10}(${DIGITS('{8}')})${ALONE_AFTER}`, 'uy');
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
  const emails = [...text.matchAll(EMAIL)].map((match) => spanOf('email', match));
  const withoutEmails = blanked(text, emails);
  const cards = findCards(withoutEmails);
  const numbers = findNumbers(blanked(withoutEmails, cards));
  return [...emails, ...cards, ...numbers]
    .sort((a, b) => a.start - b.start)
    .map((span) => ({ ...span, text: text.slice(span.start, span.end) }));
}

/** Longer than any field of the platform that is scanned. */
const MAX_SCANNED = 30_000;

/**
 * Whether a text may become public: it holds no personal data. A text beyond every field's limit is refused unread,
 * since validators run all their rules, also when the one on the length has already failed.
 */
export function isFreeOfPersonalData(text: string): boolean {
  return text.length <= MAX_SCANNED && findPersonalData(text).length === 0;
}

type Span = Omit<PersonalDataFinding, 'text'>;

function spanOf(kind: Span['kind'], { index, 0: { length } }: RegExpExecArray): Span {
  return { kind, start: index, end: index + length };
}

/** The text with the spans (in order) as bars: of the same length, and what stands beside them stands alone. */
function blanked(text: string, spans: readonly Span[]): string {
  let from = 0;
  const pieces = spans.map(({ start, end }) => {
    const piece = text.slice(from, start) + '|'.repeat(end - start);
    from = end;
    return piece;
  });
  return pieces.join('') + text.slice(from);
}

function findCards(text: string): Span[] {
  const found: Span[] = [];
  for (const match of text.matchAll(OLD_CARD)) {
    let end = match.index + match[0].length;
    if (found.length > 0 && match.index < found.at(-1)!.end) continue;
    for (let number = match[1]; number !== undefined;) {
      const isNew = number.replace(/\D/g, '').length === 12;
      found.push({ kind: isNew ? 'citizenId' : 'oldIdCard', start: end - number.length, end });
      NEXT_CARD.lastIndex = end;
      const next = NEXT_CARD.exec(text);
      number = next?.[1];
      end = NEXT_CARD.lastIndex;
    }
  }
  return found;
}

/**
 * Citizen ids and phones from left to right. A number must stand alone, but right behind another that was found it
 * does. Every start is looked at once and matches are short, so that the work grows with the text only.
 */
function findNumbers(text: string): Span[] {
  const found: Span[] = [];
  let foundUntil = 0;
  NUMBER_START.lastIndex = 0;
  for (let match; (match = NUMBER_START.exec(text));) {
    const { index } = match;
    if (!standsAlone(text.slice(Math.max(foundUntil, index - 2), index))) continue;
    const id = matchAt(CITIZEN_ID, text, index);
    const number = id && isCitizenId(id[0]) ? id : matchAt(PHONE, text, index);
    if (!number) continue;
    NUMBER_START.lastIndex = index + number[0].length;
    if (isOtherNumber(text, number)) continue;
    found.push(spanOf(number === id ? 'citizenId' : 'phone', number));
    foundUntil = NUMBER_START.lastIndex;
  }
  return found;
}

function matchAt(sticky: RegExp, text: string, index: number): RegExpExecArray | null {
  sticky.lastIndex = index;
  return sticky.exec(text);
}

/** Whether a number behind these (up to two) characters does not continue another. */
const standsAlone = (before: string): boolean => !/\d[.,\u00a0 -]?$/.test(before);

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
