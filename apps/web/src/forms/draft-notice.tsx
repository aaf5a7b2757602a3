import { Alert, Button, Group, Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../lib/use-formats';
import type { DraftKeeper } from './use-draft';

/** Says that a draft was brought back, and lets the user do without it. */
export function DraftNotice({ draft, onDiscard }: { draft: DraftKeeper; onDiscard: () => void }) {
  const { t } = useTranslation();
  const format = useFormats();
  if (!draft.restoredFrom) return null;
  return (
    <Alert icon={<IconHistory aria-hidden />} color="song" variant="light" mb="md">
      <Group justify="space-between" gap="sm">
        <Text>{t('form.draftRestored', { when: format.instant(draft.restoredFrom) })}</Text>
        <Button size="xs" variant="default" onClick={onDiscard}>
          {t('form.draftDiscard')}
        </Button>
      </Group>
    </Alert>
  );
}

/** One quiet line under the buttons: what is typed is kept. */
export function DraftStatus({ draft }: { draft: DraftKeeper }) {
  const { t } = useTranslation();
  const format = useFormats();
  const text = draft.refused
    ? t('form.draftRefused')
    : draft.savedAt
      ? t('form.draftSaved', { when: format.instant(draft.savedAt) })
      : '';
  return (
    <Text size="sm" c={draft.refused ? 'red.9' : 'dimmed'} role="status">
      {text}
    </Text>
  );
}
