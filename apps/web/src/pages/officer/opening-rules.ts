import type { FormValidateInput } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useNumberRule } from '../../forms/number-rules';
import type { OpeningValues } from './opening-values';

/** What must hold before an opening is sent. What is not shown is not sent either: no rule is for it. */
export function useOpeningRules(): FormValidateInput<OpeningValues> {
  const { t } = useTranslation();
  const between = useNumberRule();
  const quantity = between(1, 100_000);
  const amount = (value: unknown, { pay }: OpeningValues) =>
    pay.kind === 'negotiable' ? null : between(0)(value);
  const months =
    (least: number) =>
    (value: unknown, { experience }: OpeningValues) =>
      experience.band === 'other' ? between(least, 720)(value) : null;
  return {
    title: (value) => (value.trim().length < 3 ? t('officer.titleMissing') : null),
    quantity: (value) => (value === '' ? t('officer.quantityMissing') : quantity(value)),
    otherPlacesCount: between(0, 1000),
    pay: {
      kind: (value) => (value ? null : t('required')),
      min: amount,
      max: (value, values) => {
        const { min } = values.pay;
        const below = value !== '' && min !== '' && Number(value) < Number(min);
        return amount(value, values) ?? (below ? t('officer.payOrder') : null);
      },
    },
    experience: { minMonths: months(0), maxMonths: months(1) },
    workplaces: { provinceCode: (value: unknown) => (value ? null : t('officer.placeMissing')) },
  };
}
