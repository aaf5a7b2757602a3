import { describe, expect, it } from '@jest/globals';
import { parsePay, type Pay } from './pay.js';

const read = (text: string): [Pay['kind'], number | null, number | null, string | null] | string => {
  const result = parsePay(text);
  return result.ok
    ? [result.value.kind, result.value.min, result.value.max, result.value.currency]
    : result.code;
};

describe('pay in dong', () => {
  it.each([
    ['10 - 15 triệu', 10_000_000, 15_000_000],
    ['10-15tr', 10_000_000, 15_000_000],
    ['8tr-12tr', 8_000_000, 12_000_000],
    ['8tr - 12', 8_000_000, 12_000_000],
    ['10 đến 15 triệu', 10_000_000, 15_000_000],
    ['Từ 10 đến 15 triệu', 10_000_000, 15_000_000],
    ['từ 10tr tới 15tr/tháng', 10_000_000, 15_000_000],
    ['10,5 – 12,5 triệu', 10_500_000, 12_500_000],
    ['10.5tr', 10_500_000, 10_500_000],
    ['7tr5 - 10tr2', 7_500_000, 10_200_000],
    ['10tr500', 10_500_000, 10_500_000],
    ['15 triệu rưỡi', 15_500_000, 15_500_000],
    ['7.000.000 đ/tháng', 7_000_000, 7_000_000],
    ['7.000.000 - 9.000.000', 7_000_000, 9_000_000],
    ['7,000,000 VND - 9,000,000 VND', 7_000_000, 9_000_000],
    ['5000000 - 7000000 VNĐ', 5_000_000, 7_000_000],
    ['10 triệu', 10_000_000, 10_000_000],
    ['Từ 10 triệu', 10_000_000, null],
    ['Trên 10 triệu', 10_000_000, null],
    ['tối thiểu 10tr', 10_000_000, null],
    ['10 triệu trở lên', 10_000_000, null],
    ['10tr+', 10_000_000, null],
    ['Tới 20 triệu', null, 20_000_000],
    ['Lên đến 20 triệu', null, 20_000_000],
    ['Upto 20tr', null, 20_000_000],
    ['up to 20 million', null, 20_000_000],
    ['dưới 5 triệu', null, 5_000_000],
    ['Thu nhập 15-20 triệu + hoa hồng', 15_000_000, 20_000_000],
    ['10 - 15 triệu (13 tháng lương)', 10_000_000, 15_000_000],
    ['10 - 15 triệu, thỏa thuận', 10_000_000, 15_000_000],
    ['10 - 15 TRIỆU'.normalize('NFD'), 10_000_000, 15_000_000],
    ['0.2 - 0.3 triệu', 200_000, 300_000],
    ['800 nghìn - 1 triệu/tháng', 800_000, 1_000_000],
  ])('%s is a month’s', (text, min, max) => expect(read(text)).toEqual(['monthly', min, max, 'VND']));

  it.each([
    ['30 - 50 k/giờ', 'hourly', 30_000, 50_000],
    ['30 k - 50 k /giờ', 'hourly', 30_000, 50_000],
    ['30k/h', 'hourly', 30_000, 30_000],
    ['25.000đ/giờ', 'hourly', 25_000, 25_000],
    ['Từ 25k 1 giờ', 'hourly', 25_000, null],
    ['500k/ngày', 'daily', 500_000, 500_000],
    ['300.000 - 400.000 đ/ngày công', 'daily', 300_000, 400_000],
    ['350 nghìn mỗi ngày', 'daily', 350_000, 350_000],
  ])('%s is %s', (text, kind, min, max) => expect(read(text)).toEqual([kind, min, max, 'VND']));
});

describe('pay in other currencies', () => {
  it.each([
    ['1,000 - 2,000 USD', 'monthly', 100_000, 200_000, 'USD'],
    ['500 - 1000$', 'monthly', 50_000, 100_000, 'USD'],
    ['$1,500', 'monthly', 150_000, 150_000, 'USD'],
    ['Tới 2,500 USD', 'monthly', null, 250_000, 'USD'],
    ['1k - 2k USD', 'monthly', 100_000, 200_000, 'USD'],
    ['12.5 USD/giờ', 'hourly', 1_250, 1_250, 'USD'],
    ['20 man', 'monthly', 200_000, 200_000, 'JPY'],
    ['180.000 yên/tháng', 'monthly', 180_000, 180_000, 'JPY'],
    ['2.500 EUR', 'monthly', 250_000, 250_000, 'EUR'],
    ['2,1 triệu won', 'monthly', 2_100_000, 2_100_000, 'KRW'],
  ])('%s', (text, kind, min, max, currency) => expect(read(text)).toEqual([kind, min, max, currency]));
});

describe('pay without amounts', () => {
  it.each(['Thoả thuận', 'Thỏa thuận', 'thoa thuan', 'Cạnh tranh', 'Thương lượng', 'Negotiable', 'TT'])(
    '%s is negotiable and its amounts are unknown, not zero',
    (text) => expect(read(text)).toEqual(['negotiable', null, null, null]),
  );

  it('an amount of nothing is an unknown one', () => {
    expect(read('0.0 - 0.0 triệu')).toEqual(['negotiable', null, null, null]);
    expect(read('Tới 0.0 triệu')).toEqual(['negotiable', null, null, null]);
  });

  it('a commission without amounts is one', () => {
    expect(read('Hoa hồng 5%')).toEqual(['commission', null, null, null]);
  });

  it('keeps the text as written', () => {
    expect(parsePay(' 10 -\u00a015 triệu ')).toMatchObject({ ok: true, value: { text: '10 - 15 triệu' } });
  });
});

describe('pay that is not taken', () => {
  it.each([
    ['', 'empty'],
    ['abc', 'unreadable-pay'],
    ['20 - 10 triệu', 'min-above-max'],
    ['10 - 15', 'missing-unit'],
    ['12', 'missing-unit'],
    ['30 - 50k', 'missing-period'],
    ['10 triệu - 1000 USD', 'mixed-currencies'],
    ['7tr + 3tr', 'several-amounts'],
    ['lương cứng 7tr, thưởng 2tr, tổng 9tr', 'several-amounts'],
    ['300 triệu/năm', 'unsupported-period'],
    ['200k/ca', 'unsupported-period'],
    ['999999999999999999 triệu', 'amount-too-large'],
  ])('%j: %s', (text, code) => expect(read(text)).toBe(code));

  it('never throws', () => {
    for (const text of [
      '$',
      '-',
      '...',
      'đ'.repeat(10_000),
      '1'.repeat(1000),
      '10 - - 20tr',
      '\u0301',
      '🎉 10tr',
    ]) {
      expect(typeof parsePay(text).ok).toBe('boolean');
    }
  });
});
