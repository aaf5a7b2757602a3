import { expect, it } from '@jest/globals';
import { fold } from './fold.js';

it.each([
  ['Thái Nguyên', 'thai nguyen'],
  ['ĐẮK LẮK', 'dak lak'],
  ['Ho\u0300a Bi\u0300nh', 'hoa binh'],
])('%s is compared as %s', (text, folded) => {
  expect(fold(text)).toBe(folded);
});
