import { describe, expect, it } from '@jest/globals';
import { type ImportContext, openingRowReader, type OpeningRecord, type RawRow } from './opening-row.js';

const CONTEXT: ImportContext = {
  source: 'csv',
  trusted: true,
  keepDays: 60,
  asOf: '2026-11-20',
  today: '2026-11-21',
  areas: ['*'],
};
const ROW: RawRow = {
  source_id: '1914936',
  title: 'Kế toán tổng hợp',
  employer_key: 'eaea6dd600',
  locations: 'Hà Nội',
  salary_text: '17 - 25 triệu',
  experience_text: '3 năm',
  posted_ago: '3 ngày trước',
};
const read = (changes: RawRow = {}, context: Partial<ImportContext> = {}) =>
  openingRowReader({ ...CONTEXT, ...context })({ ...ROW, ...changes });
const record = (changes?: RawRow, context?: Partial<ImportContext>): OpeningRecord => {
  const result = read(changes, context);
  if (Array.isArray(result)) throw new Error(JSON.stringify(result));
  return result;
};

describe('A row of the supported CSV mapping', () => {
  it('becomes an opening with everything that it says', () => {
    expect(record()).toMatchObject({
      status: 'published',
      source: 'csv',
      source_id: '1914936',
      employer_key: 'eaea6dd600',
      title: 'Kế toán tổng hợp',
      workplaces: [{ provinceCode: '01', communeCode: null }],
      other_places_count: 0,
      pay_kind: 'monthly',
      pay_min: 17_000_000,
      pay_max: 25_000_000,
      pay_currency: 'VND',
      pay_text: '17 - 25 triệu',
      experience_min_months: 36,
      // 17 November in Việt Nam.
      published_at: '2026-11-16T17:00:00.000Z',
      expires_on: '2027-01-19',
      last_seen_on: '2026-11-20',
      area_province_code: '01',
      ended_at: null,
    });
  });

  it.each([
    ['Từ 10 triệu', { pay_kind: 'monthly', pay_min: 10_000_000, pay_max: null, pay_currency: 'VND' }],
    ['Tới 20 triệu', { pay_min: null, pay_max: 20_000_000 }],
    ['Thoả thuận', { pay_kind: 'negotiable', pay_min: null, pay_max: null, pay_currency: null }],
    ['1,000 - 2,000 USD', { pay_min: 100_000, pay_max: 200_000, pay_currency: 'USD' }],
    ['30 - 50 k/giờ', { pay_kind: 'hourly', pay_min: 30_000, pay_max: 50_000 }],
  ])('reads the pay "%s"', (salary_text, expected) => {
    expect(record({ salary_text })).toMatchObject({ ...expected, pay_text: salary_text });
  });

  it('keeps several workplaces and how many others there are', () => {
    const { workplaces, other_places_count } = record({ locations: 'Hồ Chí Minh & 9 nơi khác' });
    expect({ codes: workplaces.map((place) => place.provinceCode), other_places_count }).toEqual({
      codes: ['79'],
      other_places_count: 9,
    });
    // An old province resolves to its successor and stays in the text.
    expect(record({ locations: 'Hà Nam' }).workplaces).toMatchObject([
      { provinceCode: '37', text: 'Hà Nam' },
    ]);
  });

  it('leaves unknown what the source does not say', () => {
    expect(
      record({ employer_key: '', locations: '', salary_text: '', experience_text: '', posted_ago: '' }),
    ).toMatchObject({
      employer_key: null,
      workplaces: [],
      pay_kind: null,
      pay_min: null,
      pay_max: null,
      pay_text: null,
      experience_min_months: null,
      experience_max_months: null,
      area_province_code: null,
      published_at: '2026-11-19T17:00:00.000Z',
    });
  });

  it('proposes occupations from the title, likeliest first; without one it is imported all the same', () => {
    const { occupation_proposals: proposals } = record({ title: 'Thợ hàn CO2 - Thu nhập 15 triệu' });
    expect(proposals[0]?.code).toBe('7212');
    expect(proposals.length).toBeLessThanOrEqual(3);
    for (const { confidence } of proposals) {
      expect(confidence).toBeGreaterThanOrEqual(0.2);
      expect(confidence).toBeLessThanOrEqual(1);
    }
    expect(record({ title: 'Xyzzy qwerty' }).occupation_proposals).toEqual([]);
  });

  it.each([
    ['source_id', { source_id: '' }, 'required'],
    ['source_id', { source_id: 'a b' }, 'required'],
    ['source_id', { source_id: 'chu.quan@gmail.com' }, 'personal-data'],
    ['title', { title: ' ' }, 'required'],
    ['title', { title: 'x'.repeat(501) }, 'too-long'],
    ['title', { title: 'Thợ hàn, gọi 0912.345.678' }, 'personal-data'],
    ['locations', { locations: 'Hà Nội, gọi 0912 345 678' }, 'personal-data'],
    ['salary_text', { salary_text: 'cao' }, 'unreadable-pay'],
    ['salary_text', { salary_text: '20 - 10 triệu' }, 'min-above-max'],
    ['experience_text', { experience_text: 'nhiều' }, 'unreadable-experience'],
    ['posted_ago', { posted_ago: 'lâu rồi' }, 'unreadable-time'],
  ])('with a wrong %s is rejected: %j is %s', (field, changes, code) => {
    const result = read(changes);
    expect(result).toEqual([expect.objectContaining({ field, code })]);
    const [rejection] = result as { reason: string; value: string | null }[];
    expect(rejection?.reason).toMatch(/\p{L}/u);
    expect(rejection?.value ?? '').not.toMatch(/0912|gmail|\0/);
    expect(rejection?.value?.length ?? 0).toBeLessThanOrEqual(200);
  });

  it('keeps of an employer’s key that is a phone number or an address only a hash', () => {
    const { employer_key: key } = record({ employer_key: 'chu.quan@gmail.com' });
    expect(key).toMatch(/^sha256:[\w-]{43}$/);
    expect(record({ employer_key: 'chu.quan@gmail.com' }).employer_key).toBe(key);
    expect(record({ employer_key: '0912345678' }).employer_key).toMatch(/^sha256:/);
  });

  it('is cleared of control characters', () => {
    expect(record({ title: 'Trưởng\u001f bộ phận\u0000', employer_key: 'a\u0007b' })).toMatchObject({
      title: 'Trưởng bộ phận',
      employer_key: 'a b',
    });
  });

  it('names every wrong column at once', () => {
    const result = read({ title: '', salary_text: 'cao', posted_ago: 'hôm nào' });
    expect((result as { field: string }[]).map(({ field }) => field)).toEqual([
      'title',
      'salary_text',
      'posted_ago',
    ]);
  });

  it('of a source that is not trusted waits for an officer', () => {
    expect(record({}, { trusted: false })).toMatchObject({
      status: 'pending',
      published_at: null,
      ended_at: null,
    });
  });

  it('of an old file is over when it was last seen too long ago', () => {
    expect(record({}, { asOf: '2026-01-01' })).toMatchObject({
      status: 'expired',
      expires_on: '2026-03-02',
      ended_at: '2026-03-02T17:00:00.000Z',
    });
  });

  it('outside the area of who hands it in is rejected, one without a place is the importer’s', () => {
    expect(read({}, { areas: ['19'] })).toEqual([
      expect.objectContaining({ field: 'locations', code: 'outside-area' }),
    ]);
    expect(record({ locations: '' }, { areas: ['19'] })).toMatchObject({
      area_province_code: '19',
      workplaces: [],
    });
    expect(record({ locations: '' }).area_province_code).toBeNull();
    expect(read({ locations: '' }, { areas: [] })).toEqual([
      expect.objectContaining({ code: 'outside-area' }),
    ]);
    expect(record({ locations: 'Thái Nguyên' }, { areas: ['19'] }).area_province_code).toBe('19');
  });

  it('has the same content hash whenever and wherever it is seen, another one when it says something else', () => {
    const { content_hash } = record();
    expect(record({}, { asOf: '2026-10-01', source: 'other', trusted: false }).content_hash).toBe(
      content_hash,
    );
    expect(record({ salary_text: ' 17 -  25 triệu' }).content_hash).toBe(content_hash);
    expect(record({ salary_text: '17 - 26 triệu' }).content_hash).not.toBe(content_hash);
  });
});
