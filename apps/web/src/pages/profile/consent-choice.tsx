import { Blockquote, Card, Checkbox, Skeleton, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useConsentText } from '../../api/use-consent-text';
import { ErrorState } from '../../components/error-state';

/** The text of the consent, always shown in full where it is given. */
export function ConsentText() {
  const { t } = useTranslation();
  const { words, error, retry } = useConsentText();
  if (error) return <ErrorState error={error} onRetry={retry} />;
  return (
    <Stack gap="sm">
      {words ? (
        <Blockquote p="md" iconSize={0} color="song">
          {words}
        </Blockquote>
      ) : (
        <Skeleton height={96} />
      )}
      <Text size="sm" c="dimmed">
        {t('consent.never')}
      </Text>
    </Stack>
  );
}

type Props = { checked: boolean; onChange: (checked: boolean) => void; onPaper?: boolean };

/** Consent given with a registration; an officer ticks it for a person who has signed it. */
export function ConsentChoice({ checked, onChange, onPaper }: Props) {
  const { t } = useTranslation();
  return (
    <Card bg="var(--nv-page)" padding="md" role="group" aria-label={t('consent.title')}>
      <Stack gap="sm">
        <ConsentText />
        <Checkbox
          size="md"
          checked={checked}
          onChange={(event) => onChange(event.currentTarget.checked)}
          label={t(onPaper ? 'consent.agreedOnPaper' : 'consent.agree')}
        />
      </Stack>
    </Card>
  );
}
