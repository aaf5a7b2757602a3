import { describe, expect, it } from '@jest/globals';
import { experienceBand, parseExperience } from './experience.js';

describe('experience', () => {
  it.each([
    ['Không yêu cầu', 0, null, 'none'],
    ['Không yêu cầu kinh nghiệm', 0, null, 'none'],
    ['Chưa có kinh nghiệm', 0, null, 'none'],
    ['ko can kinh nghiem', 0, null, 'none'],
    ['Dưới 1 năm', 0, 12, '<1'],
    ['6 tháng', 6, null, '<1'],
    ['nửa năm', 6, null, '<1'],
    ['1 năm', 12, null, '1-2'],
    ['1,5 năm', 18, null, '1-2'],
    ['1 năm rưỡi', 18, null, '1-2'],
    ['một năm', 12, null, '1-2'],
    ['2 năm', 24, null, '2-5'],
    ['2-3 năm', 24, 36, '2-5'],
    ['6 tháng - 1 năm', 6, 12, '<1'],
    ['từ 1 đến 2 năm kinh nghiệm', 12, 24, '1-2'],
    ['4 năm', 48, null, '2-5'],
    ['5 năm', 60, null, '>5'],
    ['Trên 5 năm', 60, null, '>5'],
    ['5+ years', 60, null, '>5'],
    ['ít nhất 3 năm kinh nghiệm ở vị trí tương đương', 36, null, '2-5'],
    ['2 - 2 năm', 24, null, '2-5'],
    ['Kinh nghiệm: 2 năm', 24, null, '2-5'],
  ])('%s is from %s to %s months, band %s', (text, minMonths, maxMonths, band) => {
    const result = parseExperience(text);
    expect(result).toEqual({ ok: true, value: { minMonths, maxMonths } });
    if (result.ok) expect(experienceBand(result.value)).toBe(band);
  });

  it.each([
    ['', 'empty'],
    ['nhiều', 'unreadable-experience'],
    ['3 - 2 năm', 'min-above-max'],
    ['200 năm', 'experience-too-long'],
    ['dưới 0 năm', 'unreadable-experience'],
  ])('%j is refused: %s', (text, code) => expect(parseExperience(text)).toMatchObject({ ok: false, code }));
});
