import { isNotEmpty } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useNumberRule } from '../../forms/number-rules';

/** What must hold before a profile is sent. */
export function useProfileRules() {
  const { t } = useTranslation();
  const between = useNumberRule();
  return {
    fullName: isNotEmpty(t('account.register.fullNameMissing')),
    desiredPayMin: between(0),
    experience: { months: between(0, 720) },
    desiredPlaces: { radiusKm: between(0, 500) },
  };
}
