import { describe, expect, it } from '@jest/globals';
import {
  occupation,
  occupationAncestors,
  occupationChildren,
  occupations,
  occupationSiblings,
  occupationsTitled,
  searchOccupations,
  sharedOccupationDigits,
  vscoFor,
} from './index.js';

describe('occupations', () => {
  it('are the 619 groups of ISCO-08, each below its parent', () => {
    expect(occupations()).toHaveLength(619);
    expect(occupationChildren()).toHaveLength(10);
    for (const { code, parent } of occupations()) {
      expect(parent ?? '').toBe(code.slice(0, -1));
      if (parent) expect(occupation(parent)).toBeDefined();
    }
  });

  it('know what is above and beside them', () => {
    expect(occupation('7212')?.nameVi).toBe('Thợ hàn và thợ cắt kim loại bằng nhiệt');
    expect(occupationAncestors('7212').map((above) => above.code)).toEqual(['7', '72', '721']);
    expect(occupationSiblings('7212').map((beside) => beside.code)).toEqual(['7211', '7213', '7214', '7215']);
    expect(occupationAncestors('nothing')).toEqual([]);
    expect(occupationSiblings('nothing')).toEqual([]);
    expect(sharedOccupationDigits('7212', '7214')).toBe(3);
    expect(sharedOccupationDigits('7212', '2142')).toBe(0);
    expect(sharedOccupationDigits('7212', '7212')).toBe(4);
  });

  it('are found by their job titles in any writing', () => {
    expect(occupationsTitled('Thợ hàn')).toEqual(['7212']);
    expect(occupationsTitled('tho han')).toEqual(['7212']);
    expect(occupationsTitled('ISO')).toEqual([]);
  });

  it('keep titles that belong to two groups in both', () => {
    const inTwo = occupations()
      .flatMap((o) => o.synonymsVi)
      .filter((title, i, all) => all.indexOf(title) === i && occupationsTitled(title).length > 1);
    expect(inTwo.length).toBeGreaterThanOrEqual(6);
  });

  it('are offered to a picker, the nearest title first', () => {
    const codes = (q: string): string[] => searchOccupations({ q, level: 4 }).map((f) => f.occupation.code);
    expect(codes('thợ hàn')[0]).toBe('7212');
    expect(codes('tho h')).toContain('7212');
    expect(codes('welder')[0]).toBe('7212');
    expect(codes('lễ tân')).toEqual(expect.arrayContaining(['4226', '4224']));
    expect(codes('zzzz')).toEqual([]);
    expect(searchOccupations({ q: 'lái xe', limit: 3 })).toHaveLength(3);
    expect(searchOccupations({ level: 1, limit: 50 })).toHaveLength(10);
    expect(searchOccupations({ q: 'tho han' })[0]?.matched).toBe('thợ hàn');
  });
});

describe('the official list', () => {
  it('is known where the groups are the same', () => {
    expect(vscoFor('7212')).toEqual({
      known: true,
      code: '7212',
      nameVi: 'Thợ hàn và thợ cắt kim loại bằng nhiệt',
    });
  });

  it('has other numbers for five groups', () => {
    expect(vscoFor('8212')).toMatchObject({ known: true, code: '8202' });
    expect(vscoFor('5414')).toMatchObject({ known: true, code: '5401' });
    expect(vscoFor('941')).toMatchObject({ known: true, code: '940' });
  });

  it('says where it is not known, and why', () => {
    expect(vscoFor('1120')).toEqual({ known: false, reason: 'different-structure', nearestKnown: null });
    expect(vscoFor('3355')).toEqual({ known: false, reason: 'different-meaning', nearestKnown: '335' });
    expect(vscoFor('2512')).toMatchObject({ known: false, reason: 'not-in-our-copy', nearestKnown: '251' });
  });
});
