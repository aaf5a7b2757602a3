import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from './dialog';
import { ErrorState } from './error-state';

type Props = {
  opened: boolean;
  title: string;
  children?: ReactNode;
  confirmText: string;
  danger?: boolean;
  /** asks for a reason under this label; the action cannot be confirmed without one */
  reasonLabel?: string;
  onConfirm: (reason: string) => Promise<void>;
  onClose: () => void;
};

/** Asks before what cannot simply be undone; stays open with the refusal when it is refused. */
export function ConfirmDialog({
  opened,
  title,
  children,
  confirmText,
  danger,
  reasonLabel,
  onConfirm,
  onClose,
}: Props) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();

  const close = () => {
    setReason('');
    setMissing(false);
    setError(undefined);
    onClose();
  };
  const confirm = async () => {
    if (reasonLabel && !reason.trim()) return setMissing(true);
    setBusy(true);
    setError(undefined);
    try {
      await onConfirm(reason.trim());
      close();
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog opened={opened} onClose={close} title={title}>
      <Stack>
        {typeof children === 'string' ? <Text>{children}</Text> : children}
        {reasonLabel && (
          <Textarea
            label={reasonLabel}
            withAsterisk
            autosize
            minRows={3}
            data-autofocus
            value={reason}
            error={missing && !reason.trim() ? t('required') : undefined}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        )}
        {error !== undefined && (
          <ErrorState
            error={error}
            withFields
            labelOf={(field) => (field === 'reason' ? reasonLabel : undefined)}
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('cancel')}
          </Button>
          <Button color={danger ? 'red.8' : undefined} loading={busy} onClick={() => void confirm()}>
            {confirmText}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
