import { describe, expect, it } from '@jest/globals';
import { soundAlikes } from './sound-alikes.js';

describe('Syllables that are spoken alike', () => {
  it.each([
    ['hang', ['han', 'hanh']],
    ['xua', ['sua']],
    ['trat', ['chat', 'trac', 'trach']],
    ['mac', ['mat', 'mach']],
    ['nghi', []],
    ['tig', []],
    ['o', []],
  ])('as %s are %j', (syllable, alike) => expect(soundAlikes(syllable)).toEqual(alike));
});
