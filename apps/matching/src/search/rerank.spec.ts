import { describe, expect, it } from '@jest/globals';
import { jobVocabulary } from '../query/job-vocabulary.js';
import { Lexicon } from '../query/lexicon.js';
import { listedPhrases } from '../query/phrases.js';
import { understand } from '../query/understand.js';
import { type Candidate, rerank } from './rerank.js';

const NOW = 1_795_000_000;
const lexicon = new Lexicon(0, [], [...jobVocabulary().all(), ...listedPhrases()]);

const candidate = (title: string, changes: Partial<Candidate> = {}): Candidate => ({
  id: title,
  title,
  occupationCode: null,
  occupationConfidence: 0,
  positionLevel: null,
  provinceCodes: ['01'],
  places: ['ha noi'],
  communeCodes: [],
  publishedAt: NOW,
  ...changes,
});
const order = (query: string, candidates: Candidate[]): string[] =>
  rerank(understand(`${query} `, { lexicon, occupations: jobVocabulary() }), candidates, lexicon, NOW).map(
    ({ id }) => id,
  );
const ranked = (query: string, ...titles: string[]): string[] =>
  order(
    query,
    titles.map((title) => candidate(title)),
  );

describe('postings are ranked', () => {
  it('by the accents of the query, without refusing others', () => {
    expect(ranked('bán hàng', 'Bàn Hàng Mẫu', 'Bán Hàng', 'Ban Hang')).toEqual([
      'Bán Hàng',
      'Ban Hang',
      'Bàn Hàng Mẫu',
    ]);
  });

  it('what was typed before other names of it, those before related work', () => {
    expect(ranked('tài xế', 'Lái Xe Tải', 'Lái Xe', 'Tài Xế')).toEqual(['Tài Xế', 'Lái Xe', 'Lái Xe Tải']);
  });

  it('the trade before a word that merely contains its letters', () => {
    expect(ranked('hàn', 'Trợ Lý Tiếng Hàn', 'Nhân Viên Kỹ Thuật - Thợ Hàn TIG')[0]).toMatch(/Thợ Hàn/);
  });

  it('the head of the title before what it says of pay and place', () => {
    expect(ranked('kế toán', 'Giao Dịch Viên - Không Yêu Cầu Kinh Nghiệm Kế Toán', 'Kế Toán Kho')[0]).toBe(
      'Kế Toán Kho',
    );
  });

  it('the trade itself before its head, unless that was asked for', () => {
    expect(ranked('marketing', 'Marketing Manager', 'Marketing Officer')[0]).toBe('Marketing Officer');
    expect(ranked('trưởng phòng marketing', 'Nhân Viên Marketing', 'Trưởng Phòng Marketing')[0]).toBe(
      'Trưởng Phòng Marketing',
    );
  });

  it('the place asked for first, the old province as written before the rest of the new one', () => {
    const here = candidate('Kế Toán Nội Bộ', { provinceCodes: ['79'], places: ['binh duong'] });
    const newProvince = candidate('Kế Toán', { provinceCodes: ['79'], places: ['ho chi minh'] });
    const elsewhere = candidate('Kế Toán', { id: 'elsewhere' });
    expect(order('kế toán Bình Dương', [elsewhere, newProvince, here])).toEqual([
      'Kế Toán Nội Bộ',
      'Kế Toán',
      'elsewhere',
    ]);
  });

  it('fresh ones first among equals, with whole numbers', () => {
    const old = candidate('Kế Toán', { id: 'old', publishedAt: NOW - 40 * 86_400 });
    expect(order('kế toán', [old, candidate('Kế Toán')])).toEqual(['Kế Toán', 'old']);
  });
});
