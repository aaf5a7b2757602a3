import { describe, expect, it } from '@jest/globals';
import {
  addDays,
  addMonths,
  ageOn,
  daysBetween,
  endOfLocalDate,
  isLocalDate,
  localDate,
  parsePostedAgo,
  startOfLocalDate,
} from './index.js';

describe('days of Viet Nam', () => {
  it('begin seven hours before those of UTC', () => {
    expect(localDate(new Date('2026-03-01T16:59:59Z'))).toBe('2026-03-01');
    expect(localDate(new Date('2026-03-01T17:00:00Z'))).toBe('2026-03-02');
    expect(startOfLocalDate('2026-03-02').toISOString()).toBe('2026-03-01T17:00:00.000Z');
    expect(endOfLocalDate('2026-03-02').toISOString()).toBe('2026-03-02T17:00:00.000Z');
    expect(localDate(startOfLocalDate('2026-03-02'))).toBe('2026-03-02');
  });

  it('do not depend on the machine’s zone', () => {
    const before = process.env.TZ;
    for (const zone of ['America/New_York', 'Asia/Tokyo', 'UTC']) {
      process.env.TZ = zone;
      expect(localDate(new Date('2026-12-31T18:00:00Z'))).toBe('2027-01-01');
      expect(addDays('2026-03-08', 1)).toBe('2026-03-09');
    }
    process.env.TZ = before;
  });

  it('are counted by the calendar', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(addMonths('2026-03-31', -1)).toBe('2026-02-28');
    expect(addMonths('2026-11-15', 3)).toBe('2027-02-15');
    expect(daysBetween('2026-01-01', '2026-12-31')).toBe(364);
    expect(daysBetween('2026-01-02', '2026-01-01')).toBe(-1);
  });

  it('give a person’s age', () => {
    expect(ageOn('2008-11-21', '2026-11-21')).toBe(18);
    expect(ageOn('2008-11-22', '2026-11-21')).toBe(17);
    expect(ageOn('2008-02-29', '2026-02-28')).toBe(17);
    expect(ageOn('2008-02-29', '2026-03-01')).toBe(18);
  });

  it('must exist', () => {
    expect(isLocalDate('2026-02-29')).toBe(false);
    expect(isLocalDate('2026-2-1')).toBe(false);
    expect(isLocalDate('2024-02-29')).toBe(true);
    expect(() => addDays('nonsense', 1)).toThrow(RangeError);
  });
});

describe('posted ago', () => {
  it.each([
    ['hôm nay', '2026-07-15'],
    ['Hôm qua', '2026-07-14'],
    ['3 ngày trước', '2026-07-12'],
    ['1 tuần trước', '2026-07-08'],
    ['4 tuần trước', '2026-06-17'],
    ['1 tháng trước', '2026-06-15'],
    ['2 tháng trước', '2026-05-15'],
    ['1 năm trước', '2025-07-15'],
    ['5 giờ trước', '2026-07-15'],
    ['30 phút trước', '2026-07-15'],
    ['một tuần trước', '2026-07-08'],
    ['Đăng 2 ngày trước', '2026-07-13'],
    ['2 days ago', '2026-07-13'],
    ['yesterday', '2026-07-14'],
    ['2026-07-01', '2026-07-01'],
    ['01/07/2026', '2026-07-01'],
  ])('%s, read on 15 July 2026, was %s', (text, date) => {
    expect(parsePostedAgo(text, '2026-07-15')).toEqual({ ok: true, value: date });
  });

  it.each([
    ['', 'empty'],
    ['lâu rồi', 'unreadable-time'],
    ['ngày trước', 'unreadable-time'],
    ['2026-07-16', 'in-the-future'],
    ['31/02/2026', 'unreadable-time'],
    ['2027 năm trước', 'too-long-ago'],
    ['9999 tháng trước', 'too-long-ago'],
    ['9999 ngày trước', 'too-long-ago'],
    ['0000-01-01', 'too-long-ago'],
    ['1999-12-31', 'too-long-ago'],
    ['constructor', 'unreadable-time'],
    ['constructor ngày trước', 'unreadable-time'],
  ])('%j is refused: %s', (text, code) => {
    expect(parsePostedAgo(text, '2026-07-15')).toMatchObject({ ok: false, code });
  });

  it('needs a day to count from', () => {
    expect(parsePostedAgo('hôm nay', '15/07/2026')).toMatchObject({ ok: false, code: 'invalid-as-of' });
    expect(parsePostedAgo('hôm nay', '0000-01-01')).toMatchObject({ ok: false, code: 'invalid-as-of' });
  });
});
