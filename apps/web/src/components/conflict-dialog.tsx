import { Button, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Dialog } from './dialog';

type Props = { opened: boolean; onKeepMine: () => void; onTakeTheirs: () => void; onClose: () => void };

/** Somebody else saved first: nothing is overwritten unless the user says so. */
export function ConflictDialog({ opened, onKeepMine, onTakeTheirs, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Dialog opened={opened} onClose={onClose} title={t('errors.conflict.title')}>
      <Stack>
        <Text>{t('errors.conflict.text')}</Text>
        <Button data-autofocus variant="default" onClick={onClose}>
          {t('errors.conflict.stay')}
        </Button>
        <Button onClick={onKeepMine}>{t('errors.conflict.keepMine')}</Button>
        <Button color="red.8" variant="outline" onClick={onTakeTheirs}>
          {t('errors.conflict.takeTheirs')}
        </Button>
      </Stack>
    </Dialog>
  );
}
