import { minorUnitsPerUnit } from '../value-lists/currencies.js';
import { parsed, refused, type Parsed } from './parsed.js';

/** An amount of money in a folded text, with its place there. */
export interface Amount {
  /** Whole minor units of `currency`. */
  minor: number;
  currency: string;
  start: number;
  end: number;
}

const CURRENCY_WORDS: Record<string, string> = {
  ...{
    d: 'VND',
    vnd: 'VND',
    dong: 'VND',
    '₫': 'VND',
    usd: 'USD',
    $: 'USD',
    us$: 'USD',
    'do la': 'USD',
    do: 'USD',
  },
  ...{
    eur: 'EUR',
    euro: 'EUR',
    '€': 'EUR',
    jpy: 'JPY',
    yen: 'JPY',
    '¥': 'JPY',
    man: 'JPY',
    krw: 'KRW',
    won: 'KRW',
    '₩': 'KRW',
  },
  ...{
    twd: 'TWD',
    ntd: 'TWD',
    nt$: 'TWD',
    'dai te': 'TWD',
    cny: 'CNY',
    rmb: 'CNY',
    'nhan dan te': 'CNY',
    te: 'CNY',
    ndt: 'CNY',
  },
  ...{
    sgd: 'SGD',
    s$: 'SGD',
    aud: 'AUD',
    gbp: 'GBP',
    '£': 'GBP',
    myr: 'MYR',
    thb: 'THB',
    sar: 'SAR',
    aed: 'AED',
  },
  ...{ hkd: 'HKD', pln: 'PLN', czk: 'CZK', ron: 'RON', huf: 'HUF', cad: 'CAD', rub: 'RUB' },
};
const MULTIPLIERS: Record<string, number> = {
  ...{ ti: 1e9, ty: 1e9, trieu: 1e6, tr: 1e6, trd: 1e6, cu: 1e6, m: 1e6, mil: 1e6, mio: 1e6, million: 1e6 },
  ...{ nghin: 1e3, ngan: 1e3, k: 1e3, ng: 1e3 },
};
/** Japanese wages are told in "man" of ten thousand yen. */
const MAN = 10_000;

const escaped = (words: string[]): string =>
  words
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replace(/\$/g, '\\$'))
    .join('|');
const CURRENCY = `(?:${escaped(Object.keys(CURRENCY_WORDS))})(?![a-z])`;
const MULTIPLIER = `(?:${escaped(Object.keys(MULTIPLIERS))})`;
/** [currency] number [multiplier [tail]] [currency]; the tail is the 5 of "10tr5" or "rưỡi" (and a half). */
const AMOUNT = new RegExp(
  `(?<![a-z\\d.,])(?:(${CURRENCY}) ?)?(\\d+(?:[.,]\\d+)*)(?: ?(${MULTIPLIER})(?:(?<=trieu|tr)(\\d{1,3})(?!\\d)|( ?ruoi))?(?![a-z]))?(?: ?(${CURRENCY}))?`,
  'g',
);
/** Numbers that count something else: "13 tháng lương", "8 giờ", "5%", "26 ngày công". */
const COUNTS_SOMETHING =
  /^ ?(%|phan tram|thang luong|thang\b|ngay\b|gio\b|nam\b|tuan\b|nguoi\b|ca\b|tuoi\b|lan\b|buoi\b|h\b|[-–] ?\d+ ?(thang|ngay|gio|nam|tuan)\b)/;

/** All amounts of a folded text; one without unit takes that of its neighbour ("10 - 15 triệu", "1,000 - 2,000 USD"). */
export function amountsIn(folded: string): Parsed<Amount[]> {
  const raw = [...folded.matchAll(AMOUNT)]
    .filter((match) => !isCount(folded, match))
    .map((match) => {
      const [whole, before, digits = '', multiplier, tail, half, after] = match;
      const currencyWord = after ?? before;
      const isMan = currencyWord === 'man';
      return {
        value: numberOf(digits),
        multiplier: isMan ? MAN : multiplier === undefined ? undefined : MULTIPLIERS[multiplier]!,
        extra: tail ? Number(tail) / 10 ** tail.length : half ? 0.5 : 0,
        currency: currencyWord === undefined ? undefined : CURRENCY_WORDS[currencyWord]!,
        start: match.index,
        end: match.index + whole.trimEnd().length,
      };
    });
  const amounts: Amount[] = [];
  for (const [i, amount] of raw.entries()) {
    // "30 k - 50" has its unit before, "10 - 15 triệu" behind.
    const neighbour = raw[i + 1] ?? raw[i - 1];
    const bare = amount.multiplier === undefined && amount.currency === undefined;
    const multiplier =
      amount.multiplier ?? (bare && !isWhole(amount.value) ? neighbour?.multiplier : undefined) ?? 1;
    // "1k - 2k USD" shares its currency; a million beside dollars is in dong.
    const sharesUnit = bare || neighbour?.multiplier === amount.multiplier;
    const currency = amount.currency ?? (sharesUnit ? neighbour?.currency : undefined) ?? 'VND';
    const inDong = currency === 'VND';
    if (bare && inDong && neighbour?.multiplier === undefined && !isWhole(amount.value)) {
      return refused('missing-unit', `${amount.value} has no unit.`);
    }
    const units = (amount.value + amount.extra) * multiplier;
    const minor = Math.round(units * minorUnitsPerUnit(currency));
    if (!Number.isSafeInteger(minor)) return refused('amount-too-large', 'The amount is beyond any pay.');
    amounts.push({ minor, currency, start: amount.start, end: amount.end });
  }
  return parsed(amounts);
}

/** Written out to the last dong: "7.000.000", never "15". */
const isWhole = (value: number): boolean => value >= 10_000;

function isCount(folded: string, match: RegExpExecArray): boolean {
  const [whole, before, , multiplier, , , after] = match;
  if (multiplier ?? before ?? after) return false;
  return COUNTS_SOMETHING.test(folded.slice(match.index + whole.length));
}

/** "1,000" and "7.000.000" group thousands, "1,5" and "10.5" are decimals. */
function numberOf(digits: string): number {
  if (/^\d{1,3}([.,]\d{3})+$/.test(digits)) return Number(digits.replace(/[.,]/g, ''));
  const decimals = /[.,](\d{1,2})$/.exec(digits);
  const whole = digits.slice(0, decimals ? -decimals[0].length : undefined).replace(/[.,]/g, '');
  return Number(`${whole}.${decimals?.[1] ?? 0}`);
}
