import { useTranslation } from 'react-i18next';
import type { Experience, Pay, Workplace } from '../api/models';
import { daysUntil, formatAgo, formatInstant, formatLocalDate } from './format-date';
import { formatExperience } from './format-experience';
import { formatPay } from './format-pay';

/** The formats of the field in the reader's language. */
export function useFormats() {
  const { t, i18n } = useTranslation();
  const locale: 'vi' | 'en' = i18n.language === 'en' ? 'en' : 'vi';
  const words = (key: string, values?: Record<string, unknown>) => t(key, values ?? {});

  const place = (at: Workplace) =>
    [at.text, at.communeName, at.provinceName]
      .filter((part, index, all) => part && all.indexOf(part) === index)
      .join(', ');

  return {
    locale: locale,
    pay: (pay: Pay | null | undefined) => formatPay(pay, locale, words),
    experience: (experience: Experience | null | undefined) => formatExperience(experience, words),
    date: formatLocalDate,
    instant: (value: string | null | undefined) => formatInstant(value, locale),
    ago: (value: string) => formatAgo(value, locale),
    place,
    /** "Thanh Hóa · 2 nơi khác"; unknown is said. */
    places(workplaces: Workplace[], otherPlacesCount: number, shown = 2): string {
      const named = workplaces.map(place).filter(Boolean);
      const others = Math.max(0, named.length - shown) + otherPlacesCount;
      const parts = named.slice(0, shown);
      if (others > 0) parts.push(t('place.others', { count: others }));
      return parts.length ? parts.join(' · ') : t('place.unknown');
    },
    deadline(date: string | null): string {
      if (!date) return t('deadline.unknown');
      const days = daysUntil(date);
      if (days < 0) return t('deadline.past', { date: formatLocalDate(date) });
      if (days === 0) return t('deadline.today');
      if (days === 1) return t('deadline.tomorrow');
      return days <= 7
        ? t('deadline.soon', { count: days })
        : t('deadline.label', { date: formatLocalDate(date) });
    },
    /** The label of a code of a value list; a code that has none is shown as it is. */
    value: (list: string, code: string | null | undefined) =>
      code ? t(`values.${list}.${code}`, { defaultValue: code }) : undefined,
  };
}
