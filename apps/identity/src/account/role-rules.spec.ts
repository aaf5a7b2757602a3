import { describe, expect, it } from '@jest/globals';
import { isAreas } from '../areas.js';
import { areasOf, within } from './role-rules.js';

describe('The areas of an account', () => {
  it('are the organisation’s for an officer, everything for an administrator, nothing for others', () => {
    expect(areasOf('centreOfficer', ['20', '24'], null)).toEqual(['20', '24']);
    expect(areasOf('departmentOfficer', ['*'], null)).toEqual(['*']);
    expect(areasOf('administrator', undefined, null)).toEqual(['*']);
    for (const role of ['jobseeker', 'employer', 'school', 'agency'] as const) {
      expect(areasOf(role, ['20'], null)).toEqual([]);
    }
  });

  it('of an officer who was narrowed are that part, as far as the organisation still has it', () => {
    expect(areasOf('centreOfficer', ['20', '24'], ['24'])).toEqual(['24']);
    expect(areasOf('centreOfficer', ['20'], ['24'])).toEqual([]);
    expect(areasOf('departmentOfficer', ['*'], ['24'])).toEqual(['24']);
    expect(within(['20'], ['*'])).toBe(false);
    expect(within(['*'], ['*'])).toBe(true);
  });

  it('are provinces in force since July 2025, or the whole country', () => {
    expect(isAreas(['01', '20'])).toBe(true);
    expect(isAreas(['*'])).toBe(true);
    for (const wrong of [[], ['99'], ['*', '01'], ['01', '01'], '01', [1], null])
      expect(isAreas(wrong)).toBe(false);
  });
});
