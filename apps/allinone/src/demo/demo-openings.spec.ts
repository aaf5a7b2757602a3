import { describe, expect, it } from '@jest/globals';
import { demoEmployers } from './demo-openings.js';
import { Random } from './random.js';

const employers = demoEmployers(new Random(1), '19', 200, { organisationId: null, legalName: 'Công ty mẫu' });
const openings = employers.flatMap((employer) => employer.openings);

describe('Demo employers and their openings', () => {
  it('have one employer that waits to be verified, without openings', () => {
    const pending = employers.filter(({ verificationStatus }) => verificationStatus === 'pending');
    expect(pending).toHaveLength(1);
    expect(pending[0]?.openings).toEqual([]);
    expect(employers.filter((employer) => employer.openings.length === 0)).toEqual(pending);
  });

  it('ask for the same skills in the text and in the list', () => {
    for (const { details } of openings)
      expect(details?.description).toContain(`Yêu cầu: ${details?.softSkills?.join(', ')}.`);
  });

  it('ask a TIG and MIG welder for both', () => {
    const welders = openings.filter(({ title }) => title === 'Thợ hàn TIG, MIG');
    expect(welders.length).toBeGreaterThan(0);
    for (const { details } of welders) expect(details?.softSkills).toEqual(['hàn TIG', 'hàn MIG/MAG']);
  });

  it('demand shift work of nobody who works in office hours or part time', () => {
    const shifts = openings.filter(({ details }) => details?.extraDemands?.includes('shiftWork'));
    expect(shifts.length).toBeGreaterThan(0);
    for (const { details } of shifts) expect(details?.workSchedule).toMatch(/^shift/);
    const partTime = openings.filter(({ details }) => details?.employmentForm === 'partTime');
    for (const { details } of partTime) expect(details?.workSchedule).toBe('partTime');
  });

  it('are cooperatives where their names say so, and nowhere else', () => {
    for (const { legalName, employerType } of employers)
      expect(employerType === 'cooperative').toBe(legalName.startsWith('Hợp tác xã'));
  });
});
