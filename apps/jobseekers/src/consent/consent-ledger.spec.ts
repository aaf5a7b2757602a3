import { describe, expect, it } from '@jest/globals';
import { type ConsentEntry, consentsOf } from './consent-ledger.js';

const entry = (given: boolean, at: string): ConsentEntry => ({
  purpose: 'matching',
  given,
  textVersion: '2026-11',
  channel: 'online',
  by: 'self',
  at,
});

describe('A consent ledger', () => {
  it('tells each consent from its giving to its withdrawal, newest first', () => {
    const consents = consentsOf([entry(true, '1'), entry(false, '2'), entry(true, '3')]);
    expect(consents.map(({ givenAt, withdrawnAt }) => [givenAt, withdrawnAt])).toEqual([
      ['3', null],
      ['1', '2'],
    ]);
  });

  it('does not count a consent twice, nor a withdrawal without one', () => {
    expect(consentsOf([entry(false, '0'), entry(true, '1'), entry(true, '2')])).toHaveLength(1);
  });
});
