/** Purposes that a person can consent to; each is given and withdrawn on its own. */
export const consentPurposes = ['matching'] as const;
export type ConsentPurpose = (typeof consentPurposes)[number];
/** The same as pipes want it. */
export const purposeEnum = Object.fromEntries(consentPurposes.map((purpose) => [purpose, purpose]));

export interface ConsentText {
  purpose: ConsentPurpose;
  /** Changes whenever a word of the text does. */
  version: string;
  vi: string;
  en: string;
}

/** What people agree to, newest version per purpose (Law 91/2025/QH15: purpose, data, recipients, withdrawal). */
export const consentTexts: readonly ConsentText[] = [
  {
    purpose: 'matching',
    version: '2026-11',
    vi: 'Tôi đồng ý để trung tâm dịch vụ việc làm dùng trình độ, kinh nghiệm, kỹ năng, nơi ở (đến cấp xã) và mong muốn việc làm của tôi để tìm việc phù hợp, và để cán bộ của trung tâm phụ trách địa bàn xem hồ sơ của tôi khi giới thiệu việc làm. Họ tên, số giấy tờ, điện thoại và địa chỉ không được chuyển cho người sử dụng lao động khi chưa có sự đồng ý riêng. Tôi có thể rút lại sự đồng ý bất cứ lúc nào; hồ sơ của tôi khi đó không còn được dùng để tìm việc phù hợp.',
    en: 'I agree that the employment centre uses my qualifications, experience, skills, commune of residence and wishes to find jobs that fit, and that officers responsible for my area see my profile when they refer me. My name, document numbers, phone and address go to no employer without a separate consent. I may withdraw this consent at any time; my profile is then no longer used to find jobs that fit.',
  },
];

export function isCurrentText(purpose: string, version: string): boolean {
  return consentTexts.some((text) => text.purpose === purpose && text.version === version);
}
