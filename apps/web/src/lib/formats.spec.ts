import { describe, expect, it } from '@jest/globals';
import i18next from 'i18next';
import vi from '../i18n/vi/index';
import { daysUntil, formatAgo, formatLocalDate, today, yearsAhead } from './format-date';
import { formatExperience } from './format-experience';
import { formatPay } from './format-pay';
import { markedSegments } from './marked-segments';

await i18next.init({ lng: 'vi', resources: { vi: { translation: vi } } });
const t = (key: string, values?: Record<string, unknown>) => i18next.t(key, values ?? {});
const pay = (
  min: number | null,
  max: number | null,
  kind = 'monthly',
  currency = 'VND',
  text: string | null = null,
) => formatPay({ kind, min, max, currency, text }, 'vi', t);

describe('pay in words', () => {
  it('says a range in triệu once', () => expect(pay(10_000_000, 15_500_000)).toBe('10 – 15,5 triệu/tháng'));
  it('says an open range', () => {
    expect(pay(10_000_000, null)).toBe('Từ 10 triệu/tháng');
    expect(pay(null, 20_000_000)).toBe('Đến 20 triệu/tháng');
  });
  it('says hourly pay in đồng', () => expect(pay(30_000, 50_000, 'hourly')).toBe('30.000 – 50.000 đ/giờ'));
  it('says both units where they differ', () =>
    expect(pay(800_000, 1_200_000, 'daily')).toBe('800.000 đ – 1,2 triệu/ngày'));
  it('never converts another currency', () =>
    expect(pay(100_000, 200_000, 'monthly', 'USD')).toBe('1.000 – 2.000 USD/tháng'));
  it('knows how many decimals a currency has', () => {
    expect(pay(250_000, null, 'monthly', 'JPY')).toBe('Từ 250.000 JPY/tháng');
    expect(pay(2_000_000, 2_500_000, 'monthly', 'KRW')).toBe('2.000.000 – 2.500.000 KRW/tháng');
    expect(pay(250_000, null, 'monthly', 'USD')).toBe('Từ 2.500 USD/tháng');
    expect(pay(250_000, null)).toBe('Từ 250.000 đ/tháng');
  });
  it('does not take unknown for nothing', () => {
    expect(pay(null, null)).toBe('Lương không nêu');
    expect(pay(null, null, 'negotiable')).toBe('Thỏa thuận');
    expect(pay(null, null, 'monthly', 'VND', 'Cạnh tranh')).toBe('Cạnh tranh');
  });
});

describe('experience in words', () => {
  const said = (minMonths: number | null, maxMonths: number | null) =>
    formatExperience({ minMonths, maxMonths }, t);
  it('tells unknown from none', () => {
    expect(said(null, null)).toBe('Kinh nghiệm không nêu');
    expect(said(0, 0)).toBe('Không cần kinh nghiệm');
  });
  it('says ranges in years or months', () => {
    expect(said(0, 12)).toBe('Dưới 1 năm');
    expect(said(12, 24)).toBe('1 – 2 năm');
    expect(said(60, null)).toBe('Từ 5 năm trở lên');
    expect(said(6, 6)).toBe('6 tháng');
  });
});

describe('dates of Vietnam', () => {
  it('shows a local date as written, in any time zone', () => {
    expect(formatLocalDate('2026-12-01')).toBe('01/12/2026');
    expect(formatLocalDate(null)).toBeUndefined();
  });
  it('begins the day at midnight in Vietnam', () => {
    const lateEvening = new Date('2026-11-20T17:30:00Z');
    expect(today(lateEvening)).toBe('2026-11-21');
    expect(daysUntil('2026-11-22', lateEvening)).toBe(1);
  });
  it('knows the same day of another year', () => {
    expect(yearsAhead(2, new Date('2026-11-20T17:30:00Z'))).toBe('2028-11-21');
    expect(yearsAhead(2, new Date('2028-02-29T05:00:00Z'))).toBe('2030-02-28');
  });
  it('says how long ago a posting came', () => {
    const now = new Date('2026-11-21T05:00:00Z');
    expect(formatAgo('2026-11-21T01:00:00Z', 'vi', now)).toBe('hôm nay');
    expect(formatAgo('2026-11-18T05:00:00Z', 'vi', now)).toBe('3 ngày trước');
  });
});

describe('highlighted titles', () => {
  it('mark what was found', () =>
    expect(markedSegments('Tuyển <mark>thợ hàn</mark> TIG')).toEqual([
      { text: 'Tuyển ', marked: false },
      { text: 'thợ hàn', marked: true },
      { text: ' TIG', marked: false },
    ]));
  it('never bring markup of their own', () =>
    expect(markedSegments('<img src=x onerror=alert(1)> &lt;b&gt; A &amp; B')).toEqual([
      { text: '<img src=x onerror=alert(1)> <b> A & B', marked: false },
    ]));
});
