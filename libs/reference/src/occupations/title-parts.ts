import { findPlaces } from '../places/index.js';
import { tidy } from '../text/index.js';
import { titleWords, type TitleWord } from './title-words.js';

/** Pay, experience, benefits and working time: what a title says besides the job. */
const NOISE = [
  /(?:thu nhập|mức lương|lương|tổng thu|income|salary|offer|package)(?:\s*(?:cứng|cơ bản|hấp dẫn|net|gross|không giới hạn|lên tới|lên đến|đến|tới|từ|upto|up to|trên|khủng|cao|thỏa thuận|thoả thuận|cạnh tranh|tốt|ổn định|trung bình|khoảng|dao động|về tay))*\s*[:~]?\s*[\d.,]*\s*(?:-|–|đến|tới)?\s*[\d.,]*\s*(?:tr|triệu|trđ|m|k|usd|\$|củ)?(?![\p{L}])/giu,
  /(?:upto|up to|từ|lên đến|lên tới|tới|đến|trên|~|>)?\s*[\d.,]+\s*(?:-|–|đến|tới)?\s*[\d.,]*\s*(?:tr|triệu|trđ|m|củ|usd|\$|%|vnđ|vnd)(?:\s*\/\s*tháng|\s*\/\s*giờ)?(?![\p{L}\d])/giu,
  /(?:\d+|một|hai|ba)\s*(?:-\s*\d+)?\+?\s*năm(?:\s*kinh nghiệm|\s*kn|\s*trở lên)?/giu,
  /(?:không|chưa|ko|k)\s*(?:yêu cầu|cần)\s*(?:có\s*)?(?:kinh nghiệm|kn|exp)|có kinh nghiệm|yêu cầu kinh nghiệm|kinh nghiệm(?:\s*từ)?\s*\d+\s*năm|chấp nhận sinh viên[^-|,(]*|(?:được )?đào tạo (?:có|miễn|từ|hưởng|bài)[^-|,(]*|được đào tạo[^-|,(]*|đi làm ngay|nhận việc ngay|làm ngay/giu,
  /nghỉ\s*(?:chiều\s*)?(?:t7|thứ 7|thứ bảy|cn|chủ nhật|cuối tuần)[^-|,()]*|làm việc (?:giờ hành chính|hybrid|remote|từ xa|tại nhà)|part[\s-]?time|full[\s-]?time|parttime|fulltime|online tại nhà|t2\s*-\s*t[67]|ca (?:sáng|chiều|tối|đêm|gãy|xoay)/giu,
  /\(\s*(?:hn|hcm|hà nội|tp\.?hcm)\s*\)|\b(?:hn|hcm|tphcm)\b/giu,
];
const SEPARATORS =
  /\s+[-–—_:]+\s*|\s*[-–—_]\s+|[|,;()[\]{}+•!?…"“”]|\s*\/\s*|(?<=\p{L})_+(?=\p{L})|_|:\s|\.\.\./gu;

/** One part of a title between its dashes, slashes and brackets, most telling first. */
export interface TitlePart {
  words: TitleWord[];
}

/** The parts of a noisy title that may name the job: places, pay, experience and benefits taken out. */
export function titleParts(title: string): TitlePart[] {
  const clean = tidy(title)
    .slice(0, 300)
    .replace(/\s*\.{3}$/, '');
  let text = clean;
  for (const { start, end } of findPlaces(clean).reverse())
    text = `${text.slice(0, start)} | ${text.slice(end)}`;
  for (const noise of NOISE) text = text.replace(noise, ' | ');
  return protect(text)
    .split(SEPARATORS)
    .map((part) => ({ words: titleWords(part.replaceAll('\u0001', '/').replaceAll('\u0002', '-')) }))
    .filter(({ words }) => words.length > 0);
}

/** Slashes and hyphens inside names are no separators: UI/UX, QA/QC, front-end, e-commerce. */
function protect(text: string): string {
  return text
    .replace(/\b(ui|ux|qa|qc|pg|pb|ios)\s*\/\s*(ui|ux|qa|qc|pg|pb|android)\b/giu, '$1\u0001$2')
    .replace(/(?<=\p{L})-(?=\p{Ll})/gu, '\u0002');
}
