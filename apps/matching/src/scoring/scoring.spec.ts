import { describe, expect, it } from '@jest/globals';
import type { ConsentingJobseeker } from '#contracts';
import type { OpeningDoc } from '../search/opening-doc.js';
import { exclusions } from './hard-filters.js';
import type { MatchFacts } from './judgement.js';
import { scoreMatch } from './scoring.js';
import { CRITERIA, FIRST_WEIGHTS, type Criterion } from './weights.js';

const NOW = Date.parse('2026-11-21T00:00:00Z');

const jobseeker = (changes: Partial<ConsentingJobseeker> = {}): ConsentingJobseeker => ({
  id: '0190a000-0000-7000-8000-000000000001',
  version: 1,
  consent: true,
  provinceCode: '20',
  communeCode: null,
  ofLegalAge: true,
  educationLevel: null,
  technicalLevel: 'intermediate',
  specialty: null,
  activityStatus: null,
  experience: [],
  experienceMonths: 24,
  languages: [],
  itSkills: [],
  softSkills: [],
  desiredTitle: 'Thợ hàn',
  desiredOccupationCodes: ['7212'],
  desiredPlaces: [{ provinceCode: '20', communeCode: null, radiusKm: null, countryCode: null }],
  desiredPay: { min: 10_000_000, currency: 'VND' },
  contractKind: null,
  employmentForm: null,
  referralCount: 0,
  ...changes,
});

const opening = (changes: Partial<OpeningDoc> = {}): OpeningDoc => ({
  id: '0190a000-0000-7000-8000-0000000000aa',
  version: 1,
  title: 'Thợ Hàn MIG',
  workplaces: [{ provinceCode: '20', communeCode: null, text: 'Lạng Sơn' }],
  otherPlacesCount: 0,
  pay: { kind: 'monthly', min: 9_000_000, max: 12_000_000, currency: 'VND' },
  experience: { minMonths: 12, maxMonths: null },
  occupationCode: '7212',
  occupationConfidence: 1,
  minTechnicalLevel: 'elementary',
  skills: ['Hàn MIG'],
  publishedAt: '2026-11-20T00:00:00Z',
  ...changes,
});

const facts = (changes: Partial<MatchFacts> = {}): MatchFacts => ({
  jobseeker: jobseeker({ itSkills: ['hàn mig'] }),
  opening: opening(),
  candidateCount: 0,
  now: NOW,
  ...changes,
});
const judged = (changes: Partial<MatchFacts>, criterion: Criterion): string =>
  scoreMatch(facts(changes), FIRST_WEIGHTS).criteria.find((c) => c.criterion === criterion)!.outcome;

