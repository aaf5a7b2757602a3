import { administrativeUnit, labelOf, occupation } from '#reference';
import type { PayBand } from '../search/bands.js';
import { type FacetName, FACETS, type Facets } from '../search/search-engine.js';

export interface FacetValue {
  value: string;
  label: string;
  count: number;
}

type Language = 'vi' | 'en';

const PAY_LABELS: Record<PayBand, Record<Language, string>> = {
  lt7: { vi: 'Dưới 7 triệu', en: 'Under 7 million' },
  '7to10': { vi: '7 - 10 triệu', en: '7 - 10 million' },
  '10to15': { vi: '10 - 15 triệu', en: '10 - 15 million' },
  '15to20': { vi: '15 - 20 triệu', en: '15 - 20 million' },
  '20to30': { vi: '20 - 30 triệu', en: '20 - 30 million' },
  gte30: { vi: 'Từ 30 triệu', en: '30 million and more' },
  negotiable: { vi: 'Thỏa thuận', en: 'Negotiable' },
  other: { vi: 'Cách trả khác', en: 'Paid otherwise' },
};

const LABELS: Record<FacetName, (value: string, language: Language) => string> = {
  province: (value, language) => {
    const unit = administrativeUnit(value);
    return (language === 'en' ? unit?.nameEn : unit?.name) ?? value;
  },
  occupation: (value, language) => {
    const group = occupation(value);
    return (language === 'en' ? group?.nameEn : group?.nameVi) ?? value;
  },
  level: (value, language) => labelOf('positionLevel', value, language),
  experience: (value, language) => labelOf('experienceBand', value, language),
  kind: (value, language) => labelOf('employmentForm', value, language),
  pay: (value, language) => PAY_LABELS[value as PayBand][language],
};

/** Facets with names for people. */
export function labelled(facets: Facets, language: Language): Record<FacetName, FacetValue[]> {
  return Object.fromEntries(
    FACETS.map((facet) => [
      facet,
      facets[facet].map(({ value, count }) => ({ value, label: LABELS[facet](value, language), count })),
    ]),
  ) as Record<FacetName, FacetValue[]>;
}
