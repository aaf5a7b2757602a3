import { administrativeUnit, occupation } from '#reference';
import type { OpeningDoc } from '../search/opening-doc.js';

/** An opening as lists and pages show it. */
export interface OpeningView {
  id: string;
  sourceId: string | null;
  title: string;
  employerName: string | null;
  workplaces: {
    provinceCode: string | null;
    provinceName: string | null;
    communeCode: string | null;
    communeName: string | null;
    text: string | null;
  }[];
  otherPlacesCount: number;
  pay: {
    kind: string | null;
    min: number | null;
    max: number | null;
    currency: string | null;
    period: string | null;
    text: string | null;
  };
  experience: { minMonths: number | null; maxMonths: number | null };
  occupationCode: string | null;
  occupationName: string | null;
  positionLevel: string | null;
  employmentForm: string | null;
  publishedAt: string;
  deadline: string | null;
}

const PERIODS = new Set(['monthly', 'daily', 'hourly']);

export function openingView(doc: OpeningDoc): OpeningView {
  const name = (code: string | null | undefined): string | null =>
    code ? (administrativeUnit(code)?.name ?? null) : null;
  return {
    id: doc.id,
    sourceId: doc.sourceId ?? null,
    title: doc.title,
    employerName: doc.employerName ?? null,
    workplaces: doc.workplaces.map(({ provinceCode, communeCode, text }) => ({
      provinceCode: provinceCode ?? null,
      provinceName: name(provinceCode),
      communeCode: communeCode ?? null,
      communeName: name(communeCode),
      text: text ?? null,
    })),
    otherPlacesCount: doc.otherPlacesCount,
    pay: {
      kind: doc.pay.kind,
      min: doc.pay.min,
      max: doc.pay.max,
      currency: doc.pay.currency,
      period: doc.pay.kind && PERIODS.has(doc.pay.kind) ? doc.pay.kind : null,
      text: doc.pay.text ?? null,
    },
    experience: { minMonths: doc.experience.minMonths, maxMonths: doc.experience.maxMonths },
    occupationCode: doc.occupationCode ?? null,
    occupationName: doc.occupationCode ? (occupation(doc.occupationCode)?.nameVi ?? null) : null,
    positionLevel: doc.positionLevel ?? null,
    employmentForm: doc.employmentForm ?? null,
    publishedAt: doc.publishedAt,
    deadline: doc.deadline ?? null,
  };
}
