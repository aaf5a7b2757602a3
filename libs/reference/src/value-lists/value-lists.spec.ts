import { describe, expect, it } from '@jest/globals';
import * as contracts from '#contracts';
import {
  codeOf,
  countryNamed,
  labelOf,
  minorUnitsPerUnit,
  technicalLevelOf,
  valueList,
  valueLists,
} from './index.js';

describe('value lists', () => {
  it.each(Object.entries(valueLists))(
    '%s has unique codes, each with a Vietnamese and an English label',
    (_, list) => {
      expect(new Set(list.map((value) => value.code)).size).toBe(list.length);
      expect(list.length).toBeGreaterThan(0);
      for (const { code, vi, en } of list)
        expect([code, vi, en].every((text) => text.trim() !== '')).toBe(true);
    },
  );

  it('are complete where a number is laid down', () => {
    expect(valueLists.ethnicity).toHaveLength(54);
    expect(valueLists.ethnicity.at(-1)).toEqual({ code: '54', vi: 'Rơ Măm', en: 'Rơ Măm' });
    expect(valueLists.sectorCode.map((value) => value.code).join('')).toBe('ABCDEFGHIJKLMNOPQRSTU');
    expect(valueLists.priorityGroup).toHaveLength(14);
    expect(valueLists.technicalLevel).toHaveLength(8);
  });

  it.each([
    ['employerType', contracts.employerTypes],
    ['sizeBand', contracts.sizeBands],
    ['sectorCode', contracts.sectorCodes],
    ['areaType', contracts.areaTypes],
    ['verificationStatus', contracts.verificationStatuses],
    ['openingStatus', contracts.openingStatuses],
    ['positionLevel', contracts.positionLevels],
    ['educationLevel', contracts.educationLevels],
    ['technicalLevel', contracts.technicalLevels],
    ['contractKind', contracts.contractKinds],
    ['employmentForm', contracts.employmentForms],
    ['workSchedule', contracts.workSchedules],
    ['workPurpose', contracts.workPurposes],
    ['extraDemand', contracts.extraDemands],
    ['payKind', contracts.payKinds],
    ['proficiency', contracts.proficiencies],
    ['priorityGroup', contracts.priorityGroups],
    ['workPlace', contracts.workPlaces],
    ['lifting', contracts.liftings],
    ['activityStatus', contracts.activityStatuses],
    ['gender', contracts.genders],
  ] as const)('%s has the codes that events carry', (name, codes) => {
    expect([...valueLists[name]].map((value) => value.code).sort()).toEqual([...codes].sort());
  });

  it('are found by name, and no other property is taken for a list', () => {
    expect(valueList('payKind')?.[0]).toEqual({ code: 'monthly', vi: 'Lương tháng', en: 'Monthly' });
    expect(valueList('toString')).toBeUndefined();
  });

  it('translate between codes and labels', () => {
    expect(labelOf('gender', 'female')).toBe('Nữ');
    expect(labelOf('gender', 'female', 'en')).toBe('Female');
    expect(labelOf('gender', 'x')).toBe('x');
    expect(codeOf('gender', ' nữ ')).toBe('female');
    expect(codeOf('contractKind', 'theo mua vu')).toBe('seasonal');
    expect(codeOf('gender', '?')).toBeUndefined();
  });

  it.each([
    ['CNKT không có bằng', 'workerNoCertificate'],
    ['Chứng chỉ nghề dưới 3 tháng', 'certUnder3Months'],
    ['Đại học trở lên', 'university'],
    ['Thạc sỹ', 'postgraduate'],
    ['trung cap', 'intermediate'],
    ['Sơ cấp', 'elementary'],
    ['Chưa qua đào tạo', 'untrained'],
  ])('reads the technical level %s', (text, code) => expect(technicalLevelOf(text)).toBe(code));

  it('know countries by their usual names', () => {
    expect(['Nhật', 'nhat ban', 'Nước Đức', 'Hoa Kỳ', 'Taiwan', 'Mars'].map(countryNamed)).toEqual([
      'JP',
      'JP',
      'DE',
      'US',
      'TW',
      undefined,
    ]);
  });

  it('know how many decimals a currency has', () => {
    expect(['VND', 'USD', 'JPY', 'KWD'].map(minorUnitsPerUnit)).toEqual([1, 100, 1, 1000]);
  });
});
