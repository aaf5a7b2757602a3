import { Card, Checkbox, List, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** The text of the consent, always shown in full where it is given. Its version is `matchingConsentVersion`. */
export function ConsentText() {
  const { t } = useTranslation();
  return (
    <Stack gap={6}>
      <Text>{t('consent.what')}</Text>
      <List size="sm" spacing={4}>
        <List.Item>{t('consent.data')}</List.Item>
        <List.Item>{t('consent.who')}</List.Item>
        <List.Item>{t('consent.never')}</List.Item>
        <List.Item>{t('consent.withdraw')}</List.Item>
      </List>
    </Stack>
  );
}

export function ConsentChoice({
  checked,
  onChange,
}: {
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  const { t } = useTranslation();
  return (
    <Card bg="var(--nv-page)" padding="md" role="group" aria-label={t('consent.title')}>
      <Stack gap="sm">
        <ConsentText />
        <Checkbox
          size="md"
          checked={checked}
          onChange={(event) => onChange(event.currentTarget.checked)}
          label={t('consent.agree')}
        />
      </Stack>
    </Card>
  );
}
