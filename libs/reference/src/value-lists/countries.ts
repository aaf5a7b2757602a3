import { lazy } from '../data/data-file.js';
import { phraseKey } from '../text/index.js';
import { values } from './value.js';

/** ISO 3166-1 alpha-2 codes of Viet Nam and of the countries and territories where Vietnamese workers go. */
export const country = values({
  VN: ['Việt Nam', 'Viet Nam'],
  JP: ['Nhật Bản', 'Japan'],
  TW: ['Đài Loan', 'Taiwan'],
  KR: ['Hàn Quốc', 'South Korea'],
  CN: ['Trung Quốc', 'China'],
  HK: ['Hồng Kông', 'Hong Kong'],
  MO: ['Ma Cao', 'Macao'],
  SG: ['Singapore', 'Singapore'],
  MY: ['Malaysia', 'Malaysia'],
  TH: ['Thái Lan', 'Thailand'],
  LA: ['Lào', 'Laos'],
  KH: ['Campuchia', 'Cambodia'],
  PH: ['Philippines', 'Philippines'],
  ID: ['Indonesia', 'Indonesia'],
  MM: ['Myanmar', 'Myanmar'],
  IN: ['Ấn Độ', 'India'],
  DE: ['Đức', 'Germany'],
  FR: ['Pháp', 'France'],
  GB: ['Anh', 'United Kingdom'],
  PL: ['Ba Lan', 'Poland'],
  CZ: ['Séc', 'Czechia'],
  SK: ['Slovakia', 'Slovakia'],
  HU: ['Hungary', 'Hungary'],
  RO: ['Rumani', 'Romania'],
  BG: ['Bulgaria', 'Bulgaria'],
  RS: ['Serbia', 'Serbia'],
  RU: ['Nga', 'Russia'],
  BY: ['Belarus', 'Belarus'],
  LV: ['Latvia', 'Latvia'],
  LT: ['Litva', 'Lithuania'],
  PT: ['Bồ Đào Nha', 'Portugal'],
  ES: ['Tây Ban Nha', 'Spain'],
  IT: ['Ý', 'Italy'],
  GR: ['Hy Lạp', 'Greece'],
  CY: ['Síp', 'Cyprus'],
  FI: ['Phần Lan', 'Finland'],
  NO: ['Na Uy', 'Norway'],
  SE: ['Thụy Điển', 'Sweden'],
  DK: ['Đan Mạch', 'Denmark'],
  NL: ['Hà Lan', 'Netherlands'],
  AU: ['Úc', 'Australia'],
  NZ: ['New Zealand', 'New Zealand'],
  US: ['Mỹ', 'United States'],
  CA: ['Canada', 'Canada'],
  SA: ['Ả Rập Xê Út', 'Saudi Arabia'],
  AE: ['UAE', 'United Arab Emirates'],
  QA: ['Qatar', 'Qatar'],
  KW: ['Kuwait', 'Kuwait'],
  OM: ['Oman', 'Oman'],
  BH: ['Bahrain', 'Bahrain'],
  IL: ['Israel', 'Israel'],
  TR: ['Thổ Nhĩ Kỳ', 'Türkiye'],
  DZ: ['Algeria', 'Algeria'],
  AO: ['Angola', 'Angola'],
  LY: ['Libya', 'Libya'],
  UZ: ['Uzbekistan', 'Uzbekistan'],
  KZ: ['Kazakhstan', 'Kazakhstan'],
});

const ALSO: Record<string, readonly string[]> = {
  JP: ['Nhật', 'Nippon'],
  KR: ['Hàn', 'Korea', 'Nam Hàn'],
  TW: ['Đài'],
  CN: ['Trung Hoa'],
  HK: ['HongKong', 'Hương Cảng'],
  MO: ['Macau'],
  SG: ['Xinh ga po'],
  MY: ['Mã Lai', 'Malayxia'],
  KH: ['Cambodia', 'Cam pu chia'],
  GB: ['Anh Quốc', 'Vương quốc Anh', 'UK', 'England'],
  CZ: ['Cộng hòa Séc', 'Czech', 'Tiệp'],
  RO: ['Romania', 'Ru-ma-ni'],
  HU: ['Hung-ga-ri'],
  RU: ['Liên bang Nga'],
  LT: ['Lithuania'],
  US: ['Hoa Kỳ', 'USA'],
  AU: ['Australia', 'Ôx-trây-li-a'],
  SA: ['Ả Rập Saudi', 'Saudi', 'Ả-rập Xê-út'],
  AE: ['Các Tiểu vương quốc Ả Rập Thống nhất', 'Dubai', 'Abu Dhabi'],
  DE: ['CHLB Đức'],
  TR: ['Turkey'],
  VN: ['Vietnam', 'VN'],
};

const index = lazy(
  () =>
    new Map(
      country.flatMap(({ code, vi, en }) =>
        [vi, en, ...(ALSO[code] ?? [])].map((name) => [phraseKey(name), code] as const),
      ),
    ),
);

/** The country that a whole text names ("Nhật", "nuoc Duc", "Taiwan"), as ISO 3166-1 alpha-2. */
export function countryNamed(text: string): string | undefined {
  const key = phraseKey(text).replace(/^(nuoc|dat nuoc|thi truong|di) /, '');
  return index().get(key);
}
