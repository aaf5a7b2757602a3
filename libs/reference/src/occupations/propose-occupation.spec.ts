import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parseCsv } from '../data/csv.js';
import { stripAccents } from '../text/index.js';
import { expandAbbreviations } from './abbreviations.js';
import { occupation } from './occupations.js';
import { proposeOccupation } from './propose-occupation.js';
import { marketTitles } from './vocabulary.js';

const first = (title: string): string | undefined => proposeOccupation(title)[0]?.code;

describe('the occupation of a free title', () => {
  it.each([
    ['Nhân Viên Kinh Doanh - Thu Nhập 15tr - Tại Hà Nội', '3322'],
    ['nhan vien kinh doanh bat dong san', '3334'],
    ['NV CSKH', '4222'],
    ['Tho han', '7212'],
    ['Thợ hàn 3G, 6G - Lương 15-20 triệu', '7212'],
    ['CN may', '8153'],
    ['Tuyển gấp 50 công nhân may tại Nam Định', '8153'],
    ['KTV Spa (Không yêu cầu kinh nghiệm)', '5142'],
    ['Lái xe tải hạng C', '8332'],
    ['Tài xế xe nâng', '8344'],
    ['Bảo vệ KCN', '5414'],
    ['Giáo viên tiếng Anh part-time', '2353'],
    ['Giáo viên mầm non', '2342'],
    ['Senior Java Developer (Spring Boot)', '2512'],
    ['Manual Tester', '2519'],
    ['Business Analyst (BA)', '2511'],
    ['Digital Marketing Executive', '2431'],
    ['Receptionist', '4226'],
    ['Kế Toán Thuế', '2411'],
    ['Trưởng phòng Marketing', '1221'],
    ['TP Kinh Doanh', '1221'],
    ['Trưởng phòng kho vận', '1324'],
    ['Nhân viên quản lý kho', '4321'],
    ['Kỹ sư cơ khí', '2144'],
    ['Kỹ thuật viên cơ khí', '3115'],
    ['Thợ cơ khí', '7214'],
    ['Nhân Viên Kinh Doanh/ Sale Bất Động Sản', '3334'],
    ['Phụ hồ', '9313'],
    ['Thợ hàn Cần Thơ'.normalize('NFD'), '7212'],
  ])('%s is %s', (title, code) => expect([title, first(title)]).toEqual([title, code]));

  it('tells engineers, technicians, craftsmen and labourers of one trade apart', () => {
    const trade = ['Kỹ sư điện', 'Kỹ thuật viên điện', 'Thợ điện'].map(first);
    expect(trade.map((code) => code?.charAt(0))).toEqual(['2', '3', '7']);
    expect(first('Công nhân xây dựng')).toBe('9313');
    expect(first('Kỹ sư xây dựng')).toBe('2142');
  });

  it('proposes nothing where nothing is known', () => {
    for (const title of ['', '   ', '???', 'Abc Xyz', 'Hà Nội', '15 - 20 triệu', '🎉🎉']) {
      expect([title, proposeOccupation(title)]).toEqual([title, []]);
    }
  });

  it('answers with unit groups, likeliest first, each with what it rests on', () => {
    const proposals = proposeOccupation('Nhân viên thu ngân kiêm lễ tân');
    expect(proposals.length).toBeGreaterThan(0);
    expect(proposals.map((p) => p.confidence)).toEqual(
      proposals.map((p) => p.confidence).sort((a, b) => b - a),
    );
    for (const { code, confidence, evidence } of proposals) {
      expect(occupation(code)?.level).toBe(4);
      expect(confidence).toBeGreaterThan(0);
      expect(confidence).toBeLessThan(1);
      expect(evidence).not.toBe('');
    }
  });

  it('takes its market titles for groups that exist', () => {
    for (const [code, titles] of marketTitles()) {
      expect([code, occupation(code)?.level]).toEqual([code, 4]);
      expect(titles.length).toBeGreaterThan(0);
    }
  });
});

describe('short forms', () => {
  it.each([
    ['NV KD tại KCN', 'nhân viên kinh doanh tại khu công nghiệp'],
    ['TP Marketing', 'trưởng phòng Marketing'],
    ['kế toán TP. Huế', 'kế toán thành phố. Huế'],
    ['CN may', 'công nhân may'],
    ['nghỉ CN', 'nghỉ CN'],
    ['CN. Hòa Bình', 'CN. Hòa Bình'],
    ['KTV, CSKH - XNK', 'kỹ thuật viên, chăm sóc khách hàng - xuất nhập khẩu'],
    ['QC may', 'QC may'],
    ['chạy QC', 'chạy quảng cáo'],
    ['Phó GĐ', 'Phó giám đốc'],
    ['', ''],
  ])('%s is %s', (short, full) => expect(expandAbbreviations(short)).toBe(full));
});

/** Titles of real openings with the unit groups that a person found right, several where the title leaves it open. */
const judged = parseCsv(readFileSync(new URL('./judged-titles.fixture.csv', import.meta.url), 'utf8')).map(
  (row) => ({
    title: row.title!,
    codes: row.codes!.split('|'),
  }),
);

function judge(spell: (title: string) => string): {
  confident: number;
  rightOfConfident: number;
  right: number;
  none: number;
} {
  const result = { confident: 0, rightOfConfident: 0, right: 0, none: 0 };
  for (const { title, codes } of judged) {
    const [proposal] = proposeOccupation(spell(title));
    const isRight = proposal !== undefined && codes.includes(proposal.code);
    if (!proposal) result.none++;
    else if (proposal.confidence >= 0.9) {
      result.confident++;
      if (isRight) result.rightOfConfident++;
    }
    if (isRight) result.right++;
  }
  return result;
}

describe(`on ${judged.length} judged titles`, () => {
  it('a confidence of 0.9 and more is right in at least 97 of 100, and more than half of the titles have it', () => {
    const { confident, rightOfConfident } = judge((title) => title);
    expect(confident).toBeGreaterThan(judged.length / 2);
    expect(rightOfConfident / confident).toBeGreaterThanOrEqual(0.97);
  });

  it('the first proposal is right in at least 94 of 100, and hardly any title gets none', () => {
    const { right, none } = judge((title) => title);
    expect(right / judged.length).toBeGreaterThanOrEqual(0.94);
    expect(none / judged.length).toBeLessThan(0.02);
  });

  it('without accents it is still right in at least 85 of 100', () => {
    expect(judge(stripAccents).right / judged.length).toBeGreaterThanOrEqual(0.85);
  });

  it('capitals and decomposed letters change nothing', () => {
    expect(judge((title) => title.normalize('NFD'))).toEqual(judge((title) => title));
    expect(judge((title) => title.toUpperCase()).right).toBeGreaterThan(judged.length * 0.92);
  });
});
