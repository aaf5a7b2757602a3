import type { Experience } from '../api/models';

type Words = (key: string, values?: Record<string, unknown>) => string;

function span(months: number, t: Words): string {
  return months % 12 === 0
    ? t('experience.years', { count: months / 12 })
    : t('experience.months', { count: months });
}

/** Experience asked for, from its half-open range in months; unknown is not "none". */
export function formatExperience(experience: Experience | null | undefined, t: Words): string {
  const min = experience?.minMonths ?? null;
  const max = experience?.maxMonths ?? null;
  if (min === null && max === null) return t('experience.unknown');
  if (!min && max === 0) return t('experience.none');
  if (!min && max === null) return t('experience.none');
  if (!min) return t('experience.under', { span: span(max!, t) });
  if (max === null) return t('experience.from', { span: span(min, t) });
  if (max === min) return span(min, t);
  if (min % 12 === 0 && max % 12 === 0) return t('experience.betweenYears', { from: min / 12, to: max / 12 });
  return t('experience.between', { from: span(min, t), to: span(max, t) });
}
