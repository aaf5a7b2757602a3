import { describe, expect, it } from '@jest/globals';
import { findPersonalData, isCitizenId, isFreeOfPersonalData, phoneToE164 } from './personal-data.js';

const found = (text: string): string[] =>
  findPersonalData(text).map(({ kind, text: value }) => `${kind}: ${value}`);

describe('personal data in free text', () => {
  it.each([
    ['Liên hệ 0912345678 gặp chị Hoa', ['phone: 0912345678']],
    ['LH: 0912.345.678', ['phone: 0912.345.678']],
    ['Zalo 091 234 5678.', ['phone: 091 234 5678']],
    ['0912-345-678/0987654321', ['phone: 0912-345-678', 'phone: 0987654321']],
    ['0912345678 0987654321', ['phone: 0912345678', 'phone: 0987654321']],
    [
      '0912345678-0987.654.321, 0355 123 456',
      ['phone: 0912345678', 'phone: 0987.654.321', 'phone: 0355 123 456'],
    ],
    ['gọi 0912345678. Lương 10tr', ['phone: 0912345678']],
    ['0912 345 678 (8h-17h)', ['phone: 0912 345 678']],
    ['+84 912 345 678', ['phone: +84 912 345 678']],
    ['(+84)912345678', ['phone: +84)912345678']],
    ['84912345678', ['phone: 84912345678']],
    ['(024) 3942 1234', ['phone: (024) 3942 1234']],
    ['ĐT 028.3822.1234', ['phone: 028.3822.1234']],
    ['số cũ 01683456789', ['phone: 01683456789']],
    ['gửi CV về tuyen.dung@cty.com.vn nhé', ['email: tuyen.dung@cty.com.vn']],
    ['hoa(at)gmail(dot)com', ['email: hoa(at)gmail(dot)com']],
    ['CCCD 001199012345', ['citizenId: 001199012345']],
    ['căn cước: 001 199 012 345', ['citizenId: 001 199 012 345']],
    ['079200001234 là số của tôi', ['citizenId: 079200001234']],
    ['Liên hệ.0912345678', ['phone: 0912345678']],
    ['0912345678 001199012345', ['phone: 0912345678', 'citizenId: 001199012345']],
    ['CMND 123456789, 987654321', ['oldIdCard: 123456789', 'oldIdCard: 987654321']],
    ['CMND số 123456789', ['oldIdCard: 123456789']],
    ['CMND: 012 345 678 cấp 2010', ['oldIdCard: 012 345 678']],
  ])('%s', (text, expected) => expect(found(text)).toEqual(expected));

  it.each([
    'Lương 7.000.000 - 10.000.000 đ/tháng',
    'Thu nhập 15000000 VND',
    'Doanh số 900.000.000 đồng',
    'Doanh số 0912345678 đ',
    'Từ 2024 đến 2026',
    '10 - 15 triệu, 8h-17h, 26 ngày công',
    'MST: 0312345678, mã số thuế 0301234567',
    '0,912,345,678',
    'ISO 9001:2015, IATF 16949',
    'Tuyển 200 công nhân 18-35 tuổi 500.000 - 600.000',
    '@congty, theo dõi kênh @abc',
    'C++ 11/14/17',
    'STK 0912345678901',
    'Mã đơn 2024 0912 345 678 901 222',
    '20.000.000 - 35.000.000',
  ])('takes nothing in “%s” for a person’s', (text) => expect(found(text)).toEqual([]));

  it('gives places in the text as written', () => {
    const text = '🎉 gọi 0912 345 678 hoặc a@b.vn';
    for (const { start, end, text: value } of findPersonalData(text))
      expect(text.slice(start, end)).toBe(value);
    expect(findPersonalData(text)).toHaveLength(2);
  });

  it('stays quick on hostile input', () => {
    const started = performance.now();
    findPersonalData('0'.repeat(50_000));
    findPersonalData('a.'.repeat(25_000));
    findPersonalData('0 '.repeat(25_000));
    expect(performance.now() - started).toBeLessThan(1500);
  });

  it.each(['0912345678 ', 'a@b.vn ', 'CMND 123456789 ', '(0 +84 ', 'cmnd ', 'Lương 0912345678 đ '])(
    'reads 200 kB of “%s” at once: the work grows with the text only',
    (words) => {
      const text = words.repeat(Math.ceil(200_000 / words.length));
      const started = performance.now();
      const { length } = findPersonalData(text);
      expect(performance.now() - started).toBeLessThan(2000);
      expect(length === 0 || length >= 10_000).toBe(true);
    },
  );

  it('is not looked for in what is longer than every field', () => {
    expect(isFreeOfPersonalData('Tuyển thợ hàn')).toBe(true);
    expect(isFreeOfPersonalData('Gọi 0912345678')).toBe(false);
    expect(isFreeOfPersonalData('a'.repeat(30_001))).toBe(false);
  });
});

describe('identifiers', () => {
  it('a citizen id has twelve digits and begins with a province’s number', () => {
    expect(isCitizenId('001199012345')).toBe(true);
    expect(isCitizenId('000199012345')).toBe(false);
    expect(isCitizenId('12345')).toBe(false);
  });

  it.each([
    ['0912.345.678', '+84912345678'],
    ['+84 912 345 678', '+84912345678'],
    ['84912345678', '+84912345678'],
    ['+84 (0) 912 345 678', '+84912345678'],
    ['(024) 3942 1234', '+842439421234'],
    ['0168 345 6789', '+84383456789'],
    ['0120 345 6789', '+84703456789'],
    ['12345', undefined],
    ['0112345678', undefined],
  ])('%s is %s', (text, e164) => expect(phoneToE164(text)).toBe(e164));
});
