import { describe, expect, it } from '@jest/globals';
import {
  accentedKey,
  damerauLevenshtein,
  fold,
  foldedTokens,
  isAccented,
  normalise,
  phraseKey,
  slug,
  stripAccents,
  tidy,
  titleCase,
  tokens,
} from './index.js';

describe('tidy', () => {
  it.each([
    ['combining marks become one letter', 'tho\u031b\u0323 ha\u0300n', 'thợ hàn'],
    ['a tone typed after a precomposed letter is joined to it', 'vi\u00ea\u0323c', 'việc'],
    ['hard and thin spaces become one blank', ' Kế\u00a0\u2009toán\t viên ', 'Kế toán viên'],
    ['long dashes become a hyphen', '10–15 triệu — Hà Nội', '10-15 triệu - Hà Nội'],
    ['the Icelandic letter of old encodings becomes Đ', 'Ðà Nẵng', 'Đà Nẵng'],
    ['zero-width characters disappear', 'thợ\u200b hàn\ufeff', 'thợ hàn'],
    ['letters in mathematical bold are plain letters', '𝐍𝐇𝐀̂𝐍 VIÊN', 'NHÂN VIÊN'],
    ['an ASCII text only loses doubled blanks', '  IT   Helpdesk ', 'IT Helpdesk'],
  ])('%s', (_, given, expected) => expect(tidy(given)).toBe(expected));
});

describe('normalise', () => {
  it.each([
    ['hoá', 'hóa'],
    ['Khánh Hoà', 'Khánh Hòa'],
    ['THOẢ THUẬN', 'THỎA THUẬN'],
    ['khoẻ', 'khỏe'],
    ['thuỷ', 'thủy'],
    ['qúy', 'quý'],
    ['gìa', 'già'],
    ['hoán', 'hoán'],
    ['huỳnh', 'huỳnh'],
    ['ngoài', 'ngoài'],
    ['khuỷu', 'khuỷu'],
    ['quả', 'quả'],
    ['giường', 'giường'],
    ['gì', 'gì'],
    ['mía', 'mía'],
    ['nghiệp', 'nghiệp'],
    ['ngừơi', 'người'],
  ])('places the tone of %s as in %s', (given, expected) => expect(normalise(given)).toBe(expected));

  it.each([
    ['kỹ sư', 'kĩ sư'],
    ['Mỹ', 'Mĩ'],
    ['quản lý', 'quản lí'],
    ['quý', 'quí'],
    ['bác sỹ', 'bác sĩ'],
    ['công ty', 'công ti'],
    ['tỷ', 'tỉ'],
    ['Quỳnh', 'Quình'],
  ])('takes %s and %s for one word', (a, b) => expect(normalise(a)).toBe(normalise(b)));

  it.each([
    ['tay', 'tai'],
    ['thúy', 'thúi'],
    ['máy', 'mái'],
    ['y', 'i'],
    ['kinh', 'kynh'],
    ['vy', 'vi'],
  ])('keeps %s and %s apart', (a, b) => expect(normalise(a)).not.toBe(normalise(b)));

  it('leaves a word half typed a beginning of the whole word', () => {
    expect(normalise('kinh').startsWith(normalise('ki'))).toBe(true);
    expect(normalise('quyền').startsWith(normalise('qu'))).toBe(true);
    expect(stripAccents(normalise('quyền')).startsWith(normalise('quy'))).toBe(true);
  });

  it('leaves foreign words alone', () => {
    expect(normalise('Café Résumé São Paulo MySQL')).toBe('Café Résumé São Paulo MySQL');
  });

  it('changes nothing the second time', () => {
    const once = normalise('Kỹ sư hoá – Quí, THUỲ, qúy');
    expect(normalise(once)).toBe(once);
  });
});

