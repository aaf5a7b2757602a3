import { communesOf, addDays, localDate } from '#reference';
import type { BulkEmployer, BulkOpening } from '../../../openings/src/bulk/bulk-openings.js';
import type { Random } from './random.js';
import { type Trade, trades } from './trades.data.js';

const WORDS = [
  'An Phú',
  'Bình Minh',
  'Đại Thành',
  'Hòa Phát Đạt',
  'Hoa Ban',
  'Hương Chè',
  'Minh Quang',
  'Núi Cốc',
  'Phương Bắc',
  'Sông Cầu',
  'Tân Tiến',
  'Thành Công',
  'Thịnh Vượng',
  'Trường Sơn',
  'Việt Bắc',
  'Xuân Hòa',
];
const BUSINESSES: Record<string, readonly string[]> = {
  A: ['Hợp tác xã chè', 'Hợp tác xã nông sản'],
  C: ['Công ty TNHH May', 'Công ty TNHH Điện tử', 'Công ty cổ phần Cơ khí', 'Công ty TNHH Sản xuất'],
  F: ['Công ty cổ phần Xây dựng'],
  G: ['Công ty TNHH Thương mại', 'Siêu thị'],
  H: ['Công ty TNHH Vận tải'],
  I: ['Nhà hàng', 'Khách sạn'],
  J: ['Công ty TNHH Dịch vụ số'],
  N: ['Công ty TNHH Dịch vụ'],
  P: ['Trường mầm non'],
  Q: ['Phòng khám đa khoa'],
};
const COMPANIES = [
  ['nonState', 75],
  ['fdi', 20],
  ['stateEnterprise', 5],
] as const;
const PUBLIC_OR_PRIVATE = [
  ['nonState', 3],
  ['publicBody', 2],
] as const;
/** What the names of a sector's businesses say, where that is not a company. */
const TYPES: Record<string, readonly (readonly [NonNullable<BulkEmployer['employerType']>, number])[]> = {
  A: [['cooperative', 1]],
  P: PUBLIC_OR_PRIVATE,
  Q: PUBLIC_OR_PRIVATE,
};
const SIZES = [
  ['10-50', 35],
  ['51-100', 20],
  ['101-200', 15],
  ['201-500', 15],
  ['501-1000', 8],
  ['1001-3000', 5],
  ['<10', 2],
] as const;
const SHIFTS = [
  ['shift8', 5],
  ['shift12', 2],
] as const;
const SCHEDULES = [...SHIFTS, ['office', 2], ['officeOvertime', 1]] as const;
const CONTRACTS = [
  ['12to36Months', 6],
  ['indefinite', 2],
  ['under12Months', 1],
  ['probation', 1],
] as const;
const BENEFITS = [
  'bảo hiểm đầy đủ',
  'xe đưa đón',
  'ăn ca',
  'thưởng lễ, Tết',
  'ký túc xá',
  'khám sức khỏe hằng năm',
  'phụ cấp chuyên cần',
];
const MILLION = 1_000_000;

/**
 * Employers of one province with their openings; names are invented and say "(mẫu)". The first is
 * `own`, that of the demo account; the last waits to be verified and has no openings yet, so that officers have
 * something to decide.
 */
export function demoEmployers(
  random: Random,
  provinceCode: string,
  count: number,
  own: Pick<BulkEmployer, 'organisationId' | 'legalName'>,
): BulkEmployer[] {
  const communes = communesOf(provinceCode);
  // Wards have the works: three in four openings are there.
  const wards = communes.filter((commune) => commune.kind === 'ward');
  const names = new Set<string>();
  return Array.from({ length: count }, (_, index) => {
    const trade = random.weighted(trades.map((t) => [t, t.share] as const));
    const commune = random.chance(0.75) && wards.length > 0 ? random.pick(wards) : random.pick(communes);
    let legalName: string;
    do {
      legalName = `${random.pick(BUSINESSES[trade.sector] ?? ['Công ty TNHH'])} ${random.pick(WORDS)} ${random.int(1, 99)} (mẫu)`;
    } while (names.has(legalName));
    names.add(legalName);
    const kindred = trades.filter((t) => t.sector === trade.sector);
    const waits = index === count - 1;
    const offers = waits ? 0 : random.weighted([[1, 3], [3, 4], [6, 3], [12, 1]]); // prettier-ignore
    const openings = Array.from({ length: offers }, () =>
      demoOpening(random, random.chance(0.6) ? trade : random.pick(kindred), provinceCode, commune.code),
    );
    return {
      legalName: index === 0 ? own.legalName : legalName,
      employerType: random.weighted(TYPES[trade.sector] ?? COMPANIES),
      sectorCode: trade.sector,
      sizeBand: random.weighted(SIZES),
      provinceCode,
      communeCode: commune.code,
      industrialZone: null,
      organisationId: index === 0 ? own.organisationId : null,
      verificationStatus: waits ? 'pending' : 'approved',
      openings,
    };
  });
}

function demoOpening(random: Random, trade: Trade, provinceCode: string, communeCode: string): BulkOpening {
  const [least, most] = trade.pay;
  const low = Math.round(least + random.next() * (most - least) * 0.5);
  const high = Math.max(low + 1, Math.round(low + 1 + random.next() * (most - low)));
  const negotiable = random.chance(0.12);
  const ageDays = random.int(0, 25);
  const minMonths = random.weighted(trade.experience);
  const title = random.pick(trade.titles);
  const skills = [...(trade.skillsOf?.[title] ?? random.some(trade.skills, 2))];
  const partTime = random.chance(0.05);
  const workSchedule = partTime ? 'partTime' : random.weighted(trade.byShifts ? SHIFTS : SCHEDULES);
  const inShifts = SHIFTS.some(([shift]) => shift === workSchedule);
  return {
    status: random.chance(0.04) ? 'pending' : 'published',
    ageDays,
    title,
    quantity: random.int(...trade.headcount),
    occupationCode: trade.code,
    positionLevel: trade.level,
    workplaces: [{ provinceCode, communeCode, text: null }],
    otherPlacesCount: 0,
    pay: negotiable
      ? { kind: 'negotiable', text: 'Thỏa thuận' }
      : {
          kind: 'monthly',
          min: low * MILLION,
          max: high * MILLION,
          currency: 'VND',
          text: `${low} - ${high} triệu`,
        },
    experience: { minMonths, maxMonths: null },
    deadline: addDays(localDate(), random.int(10, 60)),
    details: {
      description: `${trade.duty}\nYêu cầu: ${skills.join(', ')}.\nTin mẫu, không phải tin tuyển dụng thật.`,
      minEducation: trade.minTechnicalLevel
        ? 'upperSecondary'
        : random.pick(['lowerSecondary', 'upperSecondary', null]),
      minTechnicalLevel: trade.minTechnicalLevel,
      softSkills: skills,
      contractKind: random.weighted(CONTRACTS),
      employmentForm: partTime ? 'partTime' : 'fullTime',
      workSchedule,
      workPurpose: 'longTerm',
      extraDemands: inShifts && random.chance(0.4) ? ['shiftWork'] : [],
      benefits: random.some(BENEFITS, random.int(1, 4)),
    },
  };
}
