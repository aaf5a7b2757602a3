import { describe, expect, it } from '@jest/globals';
import type { JobOpening } from '../../api/models';
import { emptyOpening, openingBody, openingValues } from './opening-values';

const stored = {
  id: 'a',
  version: 3,
  status: 'draft',
  employer: { id: 'e', name: 'Lam Sơn' },
  title: 'Thợ hàn',
  quantity: null,
  occupationCode: '7212',
  positionLevel: null,
  workplaces: [{ provinceCode: '38', communeCode: null, text: 'KCN Lễ Môn', provinceName: 'Thanh Hóa' }],
  otherPlacesCount: 0,
  pay: { kind: 'monthly', min: 100_000, max: null, currency: 'USD', text: null },
  experience: { minMonths: 12, maxMonths: 24 },
  deadline: null,
  details: { description: 'Hàn khung thép', languages: [], workConditions: null, contact: null },
} as unknown as JobOpening;

describe('an opening in its form', () => {
  it('comes back as it was stored when nothing is changed', () => {
    const body = openingBody(openingValues(stored));
    expect(body).toMatchObject({
      employerId: 'e',
      quantity: null,
      workplaces: [{ provinceCode: '38', communeCode: null, text: 'KCN Lễ Môn' }],
      pay: { kind: 'monthly', min: 100_000, max: null, currency: 'USD', text: null },
      experience: { minMonths: 12, maxMonths: 24 },
      deadline: null,
    });
    expect(body.details).toMatchObject({
      description: 'Hàn khung thép',
      workConditions: null,
      contact: null,
    });
  });
  it('shows dollars, stores cents', () => expect(openingValues(stored).pay.min).toBe(1000));
  it('shows and stores yen as they are, for a yen has no parts', () => {
    const values = openingValues({ ...stored, pay: { ...stored.pay, min: 250_000, currency: 'JPY' } });
    expect(values.pay.min).toBe(250_000);
    expect(openingBody(values).pay).toMatchObject({ min: 250_000, currency: 'JPY' });
  });
  it('shows a range that is no band as months', () =>
    expect(openingValues({ ...stored, experience: { minMonths: 6, maxMonths: 18 } }).experience).toEqual({
      band: 'other',
      minMonths: 6,
      maxMonths: 18,
    }));
  it('does not invent amounts for pay that is negotiable', () =>
    expect(
      openingBody({ ...emptyOpening, pay: { ...emptyOpening.pay, kind: 'negotiable', min: 5 } }).pay,
    ).toEqual({
      kind: 'negotiable',
      min: null,
      max: null,
      currency: null,
      text: null,
    }));
  it('says unknown where nothing was typed', () =>
    expect(openingBody(emptyOpening)).toMatchObject({
      quantity: null,
      workplaces: [],
      experience: { minMonths: null, maxMonths: null },
    }));
});
