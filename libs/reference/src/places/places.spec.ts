import { describe, expect, it } from '@jest/globals';
import {
  administrativeUnit,
  administrativeUnits,
  communesOf,
  communesWithin,
  distanceKm,
  findPlaces,
  formerUnit,
  formerUnits,
  provinces,
  resolvePlace,
  searchAdministrativeUnits,
  type ResolvedPlace,
} from './index.js';

function placeOf(text: string): ResolvedPlace {
  const resolution = resolvePlace(text);
  if (!resolution.ok) throw new Error(`${text}: ${resolution.reason}`);
  return resolution.place;
}

describe('administrative units', () => {
  it('are 34 provinces and 3,321 communes of today, 63 provinces of before, each with a successor', () => {
    expect(provinces()).toHaveLength(34);
    expect(administrativeUnits()).toHaveLength(34 + 3321);
    expect(formerUnits().filter((unit) => unit.level === 'province')).toHaveLength(63);
    for (const unit of formerUnits())
      expect(administrativeUnit(unit.successorProvinceCode)?.level).toBe('province');
    for (const unit of administrativeUnits())
      expect(unit.lat > 6 && unit.lat < 24 && unit.lng > 102).toBe(true);
  });

  it('are found by code and by parent', () => {
    expect(administrativeUnit('79')).toMatchObject({ name: 'Hồ Chí Minh', kind: 'city', level: 'province' });
    expect(administrativeUnit('00004')).toMatchObject({ name: 'Ba Đình', kind: 'ward', provinceCode: '01' });
    expect(formerUnit('005')).toMatchObject({ fullName: 'Quận Cầu Giấy', successorProvinceCode: '01' });
    expect(administrativeUnit('x')).toBeUndefined();
    expect(communesOf('01').length).toBe(126);
    expect(communesOf('zz')).toEqual([]);
  });

  it('are searched with or without accents, beginnings of names first', () => {
    expect(searchAdministrativeUnits({ q: 'thanh hoa', level: 'province' }).map((unit) => unit.code)).toEqual(
      ['38'],
    );
    expect(searchAdministrativeUnits({ q: 'ba di', parent: '01' })[0]).toMatchObject({ name: 'Ba Đình' });
    expect(searchAdministrativeUnits({ q: 'hà', limit: 3 }).map((unit) => unit.name)).toEqual([
      'Hà Nội',
      'Hà Tĩnh',
      expect.anything(),
    ]);
    expect(searchAdministrativeUnits({ level: 'province', limit: 100 })).toHaveLength(34);
  });

  it('are as far apart as the map says', () => {
    const [haNoi, hoChiMinh] = [
      { lat: 21.0278, lng: 105.8342 },
      { lat: 10.7769, lng: 106.7009 },
    ];
    expect(distanceKm(haNoi, hoChiMinh)).toBeGreaterThan(1130);
    expect(distanceKm(haNoi, hoChiMinh)).toBeLessThan(1150);
    expect(distanceKm(haNoi, haNoi)).toBe(0);
    const near = communesWithin(haNoi, 3);
    expect(near.length).toBeGreaterThan(3);
    expect(near.every(({ unit }) => unit.provinceCode === '01')).toBe(true);
    expect(near.map((n) => n.distanceKm)).toEqual(near.map((n) => n.distanceKm).sort((a, b) => a - b));
  });
});

