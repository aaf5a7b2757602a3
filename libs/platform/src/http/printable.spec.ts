import { describe, expect, it } from '@jest/globals';
import { validateSync } from 'class-validator';
import { Printable } from './printable.js';

class Person {
  @Printable({ notBlank: true }) name: string;
  @Printable() note: string;
  @Printable({ each: true }) skills: string[];
}

const faults = (given: Partial<Person>): string[] =>
  validateSync(Object.assign(new Person(), { name: 'Sen', note: '', skills: [], ...given })).map(
    ({ property }) => property,
  );

describe('A text that can be stored', () => {
  it.each(['Lý Thị Sen', 'hai\ndòng\tvà cột', '🎉', 'e\u0301', ' Sen'])('is %j', (text) =>
    expect(faults({ name: text, note: text, skills: [text] })).toEqual([]),
  );

  it.each(['Sen\u0000', '\u0000', '\u0007Sen', 'Sen\ud800', '\udc00'])('is not %j', (text) =>
    expect(faults({ name: text, note: text, skills: ['Excel', text] })).toEqual(['name', 'note', 'skills']),
  );

  it.each(['', ' \t\n'])('is %j where blank is a value', (text) =>
    expect(faults({ name: text, note: text, skills: [text] })).toEqual(['name']),
  );
});
