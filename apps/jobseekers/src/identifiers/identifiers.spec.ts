import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { maskIdentifier, parseIdentifier, parsePhone } from './identifiers.js';
import { blindIndex, seal, unseal } from './sealing.js';

describe('Numbers of documents', () => {
  it('are strings of digits, however they are written, leading zeros kept', () => {
    expect(parseIdentifier('citizenId', '038 198.000-123')).toBe('038198000123');
    expect(parseIdentifier('socialInsuranceNo', '0123456789')).toBe('0123456789');
    for (const wrong of ['38198000123', '0381980001234', '03819800012a', '']) {
      expect(parseIdentifier('citizenId', wrong)).toBeUndefined();
    }
  });

  it('show two digits only', () => {
    expect(maskIdentifier('038198000123')).toBe('**********23');
    expect(maskIdentifier('0123456789')).toBe('********89');
  });
});

describe('Phone numbers', () => {
  it.each([
    ['0912 345 678', '+84912345678'],
    ['+84 912.345.678', '+84912345678'],
    ['84912345678', '+84912345678'],
    ['0084912345678', '+84912345678'],
    ['01681234567', '+84381234567'],
    ['(0237) 385 1234', '+842373851234'],
    ['+81 90-1234-5678', '+819012345678'],
  ])('%s is %s', (written, e164) => {
    expect(parsePhone(written)).toBe(e164);
  });

  it.each(['912345678', '0412345678', '09123456789', 'gọi 0912345678', '113', ''])(
    '%s is none',
    (written) => {
      expect(parsePhone(written)).toBeUndefined();
    },
  );
});

describe('A sealed value', () => {
  const key = randomBytes(32);

  it('opens with its key in its place, and never looks the same twice', () => {
    const [one, two] = [1, 2].map(() => seal(key, Buffer.from('038198000123'), 'citizenId:a'));
    expect(one).not.toEqual(two);
    expect(unseal(key, one ?? Buffer.of(), 'citizenId:a').toString()).toBe('038198000123');
  });

  it('does not open with another key, in another place, or changed by a bit', () => {
    const sealed = seal(key, Buffer.from('038198000123'), 'citizenId:a');
    expect(() => unseal(randomBytes(32), sealed, 'citizenId:a')).toThrow();
    expect(() => unseal(key, sealed, 'citizenId:b')).toThrow();
    for (const at of [0, 5, 20, sealed.length - 1]) {
      const changed = Buffer.from(sealed);
      changed[at]! ^= 1;
      expect(() => unseal(key, changed, 'citizenId:a')).toThrow();
    }
    expect(() => unseal(key, sealed.subarray(0, 20), 'citizenId:a')).toThrow('not a sealed value');
  });

  it('is found again by an index that differs by key and by kind', () => {
    const index = blindIndex(key, 'citizenId', '038198000123');
    expect(blindIndex(key, 'citizenId', '038198000123')).toEqual(index);
    expect(blindIndex(key, 'claim-code', '038198000123')).not.toEqual(index);
    expect(blindIndex(randomBytes(32), 'citizenId', '038198000123')).not.toEqual(index);
  });
});
