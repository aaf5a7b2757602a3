import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parseCsv } from '../data/csv.js';
import { parseExperience, parsePay, parsePlaces, parsePostedAgo } from './index.js';

const folder = process.env.SHARED_DIR ?? join(process.cwd(), '..', 'shared');
const file = join(folder, 'data', 'openings-real-sample.csv');

if (!existsSync(file)) {
  it(`the real openings are not here (${file}): their fields were not tried`, () => {
    process.stderr.write(`Real openings not tried: ${file} is absent (set SHARED_DIR).\n`);
    expect(existsSync(file)).toBe(false);
  });
} else {
  const rows = parseCsv(readFileSync(file, 'utf8'));
  const distinct = (column: string): string[] => [...new Set(rows.map((row) => row[column]!))];

  describe('every field of the real openings is read', () => {
    it.each([
      ['salary_text', parsePay],
      ['experience_text', parseExperience],
      ['locations', parsePlaces],
      ['posted_ago', (text: string) => parsePostedAgo(text, '2026-11-21')],
    ] as const)('%s', (column, parse) => {
      const texts = distinct(column);
      expect(texts.length).toBeGreaterThan(5);
      const refused = texts.map((text) => [text, parse(text)] as const).filter(([, result]) => !result.ok);
      expect(refused).toEqual([]);
    });

    it('places at home are in a province, others abroad', () => {
      const workplaces = distinct('locations').flatMap((text) => {
        const places = parsePlaces(text);
        return places.ok ? places.value.workplaces : [];
      });
      const homeless = workplaces.filter((place) => place.provinceCode === null).map((place) => place.text);
      expect(new Set(homeless)).toEqual(new Set(['Nhật Bản', 'Nước Ngoài']));
    });

    it('pay keeps its amounts, the rest is negotiable', () => {
      for (const text of distinct('salary_text')) {
        const pay = parsePay(text);
        if (!pay.ok) throw new Error(text);
        const numbers = (text.match(/\d[\d,.]*/g) ?? []).filter(
          (number) => Number(number.replace(',', '')) > 0,
        );
        expect([text, pay.value.kind === 'negotiable']).toEqual([text, numbers.length === 0]);
        const ends = [pay.value.min, pay.value.max].filter((end) => end !== null);
        expect(new Set(ends).size).toBeLessThanOrEqual(numbers.length);
        expect(ends.length > 0).toBe(numbers.length > 0);
      }
    });
  });
}
