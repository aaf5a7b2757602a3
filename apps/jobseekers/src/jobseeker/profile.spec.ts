import { describe, expect, it } from '@jest/globals';
import { hasReached } from './age.js';
import { checkProfile, emptyForm, type ProfileInput } from './profile.js';

const faultsOf = (input: ProfileInput): Record<string, string> =>
  Object.fromEntries(
    checkProfile(undefined, { fullName: 'Lê Thị Mười', ...input }, '2026-11-21').faults.map(
      ({ field, code }) => [field, code],
    ),
  );

describe('A profile of Mẫu 01a', () => {
  it('is tidied: spaces, empty texts, repeated skills', () => {
    const { columns, form, faults } = checkProfile(undefined, {
      fullName: '  Lê   Thị Mười ',
      specialty: '   ',
      itSkills: ['Excel', ' Excel', ''],
    });
    expect(faults).toEqual([]);
    expect(columns.fullName).toBe('Lê Thị Mười');
    expect(form).toEqual({ ...emptyForm, itSkills: ['Excel'] });
  });

  it('knows the province from the commune, and refuses a commune of another province', () => {
    expect(checkProfile(undefined, { fullName: 'Lê Ba', communeCode: '14797' }).columns.provinceCode).toBe(
      '38',
    );
    expect(faultsOf({ provinceCode: '01', communeCode: '14797' })).toEqual({
      communeCode: 'jobseekers.commune-not-in-province',
    });
    expect(faultsOf({ communeCode: '99999' })).toEqual({ communeCode: 'jobseekers.unit-unknown' });
    expect(faultsOf({ provinceCode: '99' })).toEqual({ provinceCode: 'jobseekers.unit-unknown' });
  });

  it('forgets the commune when the person moves to another province', () => {
    const before = checkProfile(undefined, { fullName: 'Lê Ba', communeCode: '14797' });
    expect(checkProfile(before, { provinceCode: '01' }).columns).toMatchObject({
      provinceCode: '01',
      communeCode: null,
    });
  });

  it.each([
    [{ fullName: 'X' }, 'fullName', 'jobseekers.full-name-invalid'],
    [{ fullName: '0912345678' }, 'fullName', 'jobseekers.full-name-invalid'],
    [{ birthDate: '2026-11-22' }, 'birthDate', 'jobseekers.birth-date-invalid'],
    [{ birthDate: '1890-01-01' }, 'birthDate', 'jobseekers.birth-date-invalid'],
    [{ phone: '12345' }, 'phone', 'jobseekers.phone-invalid'],
    [{ citizenId: '12345' }, 'citizenId', 'jobseekers.citizen-id-invalid'],
    [{ socialInsuranceNo: '1' }, 'socialInsuranceNo', 'jobseekers.social-insurance-no-invalid'],
    [{ desiredPayMin: 5 }, 'desiredPayCurrency', 'jobseekers.currency-required'],
    [
      { activityStatus: 'employed', unemploymentDuration: '<3m' },
      'unemploymentDuration',
      'jobseekers.not-in-this-situation',
    ],
  ])('with %j names the field that is wrong', (input, field, code) => {
    expect(faultsOf(input as ProfileInput)).toEqual({ [field]: code });
  });

  it('makes unknown what went with the former situation', () => {
    const before = checkProfile(undefined, {
      fullName: 'Lê Ba',
      activityStatus: 'unemployed',
      unemploymentDuration: '<3m',
    });
    const after = checkProfile(before, { activityStatus: 'employed', employmentStatus: 'wageEarner' });
    expect(after.faults).toEqual([]);
    expect(after.form).toMatchObject({ unemploymentDuration: null, employmentStatus: 'wageEarner' });
  });

  it.each([
    { desiredTitle: 'Thợ hàn, gọi 0912.345.678' },
    { specialty: 'may, lien he muoi@example.vn' },
    { itSkills: ['CCCD 038198000123'] },
    { softSkills: ['zalo +84912345678'] },
    { experience: [{ title: 'Thợ may 7912345678' }] },
    { desiredTitle: 'le thi muoi tim viec may' },
  ])('refuses personal data in a text that others read: %j', (input) => {
    expect(Object.values(faultsOf(input as ProfileInput))).toEqual(['jobseekers.personal-data-in-text']);
  });

  it('lets years, pay and class numbers pass in texts', () => {
    expect(
      faultsOf({
        desiredTitle: 'Lái xe hạng C 3.5 tấn, lương 10.000.000',
        specialty: 'Điện công nghiệp 2019-2023',
        itSkills: ['Office 2016', 'AutoCAD 2020'],
      }),
    ).toEqual({});
  });

  it('tells which fields a revision changes', () => {
    const before = checkProfile(undefined, {
      fullName: 'Lê Ba',
      desiredTitle: 'Thợ hàn',
      phone: '0912345678',
    });
    const after = checkProfile(before, { desiredTitle: 'Thợ hàn', phone: null, everWorked: true });
    expect(after.changed).toEqual(['phone', 'everWorked']);
  });
});

describe('Ages', () => {
  it('are reached on the birthday', () => {
    expect(hasReached(15, '2011-11-21', '2026-11-21')).toBe(true);
    expect(hasReached(15, '2011-11-22', '2026-11-21')).toBe(false);
    expect(hasReached(15, null, '2026-11-21')).toBeNull();
  });
});