describe('resolving a place', () => {
  it.each([
    ['Hà Nội', '01'],
    ['ha noi', '01'],
    ['Hanoi', '01'],
    ['HN', '01'],
    ['TP. Hà Nội', '01'],
    ['TP.HCM', '79'],
    ['tphcm', '79'],
    ['Thành phố Hồ Chí Minh', '79'],
    ['Ho Chi Minh City', '79'],
    ['Sài Gòn', '79'],
    ['Saigon', '79'],
    ['Thanh Hoá', '38'],
    ['thanh hóa', '38'],
    ['Đắc Lắc', '66'],
    ['Daklak', '66'],
    ['Đăk Lăk', '66'],
    ['Binh Dinh Province', '52'],
    ['Đà Nẵng'.normalize('NFD'), '48'],
    ['danang', '48'],
    ['Hà Tỉnh', '42'],
  ])('%s is province %s', (text, code) => expect(placeOf(text).provinceCode).toBe(code));

  it.each([
    ['Bình Dương', '79', '74'],
    ['Bà Rịa-Vũng Tàu', '79', '77'],
    ['Bà Rịa – Vũng Tàu', '79', '77'],
    ['BR-VT', '79', '77'],
    ['tinh ha nam', '37', '35'],
    ['Hoà Bình', '25', '17'],
    ['Đắc Nông', '68', '67'],
    ['Bắc Cạn', '19', '06'],
    ['KonTum', '51', '62'],
  ])('%s is now in %s and the answer says that it was %s', (text, code, former) => {
    const place = placeOf(text);
    expect(place).toMatchObject({ provinceCode: code, viaOldName: true, note: { code: 'former-province' } });
    expect(place.oldUnit?.code).toBe(former);
  });

  it('a province that only changed its name says so', () => {
    expect(placeOf('Thừa Thiên Huế')).toMatchObject({
      provinceCode: '46',
      viaOldName: true,
      note: { code: 'former-name', vi: expect.stringContaining('Thành phố Huế') },
    });
    expect(placeOf('Huế')).toMatchObject({ provinceCode: '46', viaOldName: false, note: null });
  });

  it.each([
    ['Quận Cầu Giấy', '01', '005'],
    ['Cầu Giấy, Hà Nội', '01', '005'],
    ['Hà Nội - Cầu Giấy', '01', '005'],
    ['Q. Cầu Giấy - HN', '01', '005'],
    ['Q7', '79', '778'],
    ['quận 7, tphcm', '79', '778'],
    ['Q.07 TP.HCM', '79', '778'],
    ['District 7, Ho Chi Minh City', '79', '778'],
    ['Thanh Xuan District, Hanoi', '01', '009'],
    ['Gò Vấp', '79', '764'],
    ['Châu Thành, Long An', '80', '808'],
    ['Châu Thành, An Giang', '91', '892'],
    ['Quảng Ninh, Quảng Bình', '44', '456'],
    ['TP Vinh, Nghệ An', '40', '412'],
    ['Buôn Mê Thuột', '66', '643'],
    ['12 Duy Tân Cầu Giấy Hà Nội', '01', '005'],
    ['P. Bến Nghé, Q.1, TP HCM', '79', '760'],
    ['Huyện Thủy Nguyên, Hải Phòng', '31', '311'],
  ])('%s is in %s, once district %s', (text, code, former) => {
    const place = placeOf(text);
    expect(place).toMatchObject({
      provinceCode: code,
      viaOldName: true,
      note: { code: 'former-district' },
      text: text,
    });
    expect(place.oldUnit?.code).toBe(former);
    expect(place.communeCode).toBeUndefined();
  });

  it('points to the commune that took over a district’s name without calling it the same', () => {
    expect(administrativeUnit(placeOf('Cầu Giấy, Hà Nội').sameNameCommuneCode!)?.fullName).toBe(
      'Phường Cầu Giấy',
    );
  });

  it('knows that districts 2 and 9 had joined Thủ Đức before', () => {
    expect(placeOf('Quận 9, TP.HCM')).toMatchObject({ provinceCode: '79', oldUnit: { name: 'Thủ Đức' } });
  });

  it.each([
    ['Phường Cầu Giấy, Hà Nội', '01', 'Phường Cầu Giấy'],
    ['xã Sóc Sơn, Hà Nội', '01', 'Xã Sóc Sơn'],
    ['Đặc khu Phú Quốc', '91', 'Đặc khu Phú Quốc'],
  ])('%s is a commune of today', (text, code, name) => {
    const place = placeOf(text);
    expect(place).toMatchObject({ provinceCode: code, viaOldName: false, note: null });
    expect(administrativeUnit(place.communeCode!)?.fullName).toBe(name);
  });

  it('answers with the candidates when several places go by the name', () => {
    const chauThanh = resolvePlace('Châu Thành');
    expect(chauThanh).toMatchObject({ ok: false, code: 'ambiguous-place' });
    expect(
      chauThanh.ok ? 0 : new Set(chauThanh.candidates.map((place) => place.provinceCode)).size,
    ).toBeGreaterThan(4);
    const dn = resolvePlace('ĐN');
    expect(dn.ok ? [] : dn.candidates.map((place) => place.provinceCode).sort()).toEqual(['48', '75']);
    expect(resolvePlace('Hà Nội, Hồ Chí Minh')).toMatchObject({ ok: false, code: 'ambiguous-place' });
  });

  it('keeps the province when only what lies below is ambiguous', () => {
    expect(placeOf('Cai Lậy, Tiền Giang')).toMatchObject({
      provinceCode: '82',
      note: { code: 'several-inside' },
    });
  });

  it.each(['', '   ', 'Nhật Bản', 'làm việc từ xa', '???', 'x'.repeat(5000)])(
    'invents nothing for %j',
    (text) => {
      expect(resolvePlace(text)).toMatchObject({ ok: false, code: 'unknown-place', candidates: [] });
    },
  );

  it('knows every unit by its full name, and by its name within its province', () => {
    const provinceName = (code: string): string => administrativeUnit(code)!.fullName;
    for (const unit of administrativeUnits().filter((unit) => unit.level === 'commune')) {
      const place = resolvePlace(`${unit.fullName}, ${provinceName(unit.provinceCode)}`);
      if (!place.ok) throw new Error(unit.fullName);
      expect([unit.fullName, place.place.provinceCode]).toEqual([unit.fullName, unit.provinceCode]);
    }
    for (const unit of formerUnits()) {
      const home = formerUnit(unit.formerProvinceCode)!;
      const resolution = resolvePlace(
        unit.level === 'province' ? unit.fullName : `${unit.fullName}, ${home.fullName}`,
      );
      expect([unit.fullName, resolution.ok && resolution.place.provinceCode]).toEqual([
        unit.fullName,
        unit.successorProvinceCode,
      ]);
    }
  });
});

