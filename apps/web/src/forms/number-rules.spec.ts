import { describe, expect, it } from '@jest/globals';
import { isOutside } from './number-rules';

describe('a number field', () => {
  it.each([-5, '-5', 720.5, '721', '-', 'NaN'])('refuses %p where 0 to 720 is asked for', (typed) =>
    expect(isOutside(typed, 0, 720)).toBe(true),
  );
  it.each([0, 720, '12', ''])('takes %p', (typed) => expect(isOutside(typed, 0, 720)).toBe(false));
  it('has no upper end unless one is said', () => expect(isOutside(1e12, 0)).toBe(false));
});