describe('fold', () => {
  it('takes accents off, đ to d, in lower case', () => {
    expect(fold('Thợ Điện NƯỚC')).toBe('tho dien nuoc');
    expect(stripAccents('Đắk Lắk')).toBe('Dak Lak');
  });

  it('makes decomposed and composed, old and new writings equal', () => {
    const writings = [
      'Kỹ sư hoá',
      'Kĩ sư hóa',
      'KĨ SƯ HOÁ',
      'Kỹ sư hoá'.normalize('NFD'),
      'ky su hoa',
      'ki su hoa',
    ];
    expect(new Set(writings.map(fold)).size).toBe(1);
  });

  it('tells whether a text has accents', () => {
    expect(isAccented('tho han')).toBe(false);
    expect(isAccented('đi')).toBe(true);
    expect(isAccented('C++ & .NET – 3D')).toBe(false);
    expect(isAccented('hàn'.normalize('NFD'))).toBe(true);
  });

  it('makes address parts', () => {
    expect(slug('Kỹ sư C++ – Đà Nẵng (Gấp!)')).toBe('ky-su-c-da-nang-gap');
    expect(slug('***')).toBe('');
  });
});

describe('tokens', () => {
  it('keeps names with signs and digits in one piece', () => {
    expect(foldedTokens('Lập trình C++/C#, ASP.NET Core, .Net, Node.js, 3D, CNC, B2B, R&D')).toEqual(
      'lap trinh c++ c# asp .net core .net node.js 3d cnc b2b r&d'.split(' '),
    );
  });

  it('gives places in the text as written, decomposed letters included', () => {
    const text = ' Thợ'.normalize('NFD') + '\u00a0hàn'.normalize('NFD') + '–MIG';
    const found = tokens(text);
    expect(found.map((token) => text.slice(token.start, token.end).normalize('NFC'))).toEqual([
      'Thợ',
      'hàn',
      'MIG',
    ]);
    expect(found.map((token) => token.normal)).toEqual(['thợ', 'hàn', 'mig']);
    expect(found.map((token) => token.accented)).toEqual([true, true, false]);
  });

  it('separates a place or a unit from punctuation', () => {
    expect(foldedTokens('TP.HCM, Q.1 (7.000.000đ/tháng) 15tr')).toEqual(
      'tp hcm q 1 7.000.000 d thang 15tr'.split(' '),
    );
  });

  it('finds no words in signs', () => expect(tokens('… – & ++ 🎉')).toEqual([]));

  it('gives one key for all writings of a phrase', () => {
    expect(phraseKey('  Kỹ-sư   Hoá ')).toBe(phraseKey('kĩ sư hóa'));
    expect(accentedKey('Kỹ-sư Hoá')).toBe('kĩ sư hóa');
  });
});

describe('damerauLevenshtein', () => {
  it.each([
    ['ke toan', 'ke taon', 1],
    ['han', 'han', 0],
    ['han', 'hna', 1],
    ['', 'abc', 3],
    ['kitten', 'sitting', 3],
    ['marketing', 'maketting', 2],
  ])('%s → %s takes %d', (a, b, edits) => {
    expect(damerauLevenshtein(a, b)).toBe(edits);
    expect(damerauLevenshtein(b, a)).toBe(edits);
  });

  it('stops counting above the limit', () => {
    expect(damerauLevenshtein('abcdefgh', 'stuvwxyz', 2)).toBe(3);
    expect(damerauLevenshtein('a', 'abcdef', 2)).toBe(3);
    expect(damerauLevenshtein('abcd', 'badc', 2)).toBe(2);
  });

  it('agrees with the unlimited count wherever that is within the limit', () => {
    const words = ['hàn', 'nhà', 'hna', 'thợ hàn', 'tho han', 'htoh na', 'n', ''];
    for (const a of words) {
      for (const b of words) {
        const all = damerauLevenshtein(a, b);
        for (let max = 0; max < 8; max++) expect(damerauLevenshtein(a, b, max)).toBe(Math.min(all, max + 1));
      }
    }
  });
});

describe('titleCase', () => {
  it('capitalises words and keeps what the writer capitalised', () => {
    expect(titleCase('kỹ sư vận hành CNC tại TP.HCM')).toBe('Kỹ Sư Vận Hành CNC Tại TP.HCM');
    expect(titleCase('lập trình viên iOS')).toBe('Lập Trình Viên iOS');
  });

  it('lowers a title that shouts', () => {
    expect(titleCase('NHÂN VIÊN QC ĐIỆN TỬ')).toBe('Nhân Viên QC Điện Tử');
  });
});
