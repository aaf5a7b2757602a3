import { useTranslation } from 'react-i18next';

/** A number or text of a number field: outside of its bounds or no number at all. Nothing typed is in order. */
export const isOutside = (value: unknown, min: number, max = Infinity): boolean => {
  if (value === '' || value === null || value === undefined) return false;
  return !(Number(value) >= min && Number(value) <= max);
};

/** Rules of number fields: what is outside of the bounds is told at the field, and never made into another number. */
export function useNumberRule() {
  const { t } = useTranslation();
  return (min: number, max?: number) => (value: unknown) => {
    if (!isOutside(value, min, max)) return null;
    return max === undefined ? t('form.numberFrom', { min }) : t('form.numberBetween', { min, max });
  };
}
