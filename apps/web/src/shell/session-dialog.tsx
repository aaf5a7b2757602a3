import { Button, Modal, Text } from '@mantine/core';
import { notify } from '../lib/notify';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { session } from '../api/session';
import { useSession } from '../api/use-session';
import { SignInForm } from '../pages/account/sign-in-form';
import { homeOf } from './navigation';

/** Asks for the password over whatever page was open when the session ended; the page keeps its state. */
export function SessionDialog() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const state = useSession();
  const expired = state.status === 'expired' ? state.me : undefined;
  return (
    <Modal
      opened={Boolean(expired)}
      onClose={() => {}}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={t('account.signIn.expiredTitle')}
    >
      <Text mb="md">{t('account.signIn.expiredText')}</Text>
      {expired && (
        <SignInForm
          email={expired.email}
          onSignedIn={(me) => {
            if (me.id === expired.id) return;
            notify(t('account.signIn.otherUser'));
            void navigate(homeOf(me.role));
          }}
        />
      )}
      <Button variant="subtle" fullWidth mt="sm" onClick={() => session.forget()}>
        {t('account.signIn.leave')}
      </Button>
    </Modal>
  );
}
