import { describe, expect, it } from '@jest/globals';
import { parsePlaces } from './places.js';

function read(text: string): string[] | string {
  const result = parsePlaces(text);
  if (!result.ok) return result.code;
  const places = result.value.workplaces.map(({ provinceCode, countryCode, place, text: written }) => {
    const old = place?.oldUnit ? ` (${place.oldUnit.name})` : '';
    return provinceCode ? `${provinceCode}${old}` : `${countryCode ?? '?'}: ${written}`;
  });
  return result.value.otherPlacesCount ? [...places, `+${result.value.otherPlacesCount}`] : places;
}

describe('places of work', () => {
  it.each([
    ['Hà Nội', ['01']],
    ['Hà Nội & 2 nơi khác', ['01', '+2']],
    ['Bà Rịa-Vũng Tàu & 12 nơi khác', ['79 (Bà Rịa - Vũng Tàu)', '+12']],
    ['Hà Nội và 3 tỉnh khác', ['01', '+3']],
    ['Hà Nội, Hồ Chí Minh', ['01', '79']],
    ['Hà Nội, Hồ Chí Minh & 4 nơi khác', ['01', '79', '+4']],
    ['Quảng Trị, Quảng Bình', ['44', '44 (Quảng Bình)']],
    ['Hồ Chí Minh, Bình Dương', ['79', '79 (Bình Dương)']],
    ['Hà Nội - Bắc Ninh', ['01', '24']],
    ['Hà Nội / Đà Nẵng', ['01', '48']],
    ['Hà Nội và TP.HCM', ['01', '79']],
    ['Hà Nội: Cầu Giấy, Đống Đa', ['01 (Cầu Giấy)', '01 (Đống Đa)']],
    ['Hà Nội: Cầu Giấy; Hồ Chí Minh: Quận 1, Quận 7', ['01 (Cầu Giấy)', '79 (1)', '79 (7)']],
    ['- Hà Nội: Tầng 3, tòa nhà ABC\n- Đà Nẵng: Hải Châu', ['01', '48 (Hải Châu)']],
    ['Cầu Giấy, Đống Đa, Hà Nội', ['01 (Cầu Giấy)', '01 (Đống Đa)']],
    ['Số 12, P. Dịch Vọng, Q. Cầu Giấy, Hà Nội', ['01 (Cầu Giấy)']],
    ['Hà Nội, Cầu Giấy', ['01 (Cầu Giấy)']],
    ['KCN Yên Phong, Bắc Ninh', ['24']],
    ['Quận 7, Gò Vấp', ['79 (7)', '79 (Gò Vấp)']],
    ['Nhật Bản', ['JP: Nhật Bản']],
    ['Hà Nội, Nhật Bản', ['01', 'JP: Nhật Bản']],
    ['Nước Ngoài', ['?: Nước Ngoài']],
    ['Nước Ngoài & 1 nơi khác', ['?: Nước Ngoài', '+1']],
    ['Toàn quốc', ['VN: Toàn quốc']],
    ['Đâu đó', ['?: Đâu đó']],
    ['Hà Nội, Đâu đó', ['01', '?: Đâu đó']],
    ['Châu Thành', ['?: Châu Thành']],
    ['Hà Nội, Hà Nội', ['01']],
  ])('%s', (text, expected) => expect(read(text)).toEqual(expected));

  it('keeps each place’s own text and what is to be said about it', () => {
    const result = parsePlaces('Bình Dương');
    expect(result).toMatchObject({
      ok: true,
      value: {
        workplaces: [
          {
            provinceCode: '79',
            communeCode: null,
            countryCode: 'VN',
            text: 'Bình Dương',
            place: { viaOldName: true, note: { code: 'former-province' } },
          },
        ],
      },
    });
  });

  it('refuses only an empty text', () => {
    expect(read('  ')).toBe('empty');
    for (const text of ['&', ',,,', ':', '& 2 nơi khác', 'x'.repeat(9000)])
      expect(parsePlaces(text).ok).toBe(true);
  });
});
