import { describe, expect, it } from '@jest/globals';
import { tokens } from '#reference';
import { titleTerms } from '../search/doc-terms.js';
import { jobVocabulary } from './job-vocabulary.js';
import { Lexicon } from './lexicon.js';
import { listedPhrases } from './phrases.js';
import { titleWords } from './title-words.js';
import { understand } from './understand.js';

const TITLES = [
  'Kế Toán Tổng Hợp',
  'Kế Toán Trưởng',
  'Nhân Viên Kế Toán',
  'Nhân Viên Kinh Doanh',
  'Nhân Viên Kinh Doanh Tiếng Hàn',
  'Trợ Lý Tiếng Hàn',
  'Phiên Dịch Tiếng Hàn',
  'Thợ Hàn TIG',
  'Nhân Viên Lái Xe',
  'Chăm Sóc Khách Hàng',
  'Thiết Kế Đồ Họa',
  'Nhân Viên Bán Hàng',
  'Lập Trình Viên PHP',
];

function lexiconOf(titles: string[]): Lexicon {
  const counts = new Map<string, number>();
  for (const title of titles) {
    for (const term of titleTerms(titleWords(title))) counts.set(term, (counts.get(term) ?? 0) + 20);
  }
  const terms = [...counts].map(([term, count]) => ({ term, count }));
  return new Lexicon(titles.length * 20, terms, [...jobVocabulary().all(), ...listedPhrases()]);
}

const knowledge = { lexicon: lexiconOf(TITLES), occupations: jobVocabulary() };
const read = (query: string): ReturnType<typeof understand> => understand(query, knowledge);
const said = (query: string): string => read(query).normal.join(' ');
const wordings = (query: string): string[] =>
  read(query).segments.flatMap(({ alternatives }) => alternatives.map(({ words }) => words.join(' ')));
const spelled = (text: string): string =>
  tokens(text)
    .map(({ normal }) => normal)
    .join(' ');

describe('a query is understood', () => {
  it('with accents where the writer left them out', () => {
    expect(said('ke toan')).toBe(spelled('kế toán'));
    expect(said('tho han')).toBe(spelled('thợ hàn'));
  });

  it('with misspelt words corrected, and says so', () => {
    expect(read('kế taon').corrected).toEqual({ from: 'kế taon', to: 'kế toán' });
    expect(said('nhan vein kinh daonh')).toBe(spelled('nhân viên kinh doanh'));
    expect(said('ketoan')).toBe(spelled('kế toán'));
  });

  it('with words spelled by ear corrected, other words of the language too, where their neighbours know them so', () => {
    expect(read('thợ hàng').corrected).toEqual({ from: 'thợ hàng', to: 'thợ hàn' });
    expect(said('tho hang tig')).toBe(spelled('thợ hàn tig'));
    expect(said('lái se')).toBe(spelled('lái xe'));
    for (const heard of ['tram sóc khách hàng', 'chăm xóc khách hàng'])
      expect(said(heard)).toBe(spelled('chăm sóc khách hàng'));
    for (const right of ['bán hàng', 'nhân viên hàng', 'tiếng hàn', 'hàng', 'thợ tiện hàng'])
      expect(read(right).corrected).toBeUndefined();
    const exact = understand('thợ hàng', knowledge, { exact: true });
    expect(exact.words).toEqual(['tho', 'hang']);
  });

  it('as written where the writer insists', () => {
    const exactly = (query: string): ReturnType<typeof understand> =>
      understand(query, knowledge, { exact: true });
    const plan = exactly('kế taon');
    expect(plan.corrected).toBeUndefined();
    expect(plan.words).toEqual(['ke', 'taon']);
    const wordings = plan.segments.flatMap(({ alternatives }) => alternatives.map(({ words }) => words));
    expect(wordings.flat()).toContain('taon');
    expect(wordings.flat()).not.toContain('toan');
    // Half a word stays half a word; short forms are words of their own.
    expect(exactly('thiết k').words).toEqual(['thiet', 'k']);
    expect(exactly('nv kinh doanh').words).toEqual(['nhan', 'vien', 'kinh', 'doanh']);
  });

  it('without correcting what is right', () => {
    expect(read('thợ hàn').corrected).toBeUndefined();
    expect(read('tho han').corrected).toBeUndefined();
    expect(read('nhân viên bán hàng').corrected).toBeUndefined();
  });

  it('with the last word completed by what goes before it', () => {
    expect(said('thiết k')).toBe(spelled('thiết kế'));
    expect(said('lập trình vi')).toBe(spelled('lập trình viên'));
    expect(read('thiết k').corrected).toBeUndefined();
  });

  it('with short forms spelled out and never completed', () => {
    expect(said('nv kd')).toBe(spelled('nhân viên kinh doanh'));
    expect(said('ktt')).toBe(spelled('kế toán trưởng'));
  });

  it('with other names of the same work', () => {
    expect(wordings('tài xế')).toContain('lai xe');
    expect(wordings('accountant')).toContain('ke toan');
  });

  it('with places taken out of the text', () => {
    const plan = read('kế toán Bình Dương');
    expect(plan.words).toEqual(['ke', 'toan']);
    expect(plan.places).toMatchObject([
      { name: 'Bình Dương', level: 'formerProvince', provinceCodes: ['79'] },
    ]);
    expect(read('nhan vien kinh doanh dong nai')).toMatchObject({
      words: ['nhan', 'vien', 'kinh', 'doanh'],
      places: [{ name: 'Đồng Nai', provinceCodes: ['75'] }],
    });
    expect(read('lai xe bien hoa')).toMatchObject({ places: [{ name: 'Biên Hòa', level: 'district' }] });
    expect(read('bien hoa').places).toMatchObject([{ name: 'Biên Hòa' }]);
    expect(read('nhân viên biên hóa').places).toEqual([]);
    expect(read('kế toán Đông Anh').places).toMatchObject([{ name: 'Đông Anh', provinceCodes: ['01'] }]);
  });

  it('with syllables of places left to the job words that they belong to', () => {
    expect(read('thợ hàn').places).toEqual([]);
    expect(read('phiên dịch tiếng hàn').places).toEqual([]);
    expect(said('tieng han')).toBe(spelled('tiếng hàn'));
  });

  it('keeping "thợ hàn" one thing, so that Korean is no part of it', () => {
    const [segment, ...others] = read('tho han').segments;
    expect(others).toEqual([]);
    expect(segment!.alternatives.every(({ words }) => words.join(' ') !== 'han')).toBe(true);
  });

  it('with Telex keys that made no accents, and correction shown in the usual spelling', () => {
    expect(read('kees toans').corrected).toEqual({ from: 'kees toans', to: 'kế toán' });
  });

  it('without words that only say that somebody looks for work', () => {
    const kinds = (query: string): string[] => read(query).segments.map(({ kind }) => kind);
    expect(read('việc làm hà nội').segments).toEqual([]);
    expect(kinds('tuyển dụng kế toán lương cao')).toEqual(['content']);
    expect(kinds('kế toán 10 triệu')).toEqual(['content', 'weak']);
  });

  it('with the level that a word names', () => {
    expect(read('thực tập sinh kế toán').level).toBe('intern');
    expect(read('kế toán').level).toBeUndefined();
  });
});
