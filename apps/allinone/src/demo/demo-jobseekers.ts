import { addDays, communesOf, localDate } from '#reference';
import { consentTexts } from '../../../jobseekers/src/consent/consent-texts.js';
import type { BulkRow } from '../../../jobseekers/src/bulk/bulk-registration.js';
import type { Random } from './random.js';
import { type Trade, trades } from './trades.data.js';

/** Shares of family names in the north, rounded; given and middle names are common ones, drawn apart. */
const FAMILY = [
  ['Nguyễn', 34], ['Trần', 10], ['Lê', 8], ['Phạm', 7], ['Hoàng', 8], ['Dương', 6], ['Vũ', 4], ['Đỗ', 3], ['Đặng', 3],
  ['Bùi', 2], ['Ngô', 3], ['Nông', 5], ['Ma', 3], ['Lý', 3], ['Triệu', 2], ['Hà', 2],
] as const; // prettier-ignore
const MIDDLE = {
  female: ['Thị', 'Thu', 'Thanh', 'Ngọc', 'Minh'],
  male: ['Văn', 'Đức', 'Quang', 'Xuân', 'Minh'],
};
const GIVEN = {
  female: ['Hà', 'Hoa', 'Hương', 'Lan', 'Linh', 'Mai', 'Ngân', 'Nhung', 'Phương', 'Thảo', 'Trang', 'Yến'],
  male: ['Bình', 'Cường', 'Dũng', 'Hải', 'Hùng', 'Khánh', 'Long', 'Nam', 'Sơn', 'Thắng', 'Toàn', 'Tuấn'],
};
const LEVELS = [
  ['untrained', 30], ['certUnder3Months', 8], ['elementary', 15], ['intermediate', 17], ['college', 16], ['university', 14],
] as const; // prettier-ignore
const EDUCATION = [['lowerSecondary', 25], ['upperSecondary', 70], ['primary', 5]] as const; // prettier-ignore
const MILLION = 1_000_000;

/** Invented jobseekers of one province; no citizen ids, phones or addresses. Nine in ten consent to matching. */
export function demoJobseekers(random: Random, provinceCode: string, count: number): BulkRow[] {
  const communes = communesOf(provinceCode);
  return Array.from({ length: count }, () => {
    const trade = random.weighted(trades.map((t) => [t, t.share] as const));
    const commune = random.pick(communes);
    return {
      ...person(random),
      ...wishes(random, trade, provinceCode, commune.code),
      communeCode: commune.code,
    };
  });
}

/** The profile of the demo account: a welder, so that whoever looks around with it sees openings that fit. */
export function demoProfile(provinceCode: string): BulkRow & { fullName: string } {
  const [commune] = communesOf(provinceCode);
  const [text] = consentTexts;
  return {
    fullName: 'Hoàng Văn Mẫu',
    birthDate: addDays(localDate(), -Math.round(28.5 * 365.25)),
    gender: 'male',
    provinceCode,
    communeCode: commune?.code ?? null,
    educationLevel: 'upperSecondary',
    technicalLevel: 'elementary',
    activityStatus: 'unemployed',
    unemploymentDuration: '<3m',
    everWorked: true,
    experience: [{ title: 'Thợ hàn', occupationCode: '7212', employerName: null, months: 30, tasks: null }],
    softSkills: ['hàn MIG/MAG', 'đọc bản vẽ'],
    desiredTitle: 'Thợ hàn kết cấu thép',
    desiredOccupationCodes: ['7212'],
    desiredPlaces: [{ provinceCode, communeCode: null, radiusKm: null, countryCode: null }],
    desiredPayMin: 9 * MILLION,
    desiredPayCurrency: 'VND',
    employmentForm: 'fullTime',
    consents: text && [{ purpose: text.purpose, textVersion: text.version }],
  };
}

function person(random: Random): Pick<BulkRow, 'fullName' | 'birthDate' | 'gender'> {
  const gender = random.chance(0.5) ? 'female' : 'male';
  const age = random.weighted([[20, 4], [27, 4], [35, 3], [45, 2]]) + random.int(-2, 4); // prettier-ignore
  return {
    fullName: `${random.weighted(FAMILY)} ${random.pick(MIDDLE[gender])} ${random.pick(GIVEN[gender])}`,
    birthDate: addDays(localDate(), -Math.round(age * 365.25) - random.int(0, 364)),
    gender,
  };
}

function wishes(
  random: Random,
  trade: Trade,
  provinceCode: string,
  communeCode: string,
): Omit<BulkRow, 'fullName'> {
  const months = random.weighted([[0, 4], [12, 3], [30, 3], [60, 2], [120, 1]]); // prettier-ignore
  const text = consentTexts[0];
  const employed = random.chance(0.25);
  return {
    educationLevel: random.weighted(EDUCATION),
    technicalLevel: random.weighted(LEVELS),
    activityStatus: employed ? 'employed' : 'unemployed',
    employmentStatus: employed ? 'wageEarner' : null,
    unemploymentDuration: employed ? null : random.weighted([['<3m', 5], ['3-12m', 3], ['>12m', 1]]), // prettier-ignore
    everWorked: months > 0,
    experience:
      months > 0
        ? [
            {
              title: random.pick(trade.titles),
              occupationCode: trade.code,
              employerName: null,
              months,
              tasks: null,
            },
          ]
        : [],
    experienceMonths: months,
    softSkills: random.some(trade.skills, random.int(0, 2)),
    desiredTitle: random.pick(trade.titles),
    desiredOccupationCodes: [trade.code],
    desiredPlaces: [
      random.chance(0.6)
        ? { provinceCode, communeCode: null, radiusKm: null, countryCode: null }
        : { provinceCode, communeCode, radiusKm: random.pick([10, 20, 30]), countryCode: null },
    ],
    desiredPayMin: random.chance(0.8) ? Math.round(trade.pay[0] + random.int(0, 3)) * MILLION : null,
    desiredPayCurrency: 'VND',
    employmentForm: 'fullTime',
    consents:
      text && random.chance(0.9)
        ? [{ purpose: text.purpose, textVersion: text.version, channel: 'paper' }]
        : [],
  };
}
