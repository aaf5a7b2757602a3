import { describe, expect, it } from '@jest/globals';
import { emptyLexicon } from '../query/lexicon.js';
import { jobVocabulary } from '../query/job-vocabulary.js';
import { understand } from '../query/understand.js';
import { highlight } from './highlight.js';

const plan = (query: string): ReturnType<typeof understand> =>
  understand(`${query} `, { lexicon: emptyLexicon(), occupations: jobVocabulary() });

describe('a highlighted title', () => {
  it('marks what was asked for, accents or not, neighbours together', () => {
    expect(highlight('Nhân Viên Kế Toán Kho', plan('ke toan'))).toBe('Nhân Viên <mark>Kế Toán</mark> Kho');
  });

  it('marks other names of the same work', () => {
    expect(highlight('Tài Xế Xe Tải', plan('lái xe'))).toBe('<mark>Tài Xế Xe Tải</mark>');
  });

  it('is safe to show as HTML', () => {
    expect(highlight('<b>Kế Toán</b> & "Thuế"', plan('kế toán'))).toBe(
      '&lt;b&gt;<mark>Kế Toán</mark>&lt;/b&gt; &amp; &quot;Thuế&quot;',
    );
    expect(highlight('A & B', undefined)).toBe('A &amp; B');
  });
});
