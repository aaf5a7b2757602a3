/** Another way to write a province: of today (`province`) or of before July 2025 (`formerProvince`). */
export interface PlaceAlias {
  written: string;
  province?: string;
  formerProvince?: string;
  formerDistrict?: string;
  /** The name was official once; the answer says so. */
  wasOfficial?: boolean;
  /** Too short to be found inside a running text (HP is a brand, BD and DN are business words). */
  onlyAlone?: boolean;
}

const written = (target: Omit<PlaceAlias, 'written'>, ...ways: string[]): PlaceAlias[] =>
  ways.map((way) => ({ ...target, written: way }));

/** Abbreviations, spellings and earlier names; spelling variants that folding makes equal are not repeated. */
export const PLACE_ALIASES: readonly PlaceAlias[] = [
  ...written({ province: '79' }, 'TP.HCM', 'HCM', 'TPHCM', 'HCMC', 'Sài Gòn', 'HCM City', 'Ho Chi Minh City'),
  ...written({ province: '79', onlyAlone: true }, 'SG', 'TPSG'),
  ...written({ province: '01' }, 'HN', 'TP.HN', 'TPHN', 'Thủ đô Hà Nội', 'Hanoi City'),
  ...written({ province: '01', wasOfficial: true }, 'Hà Tây'),
  ...written({ province: '46', wasOfficial: true }, 'Thừa Thiên Huế', 'Thừa Thiên', 'TT Huế'),
  ...written({ province: '46', onlyAlone: true }, 'TTH'),
  ...written({ province: '31', onlyAlone: true }, 'HP', 'TPHP'),
  ...written({ province: '48', onlyAlone: true }, 'ĐN'),
  ...written({ province: '75', onlyAlone: true }, 'ĐN'),
  ...written({ province: '92', onlyAlone: true }, 'CT', 'TPCT'),
  ...written({ province: '48' }, 'Da Nang City'),
  ...written({ province: '66' }, 'Đắc Lắc', 'Đăk Lăk', 'Đăc Lăc', 'Đắc Lắk', 'Đắk Lắc', 'Darlac'),
  ...written({ formerProvince: '67' }, 'Đắc Nông', 'Đăk Nông', 'Đăc Nông'),
  ...written({ formerProvince: '77' }, 'BR-VT', 'BRVT', 'Vũng Tàu - Bà Rịa'),
  ...written({ formerProvince: '74', onlyAlone: true }, 'BD'),
  ...written({ formerProvince: '62' }, 'Công Tum'),
  ...written({ formerProvince: '06' }, 'Bắc Cạn'),
  ...written({ formerDistrict: '643' }, 'Buôn Mê Thuột', 'Ban Mê Thuột', 'BMT'),
  ...written({ formerDistrict: '582' }, 'Phan Rang'),
  // Districts 2 and 9 became part of the city of Thủ Đức on 1 January 2021 (Resolution 1111/NQ-UBTVQH14).
  ...written({ formerDistrict: '769', wasOfficial: true }, 'Quận 2', 'Quận 9'),
];
