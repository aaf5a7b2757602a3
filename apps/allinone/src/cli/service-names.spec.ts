import { describe, expect, it } from '@jest/globals';
import { services } from '../services.js';
import { OWNERS, REBUILT, SERVICES } from './service-names.js';

const namesOf = (wanted: readonly { name: string }[]): string[] => wanted.map(({ name }) => name).sort();

describe('The services that the command line knows', () => {
  it('are those of the platform', () => {
    expect([...SERVICES].sort()).toEqual(namesOf(services));
  });

  it('are rebuilt, or say their states again, where they can', () => {
    expect([...REBUILT].sort()).toEqual(namesOf(services.filter(({ rebuildTarget }) => rebuildTarget)));
    expect([...OWNERS].sort()).toEqual(namesOf(services.filter(({ restates = [] }) => restates.length > 0)));
  });
});
