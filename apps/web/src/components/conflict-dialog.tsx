import { Button, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

type Props = { opened: boolean; onKeepMine: () => void; onTakeTheirs: () => void; onClose: () => void };

/** Somebody else saved first: nothing is overwritten unless the user says so. */
export function ConflictDialog({ opened, onKeepMine, onTakeTheirs, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('errors.conflict.title')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
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
    </Modal>
  );
}
