import { describe, expect, it } from '@jest/globals';
import type { Jobseeker } from '../../api/models';
import {
  emptyLanguage,
  emptyProfile,
  profileBody,
  profileValues,
  type ProfileValues,
} from './profile-values';

const stored = {
  id: 'a',
  version: 2,
  fullName: 'Nguyễn Thị Hương',
  gender: null,
  everWorked: false,
  wantsTraining: null,
  citizenId: '038*******01',
  itSkills: ['Excel'],
  desiredPayMin: 8_000_000,
} as unknown as Jobseeker;

describe('a profile in its form', () => {
  it('shows what is stored and leaves the rest empty', () => {
    expect(profileValues(stored)).toMatchObject({
      fullName: 'Nguyễn Thị Hương',
      gender: '',
      itSkills: ['Excel'],
    });
  });
  it('keeps "no" apart from "not stated"', () => {
    expect(profileValues(stored)).toMatchObject({ everWorked: 'no', wantsTraining: '' });
    expect(profileBody(profileValues(stored))).toMatchObject({ everWorked: false, wantsTraining: null });
  });
  it('never sends a masked citizen id back', () => {
    expect(profileValues(stored).citizenId).toBe('');
    expect(profileBody(profileValues(stored))).not.toHaveProperty('citizenId');
  });
  it('sends a citizen id that was typed', () => {
    const typed: ProfileValues = { ...emptyProfile, citizenId: ' 038099000001 ' };
    expect(profileBody(typed).citizenId).toBe('038099000001');
  });
  it('sends unknown as null and drops rows that nobody filled in', () => {
    const body = profileBody({ ...emptyProfile, languages: [emptyLanguage()] });
    expect(body).toMatchObject({ phone: null, desiredPayMin: null, languages: [] });
  });
});
