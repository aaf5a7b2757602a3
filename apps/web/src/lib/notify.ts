import { notifications } from '@mantine/notifications';
import i18next from 'i18next';

/** A short message that goes by itself; said to screen readers, too. */
export function notify(message: string): void {
  notifications.show({ message, closeButtonProps: { 'aria-label': i18next.t('close') } });
}
