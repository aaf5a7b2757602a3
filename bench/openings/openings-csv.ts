import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { seeded } from '../support/seeded.js';

const COLUMNS = 'source_id,title,employer_key,locations,salary_text,experience_text,posted_ago';
/** Real postings, where the machine has them beside the repository. */
const REAL_SAMPLE = resolve(process.cwd(), '../shared/data/openings-real-sample.csv');

const JOBS = [
  'Thợ hàn',
  'Kế toán',
  'Nhân viên bán hàng',
  'Lái xe',
  'Công nhân may',
  'Kỹ sư điện',
  'Lễ tân',
  'Đầu bếp',
];
const QUALITIES = [
  '3G',
  'tổng hợp',
  'ca đêm',
  'lương cao',
  'tại nhà máy',
  'mới ra trường',
  'có kinh nghiệm',
  '',
];
const PLACES = [
  'Hà Nội',
  'Hồ Chí Minh',
  'Thái Nguyên',
  'Bắc Ninh',
  'Hà Nội & 2 nơi khác',
  'Đà Nẵng',
  'Hà Nam',
  '',
];
const PAYS = [
  '10 - 15 triệu',
  'Từ 10 triệu',
  'Tới 20 triệu',
  'Thoả thuận',
  '1,000 - 2,000 USD',
  '30 - 50 k/giờ',
];
const EXPERIENCES = ['Không yêu cầu', 'Dưới 1 năm', '1 năm', '2 năm', '3 năm', 'Trên 5 năm'];
const TIMES = ['hôm nay', '1 ngày trước', '3 ngày trước', '1 tuần trước', '2 tuần trước'];

/** A CSV file of made-up postings in the supported mapping; the same seed gives the same file. */
export function generatedCsv(rows: number, seed = 1): string {
  const random = seeded(seed);
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? '';
  const lines = Array.from({ length: rows }, (_, i) => {
    const title = `${pick(JOBS)} ${pick(QUALITIES)}`.trim();
    const key = Math.floor(random() * 1e8).toString(16);
    return `${i + 1},"${title}",${key},${pick(PLACES)},"${pick(PAYS)}",${pick(EXPERIENCES)},${pick(TIMES)}`;
  });
  return `${COLUMNS}\n${lines.join('\n')}\n`;
}

/** The real sample, or as many made-up postings where it is not to be had. */
export function sampleCsv(): { csv: string; origin: string; rows: number } {
  if (existsSync(REAL_SAMPLE)) {
    const csv = readFileSync(REAL_SAMPLE, 'utf8');
    return { csv, origin: 'the real sample', rows: csv.trim().split('\n').length - 1 };
  }
  return { csv: generatedCsv(6123), origin: 'generated', rows: 6123 };
}

/** So many postings made of the sample by repeating it under other ids. */
export function multipliedCsv(rows: number): string {
  const { csv } = sampleCsv();
  const [header = '', ...lines] = csv.trim().split('\n');
  const many = Array.from({ length: rows }, (_, i) => {
    const round = Math.floor(i / lines.length);
    return `${round === 0 ? '' : `r${round}-`}${lines[i % lines.length] ?? ''}`;
  });
  return `${[header, ...many].join('\n')}\n`;
}
