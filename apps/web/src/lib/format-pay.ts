import { minorUnitsPerUnit } from '../../../../libs/reference/src/value-lists/currencies';
import type { Pay } from '../api/models';

type Words = (key: string, values?: Record<string, unknown>) => string;
type Locale = 'vi' | 'en';

const localeTag = (locale: Locale) => (locale === 'vi' ? 'vi-VN' : 'en-GB');

/** "15,5 triệu" from 15,500,000 đồng; below a million "850.000 đ"; other currencies "1.200 USD". */
function amount(minor: number, currency: string, locale: Locale, t: Words, unit: boolean): string {
  const number = (value: number) => value.toLocaleString(localeTag(locale), { maximumFractionDigits: 2 });
  if (currency === 'VND' && minor >= 1_000_000) {
    return unit ? t('pay.million', { amount: number(minor / 1_000_000) }) : number(minor / 1_000_000);
  }
  if (currency === 'VND') return unit ? `${number(minor)} đ` : number(minor);
  const value = number(minor / minorUnitsPerUnit(currency));
  return unit ? `${value} ${currency}` : value;
}

const scale = (minor: number, currency: string) => (currency === 'VND' && minor >= 1_000_000 ? 1 : 0);

/**
 * Pay in words: "10 – 15 triệu/tháng", "Từ 10 triệu", "Thỏa thuận". Unknown is said as unknown; an amount is
 * never converted.
 */
export function formatPay(pay: Pay | null | undefined, locale: Locale, t: Words): string {
  if (!pay) return t('pay.unknown');
  const { min, max, kind } = pay;
  const currency = pay.currency ?? 'VND';
  if (min === null && max === null) {
    if (kind === 'negotiable') return t('pay.negotiable');
    return pay.text?.trim() || (kind === 'commission' ? t('pay.commission') : t('pay.unknown'));
  }
  const per = kind && ['monthly', 'daily', 'hourly'].includes(kind) ? t(`pay.per.${kind}`) : '';
  if (min !== null && max !== null) {
    if (min === max) return amount(min, currency, locale, t, true) + per;
    const sameUnit = scale(min, currency) === scale(max, currency);
    return `${amount(min, currency, locale, t, !sameUnit)} – ${amount(max, currency, locale, t, true)}${per}`;
  }
  return min !== null
    ? t('pay.from', { amount: amount(min, currency, locale, t, true) + per })
    : t('pay.upTo', { amount: amount(max!, currency, locale, t, true) + per });
}
