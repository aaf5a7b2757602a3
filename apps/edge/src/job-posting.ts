import type { JobOpeningState, payKinds } from '#contracts';
import { administrativeUnit, endOfLocalDate, minorUnitsPerUnit } from '#reference';

const UNITS: Partial<Record<(typeof payKinds)[number], string>> = {
  monthly: 'MONTH',
  daily: 'DAY',
  hourly: 'HOUR',
};
const FORMS = { fullTime: 'FULL_TIME', partTime: 'PART_TIME' } as const;

/** schema.org JobPosting of an opening. Unknown facts are left out, never guessed. */
export function jobPosting(opening: JobOpeningState, url: string): Record<string, unknown> {
  const { details, pay } = opening;
  const unit = pay.kind ? UNITS[pay.kind] : undefined;
  const amounts = pay.currency && unit && (pay.min !== null || pay.max !== null);
  const minorUnits = minorUnitsPerUnit(pay.currency ?? '');
  return {
    '@context': 'https://schema.org',
    '@type': 'JobPosting',
    title: opening.title,
    description: details.description ?? opening.title,
    url,
    identifier: {
      '@type': 'PropertyValue',
      name: opening.source ?? 'Nối Việc',
      value: opening.sourceId ?? opening.id,
    },
    datePosted: opening.publishedAt ?? undefined,
    validThrough: opening.deadline ? endOfLocalDate(opening.deadline).toISOString() : undefined,
    employmentType: details.employmentForm ? FORMS[details.employmentForm] : undefined,
    hiringOrganization: opening.employer.name
      ? { '@type': 'Organization', name: opening.employer.name }
      : undefined,
    totalJobOpenings: opening.quantity ?? undefined,
    jobLocation: opening.workplaces
      .filter((place) => place.provinceCode)
      .map((place) => ({
        '@type': 'Place',
        address: {
          '@type': 'PostalAddress',
          addressCountry: 'VN',
          addressRegion: administrativeUnit(place.provinceCode ?? '')?.name,
          addressLocality: place.communeCode ? administrativeUnit(place.communeCode)?.name : undefined,
          streetAddress: place.text ?? undefined,
        },
      })),
    baseSalary: amounts
      ? {
          '@type': 'MonetaryAmount',
          currency: pay.currency,
          value: {
            '@type': 'QuantitativeValue',
            minValue: pay.min === null ? undefined : pay.min / minorUnits,
            maxValue: pay.max === null ? undefined : pay.max / minorUnits,
            unitText: unit,
          },
        }
      : undefined,
    experienceRequirements:
      opening.experience.minMonths && opening.experience.minMonths > 0
        ? { '@type': 'OccupationalExperienceRequirements', monthsOfExperience: opening.experience.minMonths }
        : undefined,
  };
}
