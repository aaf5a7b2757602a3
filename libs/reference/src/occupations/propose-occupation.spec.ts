import { describe, expect, it } from '@jest/globals';
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