describe('finding places in a running text', () => {
  const found = (text: string): string[] =>
    findPlaces(text).map(({ start, end, place }) => `${text.slice(start, end)} → ${place.provinceCode}`);

  it.each([
    ['Nhân Viên Kinh Doanh - Tại Hà Nội', ['Tại Hà Nội → 01']],
    ['ke toan thue hcm', ['hcm → 79']],
    ['thợ hàn bình dương', ['bình dương → 79']],
    ['tho han binh duong', ['binh duong → 79']],
    ['Telesale Cầu Giấy, Hà Nội lương cao', ['Cầu Giấy, Hà Nội → 01']],
    ['lái xe quận 7', ['quận 7 → 79']],
    ['lai xe quan 7', ['quan 7 → 79']],
    ['bảo vệ Nha Trang', ['Nha Trang → 56']],
    ['kho KCN Yên Phong Bắc Ninh', ['Bắc Ninh → 24']],
    ['Kỹ sư Hà Nội, Đà Nẵng, TP.HCM', ['Hà Nội → 01', 'Đà Nẵng → 48', 'TP.HCM → 79']],
  ])('%s', (text, places) => expect(found(text)).toEqual(places));

  it.each([
    'can tho han',
    'phu tho ho',
    'thợ hàn',
    'tiếng Hàn Quốc',
    'nhan vien cau giay',
    'TP Kinh Doanh',
    'cần thợ hàn gấp',
    'Trưởng phòng Châu Thành',
    'may tinh HP',
    'BD executive',
    'Quản Lý Nhân Sự',
    'quản lý thi công',
  ])('leaves %s alone', (text) => expect(found(text)).toEqual([]));

  it('finds Cần Thơ when it is meant', () => {
    expect(found('ke toan can tho')).toEqual(['can tho → 92']);
    expect(found('Thợ hàn Cần Thơ')).toEqual(['Cần Thơ → 92']);
    expect(found('tai can tho han')).toEqual(['tai can tho → 92']);
  });
});
