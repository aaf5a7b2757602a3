import { posix, win32 } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { isInside } from './inside.js';

describe('A folder', () => {
  it.each([
    ['/data', '/data', true],
    ['/data', '/data/copies', true],
    ['/data', '/data/..copies', true],
    ['/data', '/', false],
    ['/data', '/data-copies', false],
  ])('of %s and %s lies inside: %p', (outer, folder, inside) => {
    expect(isInside(outer, folder, posix)).toBe(inside);
  });

  it.each([
    ['C:\\data', 'C:\\data\\copies', true],
    ['C:\\data', 'C:\\copies', false],
    ['C:\\data', 'D:\\copies', false],
    ['C:\\data', '\\\\server\\share', false],
  ])('of %s and %s on Windows lies inside: %p', (outer, folder, inside) => {
    expect(isInside(outer, folder, win32)).toBe(inside);
  });
});
