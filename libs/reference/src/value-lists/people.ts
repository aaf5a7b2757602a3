import { values, type Value } from './value.js';

/** Lists of the registration of a person who looks for work (Mẫu 01a). */
export const gender = values({
  male: ['Nam', 'Male'],
  female: ['Nữ', 'Female'],
  unstated: ['Không khai', 'Not stated'],
});

export const educationLevel = values({
  none: ['Chưa tốt nghiệp tiểu học', 'Primary school not completed'],
  primary: ['Tốt nghiệp tiểu học', 'Primary school'],
  lowerSecondary: ['Tốt nghiệp trung học cơ sở', 'Lower secondary school'],
  upperSecondary: ['Tốt nghiệp trung học phổ thông', 'Upper secondary school'],
});

/** Technical qualification, lowest first: one list for the two that official forms use. */
export const technicalLevel = values({
  untrained: ['Chưa qua đào tạo', 'Untrained'],
  workerNoCertificate: ['Công nhân kỹ thuật không có bằng, chứng chỉ', 'Skilled worker without certificate'],
  certUnder3Months: ['Chứng chỉ nghề dưới 3 tháng', 'Certificate under 3 months'],
  elementary: ['Sơ cấp', 'Elementary'],
  intermediate: ['Trung cấp', 'Intermediate'],
  college: ['Cao đẳng', 'College'],
  university: ['Đại học', 'University'],
  postgraduate: ['Trên đại học', 'Postgraduate'],
});

export type TechnicalLevel = (typeof technicalLevel)[number]['code'];

/**
 * The two official variants of the list: the long one of the registration forms, and the short one, which counts
 * skilled workers without a certificate as untrained and courses under three months as elementary. The wording is
 * that of provincial systems; the short variant's could not be confirmed in the law's text.
 */
export const technicalLevelVariants: Record<TechnicalLevel, { long: string; short: string }> = {
  untrained: { long: 'Chưa qua đào tạo', short: 'Chưa qua đào tạo' },
  workerNoCertificate: { long: 'CNKT không có bằng', short: 'Chưa qua đào tạo' },
  certUnder3Months: { long: 'Chứng chỉ nghề dưới 3 tháng', short: 'Sơ cấp' },
  elementary: { long: 'Sơ cấp', short: 'Sơ cấp' },
  intermediate: { long: 'Trung cấp', short: 'Trung cấp' },
  college: { long: 'Cao đẳng', short: 'Cao đẳng' },
  university: { long: 'Đại học', short: 'Đại học' },
  postgraduate: { long: 'Trên đại học', short: 'Trên đại học' },
};

export const activityStatus = values({
  employed: ['Có việc làm', 'Employed'],
  unemployed: ['Thất nghiệp', 'Unemployed'],
  inactive: ['Không tham gia hoạt động kinh tế', 'Economically inactive'],
});

export const inactiveReason = values({
  study: ['Đi học', 'In education'],
  retired: ['Hưu trí', 'Retired'],
  housework: ['Nội trợ', 'Housework'],
  disability: ['Khuyết tật', 'Disability'],
  other: ['Khác', 'Other'],
});

export const employmentStatus = values({
  employer: ['Chủ cơ sở sản xuất kinh doanh', 'Employer'],
  ownAccount: ['Tự làm', 'Own-account worker'],
  familyWorker: ['Lao động gia đình', 'Contributing family worker'],
  wageEarner: ['Làm công ăn lương', 'Wage earner'],
});

export const unemploymentDuration = values({
  '<3m': ['Dưới 3 tháng', 'Under 3 months'],
  '3-12m': ['Từ 3 tháng đến 1 năm', '3 to 12 months'],
  '>12m': ['Trên 1 năm', 'Over 12 months'],
});

export const socialInsuranceKind = values({
  compulsory: ['Bắt buộc', 'Compulsory'],
  voluntary: ['Tự nguyện', 'Voluntary'],
  none: ['Không tham gia', 'None'],
});

export const priorityGroup = values({
  poorHousehold: ['Hộ nghèo', 'Poor household'],
  nearPoorHousehold: ['Hộ cận nghèo', 'Near-poor household'],
  ethnicMinority: ['Người dân tộc thiểu số', 'Ethnic minority'],
  disability: ['Người khuyết tật', 'Person with a disability'],
  meritFamily: ['Thân nhân người có công với cách mạng', 'Family of a person with merit'],
  demobilised: ['Bộ đội, công an xuất ngũ', 'Demobilised soldier or police officer'],
  youthVolunteer: ['Thanh niên xung phong, tình nguyện', 'Youth volunteer'],
  landRecovered: ['Người bị thu hồi đất', 'Land recovered'],
  riverDweller: ['Dân vạn đò', 'River dweller'],
  returnee: ['Lao động về từ nước ngoài', 'Returnee from abroad'],
  exAddict: ['Người sau cai nghiện', 'Former addict'],
  traffickingVictim: ['Nạn nhân mua bán người', 'Victim of trafficking'],
  epsPoorDistrict: ['Chương trình EPS tại huyện nghèo', 'EPS: poor district'],
  epsCoastalIslandCommune: ['Chương trình EPS tại xã bãi ngang, hải đảo', 'EPS: coastal or island commune'],
});

export const trainingLevel = values({
  under3Months: ['Dưới 3 tháng', 'Under 3 months'],
  elementary: ['Sơ cấp', 'Elementary'],
  intermediate: ['Trung cấp', 'Intermediate'],
  college: ['Cao đẳng', 'College'],
});

export const graduateOutcome = values({
  employed: ['Có việc làm', 'Employed'],
  employedAbroad: ['Làm việc ở nước ngoài', 'Employed abroad'],
  selfEmployed: ['Tự tạo việc làm', 'Self-employed'],
  furtherStudy: ['Học tiếp', 'Further study'],
  unemployed: ['Chưa có việc làm', 'Unemployed'],
  unknown: ['Chưa rõ', 'Unknown'],
});

export const consentPurpose = values({
  matching: ['Kết nối việc làm', 'Matching'],
});

const ETHNIC_GROUPS = `Kinh|Tày|Thái|Hoa|Khmer|Mường|Nùng|Mông|Dao|Gia Rai|Ngái|Ê Đê|Ba Na|Xơ Đăng|Sán Chay|Cơ Ho|Chăm|Sán Dìu|Hrê|Mnông|Raglay|Xtiêng|Bru - Vân Kiều|Thổ|Giáy|Cơ Tu|Gié Triêng|Mạ|Khơ Mú|Co|Tà Ôi|Chơ Ro|Kháng|Xinh Mun|Hà Nhì|Chu Ru|Lào|La Chí|La Ha|Phù Lá|La Hủ|Lự|Lô Lô|Chứt|Mảng|Pà Thẻn|Cơ Lao|Cống|Bố Y|Si La|Pu Péo|Brâu|Ơ Đu|Rơ Măm`;

/** The 54 peoples in the numbering of the General Statistics Office (Decision 121-TCTK/PPCĐ): "01" Kinh … "54" Rơ Măm. */
export const ethnicity: Value[] = ETHNIC_GROUPS.split('|').map((name, i) => ({
  code: String(i + 1).padStart(2, '0'),
  vi: name,
  en: name,
}));
