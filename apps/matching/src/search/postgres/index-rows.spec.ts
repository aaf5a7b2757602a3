import { describe, expect, it } from '@jest/globals';
import { docTerms } from '../doc-terms.js';
import { candidateOf } from './candidate-row.js';
import { type IndexRow, indexRow, unpackFacets } from './index-rows.js';

const rowOf = (occupationCode: string | null): IndexRow =>
  indexRow(
    docTerms({
      id: '00000000-0000-4000-8000-000000000001',
      version: 1,
      title: 'Thợ hàn',
      workplaces: [],
      otherPlacesCount: 0,
      pay: { kind: 'negotiable', min: null, max: null, currency: null },
      experience: { minMonths: null, maxMonths: null },
      publishedAt: '2026-11-21T00:00:00Z',
      occupationCode,
    }),
  );

const occupationFacet = (row: IndexRow): { value: string; count: number }[] =>
  unpackFacets([{ province_mask: null, occupation: row.occupation, traits: null, of: 0b101, count: '1' }])
    .facets.occupation;

describe('the occupation of an opening in the index', () => {
  it('is its unit group, with the zero of the armed forces', () => {
    expect(occupationFacet(rowOf('7212'))).toEqual([{ value: '7212', count: 1 }]);
    expect(occupationFacet(rowOf('0110'))).toEqual([{ value: '0110', count: 1 }]);
    expect(candidateOf({ ...rowOf('0110'), communes: '' }).occupationCode).toBe('0110');
  });

  it('is found by its group when only a group is known, and counted as no unit group', () => {
    const row = rowOf('51');
    expect(row.terms).toContain("'o:5' 'o:51'");
    expect(occupationFacet(row)).toEqual([]);
    expect(candidateOf(row).occupationCode).toBeNull();
  });
});