describe('the score of a match', () => {
  it('is 100 when everything asked for is there', () => {
    const match = scoreMatch(facts(), FIRST_WEIGHTS);
    expect(match.criteria.map(({ outcome }) => outcome)).toEqual(CRITERIA.map(() => 'met'));
    expect(match).toMatchObject({ score: 100, weightsVersion: 1 });
  });

  it('explains every criterion with the two values', () => {
    const { criteria } = scoreMatch(facts(), FIRST_WEIGHTS);
    expect(criteria.map(({ criterion }) => criterion)).toEqual([...CRITERIA]);
    expect(criteria.find(({ criterion }) => criterion === 'pay')).toMatchObject({
      wanted: 10_000_000,
      offered: 12_000_000,
      points: 10,
      maxPoints: 10,
    });
  });

  it('takes an unknown value for no failure', () => {
    expect(
      judged(
        { opening: opening({ pay: { kind: 'negotiable', min: null, max: null, currency: null } }) },
        'pay',
      ),
    ).toBe('unknown');
    expect(
      judged({ opening: opening({ pay: { kind: null, min: null, max: null, currency: null } }) }, 'pay'),
    ).toBe('unknown');
    expect(judged({ jobseeker: jobseeker({ technicalLevel: null }) }, 'level')).toBe('unknown');
    expect(judged({ opening: opening({ workplaces: [] }) }, 'distance')).toBe('unknown');
    const nothingKnown = scoreMatch(
      facts({
        opening: opening({ occupationCode: null, workplaces: [], skills: [], minTechnicalLevel: null }),
      }),
      FIRST_WEIGHTS,
    );
    expect(nothingKnown.score).toBeGreaterThan(50);
  });

  it('ranks the same unit group over the same minor group over another trade', () => {
    const by = (code: string): number =>
      scoreMatch(facts({ opening: opening({ occupationCode: code }) }), FIRST_WEIGHTS).score;
    expect(by('7212')).toBeGreaterThan(by('7213'));
    expect(by('7213')).toBeGreaterThan(by('7412'));
  });

  it('lets a title speak where there is no code', () => {
    const uncoded = opening({ occupationCode: null });
    expect(judged({ opening: uncoded, titleFit: 1 }, 'occupation')).toBe('met');
    expect(judged({ opening: uncoded, titleFit: 0 }, 'occupation')).toBe('missing');
    expect(judged({ opening: uncoded }, 'occupation')).toBe('unknown');
  });

  it('names the skills that are missing', () => {
    const asked = opening({ skills: ['Hàn MIG', 'Đọc bản vẽ'] });
    const skills = scoreMatch(facts({ opening: asked }), FIRST_WEIGHTS).criteria.find(
      (c) => c.criterion === 'skills',
    )!;
    expect(skills).toMatchObject({ outcome: 'partial', missing: ['Đọc bản vẽ'], points: 10 });
  });

  it('lets people with few referrals rise', () => {
    const by = (referralCount: number): number =>
      scoreMatch(facts({ jobseeker: jobseeker({ referralCount }) }), FIRST_WEIGHTS).score;
    expect(by(0)).toBeGreaterThan(by(6));
  });

  it('follows the weights, which are data', () => {
    const payOnly = { version: 7, points: { ...FIRST_WEIGHTS.points, occupation: 0, pay: 40 } };
    const poor = opening({ pay: { kind: 'monthly', min: null, max: 5_000_000, currency: 'VND' } });
    expect(scoreMatch(facts({ opening: poor }), payOnly)).toMatchObject({ score: 60, weightsVersion: 7 });
  });

  it('never looks at sex, ethnicity, disability or priority groups', () => {
    const person = { ...jobseeker(), gender: 'female', ethnicityCode: '04', priorityGroups: ['disability'] };
    expect(scoreMatch(facts({ jobseeker: person }), FIRST_WEIGHTS)).toEqual(
      scoreMatch(facts({ jobseeker: jobseeker() }), FIRST_WEIGHTS),
    );
  });
});

describe('what rules a match out', () => {
  const out = (changes: Partial<MatchFacts>): string[] => exclusions(facts(changes), '2026-11-21');

  it('is a deadline that has passed, a filled headcount, an age below the legal one, a place not accepted', () => {
    expect(out({ opening: opening({ deadline: '2026-11-20' }) })).toEqual(['expired']);
    expect(out({ opening: opening({ quantity: 2, hiredCount: 2 }) })).toEqual(['headcountFilled']);
    expect(out({ jobseeker: jobseeker({ ofLegalAge: false }) })).toEqual(['underAge']);
    expect(out({ opening: opening({ workplaces: [{ provinceCode: '79' }] }) })).toEqual(['placeNotAccepted']);
  });

  it('is never something unknown', () => {
    expect(out({ opening: opening({ deadline: null, quantity: null, workplaces: [] }) })).toEqual([]);
    expect(out({ jobseeker: jobseeker({ ofLegalAge: null, desiredPlaces: [] }) })).toEqual([]);
    expect(out({ opening: opening({ workplaces: [{ provinceCode: '79' }], otherPlacesCount: 3 }) })).toEqual(
      [],
    );
  });
});
